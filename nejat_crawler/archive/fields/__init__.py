"""Every table and field of the archive, as `tables.toml` has them; the codebook and the metadata are made of this."""

from nejat_crawler.archive.fields.field import Field, Kind, Table, read_tables

_BY_NAME = {table.name: table for table in read_tables()}

TABLES = (*_BY_NAME.values(),)
ARTICLES = _BY_NAME["articles"]
#: The lists of an article, a table each.
ARTICLE_LISTS = tuple(_BY_NAME[name] for name in ("article_categories", "article_tags", "images", "links"))
#: What edited articles were before.
VERSIONS = _BY_NAME["article_versions"]
NEWSLETTER_TABLES = tuple(table for name, table in _BY_NAME.items() if name.startswith("newsletter"))

__all__ = ["ARTICLES", "ARTICLE_LISTS", "NEWSLETTER_TABLES", "TABLES", "VERSIONS", "Field", "Kind", "Table"]
