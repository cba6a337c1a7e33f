"""The invented posts of the sample site."""
