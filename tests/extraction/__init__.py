"""Tests of `extraction`."""
