"""Between the crawl and the server: whom it asks, how often, and what has answered in the site's place."""
