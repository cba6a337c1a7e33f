"""Tests of `sample_site`."""
