"""The table `captures`: which record of a WARC file an article was read from."""
