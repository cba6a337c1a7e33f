"""What grows with the number of articles, from 10,000 to a million: benchmarks/million.md says what was found."""
