"""The newsletter: the posts that announce an issue, and an issue as text with its stories."""
