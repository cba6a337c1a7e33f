"""What one run leaves for the next: how far walks came, what the site has, what vanished."""
