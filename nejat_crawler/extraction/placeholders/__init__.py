"""What stands in a page's source until a script puts the real thing there: pictures' files, mail addresses."""
