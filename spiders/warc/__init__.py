"""Web archives: the pages of the site in WARC files, alone, in folders, and packed as WACZ."""
