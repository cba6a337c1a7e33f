"""Many web archives read by many processes, with datatrove, into Parquet files that become one archive."""
