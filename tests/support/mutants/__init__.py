"""Tries the tests: changes one place of the code after another, and says which changes no test notices."""
