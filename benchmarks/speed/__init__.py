"""What an article costs, from its bytes to the index: benchmarks/README.md says what is measured, and how."""
