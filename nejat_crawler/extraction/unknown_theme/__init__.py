"""Pages of a theme without a row of its own: where their text stands, and what is theirs."""
