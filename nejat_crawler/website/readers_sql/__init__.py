"""The SQL that readers write, run in processes of its own, which are ended when they take too much."""
