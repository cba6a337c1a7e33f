"""How a capture joins what is archived."""
