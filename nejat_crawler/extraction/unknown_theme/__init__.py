"""Pages of a theme that no row names: `rewrite` makes of them what the row `generic` reads; only `page` calls it."""
