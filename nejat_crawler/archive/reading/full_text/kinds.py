"""What a search looks into: a row for each kind of place that the archive shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place in which words stand."""

    label: str
    """Of many of them."""
    columns: tuple[str, ...] = ()
    """Of the index, for a part of an article; none for documents of their own."""

    @property
    def filter(self) -> str:
        """As FTS5 reads it."""
        return f"{{{' '.join(self.columns)}}}"


STORY, EARLIER = "story", "earlier"
KINDS = {
    "title": Kind("titles", ("title",)),
    "text": Kind("texts", ("body", "compound_parts")),
    "caption": Kind("captions", ("captions",)),
    "author": Kind("authors", ("authors",)),
    "category": Kind("categories", ("categories",)),
    "tag": Kind("tags", ("tags",)),
    STORY: Kind("newsletter stories"),
    EARLIER: Kind("earlier texts"),
}
OF_ARTICLES = tuple(name for name, kind in KINDS.items() if kind.columns)
USUAL = tuple(name for name in KINDS if name != EARLIER)
"""Where a search looks that does not say where."""
FILTERS = {"body": KINDS["text"].filter, **{name: KINDS[name].filter for name in OF_ARTICLES}}
"""What the query language writes before a colon, as FTS5 reads it."""
