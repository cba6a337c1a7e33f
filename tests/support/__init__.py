"""What tests share: commands and servers as users meet them, pages, a model of many nights."""
