"""The sample site's pages, in the markup of the theme Soledad."""
