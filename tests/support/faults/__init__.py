"""What goes wrong at a server, and what a crawl makes of it."""
