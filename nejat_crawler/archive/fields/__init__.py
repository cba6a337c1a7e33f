"""Every table and field of the archive. The codebook, Datasette's metadata and docs/article.md are made of this.

`python -m tests.support.field_docs` writes the last two anew.
"""

from nejat_crawler.archive.fields.article_fields import ARTICLE_LISTS, ARTICLES, VERSIONS
from nejat_crawler.archive.fields.crawl_fields import CRAWL_TABLES
from nejat_crawler.archive.fields.field import Field, Kind, Table
from nejat_crawler.archive.fields.newsletter_fields import NEWSLETTER_TABLES

#: All tables but the full-text index and the record of migrations, which are SQLite's and sqlite-utils' own.
TABLES = (ARTICLES, *ARTICLE_LISTS, VERSIONS, *NEWSLETTER_TABLES, *CRAWL_TABLES)

__all__ = ["ARTICLES", "ARTICLE_LISTS", "NEWSLETTER_TABLES", "TABLES", "VERSIONS", "Field", "Kind", "Table"]
