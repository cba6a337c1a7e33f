"""Tests of `website`."""
