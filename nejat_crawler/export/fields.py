"""What a field holds and means: for typed columns, schemas and the codebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: `day` is a date; `instant` a moment in UTC; `names`, `images` and `links` are lists.
Kind = Literal["text", "number", "truth", "day", "instant", "names", "images", "links"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of an export."""

    name: str
    kind: Kind
    about: str
    required: bool = False


_ROWS = (
    Field("id", "text", "Edition and post id, `en-15193`; `en-t…` for a text without post id.", required=True),
    Field("edition", "text", "The edition of the site: en, fa, ar or sq.", required=True),
    Field("post_id", "number", "The post's number in its edition."),
    Field("url", "text", "Canonical address; empty if unknown."),
    Field("title", "text", "The title as plain text; empty if the site gives none."),
    Field("category", "text", "The first category."),
    Field("categories", "names", "All categories, in the order in which they are shown."),
    Field("tags", "names", "All tags; they stand on articles' own pages only."),
    Field("published", "day", "The day of publication on the site's clock; empty if not known, never a guess."),
    Field("published_at", "text", "The full timestamp with its offset (ISO 8601), where the page gives one."),
    Field("published_text", "text", "The date as it is printed, in its own calendar and digits."),
    Field("author", "text", "The account that the site names."),
    Field("byline", "text", "Who the text itself names in a line of its own."),
    Field("language", "text", "BCP 47: en, fa, ar or sq.", required=True),
    Field("body", "text", "The visible text, paragraphs parted by a blank line; empty until it has been read."),
    Field("excerpt", "text", "The teaser, as long as nothing more has been seen: never a part of `body`."),
    Field("images", "images", "Pictures: file, alternative text, caption, whether it leads the article."),
    Field("links", "links", "Links in the body: address, text, and the id of the archived article that it leads to."),
    Field("comment_count", "number", "Number of comments as shown."),
    Field("protected", "truth", "Whether the post asks for a password; then it has no body."),
    Field("status", "text", "live; gone, which has been proved; unseen: imported and never met on the site."),
    Field("first_seen", "instant", "When the archive first met the article, or this state of it."),
    Field("last_seen", "instant", "When the archive last met the article, or this state of it."),
    Field("changed_at", "instant", "When the site was last seen to have changed it."),
    Field("versions", "number", "How many states of the article were met."),
    Field("source", "text", "Where the text was read: listing, article, text, html, warc, feed, api."),
    Field("theme", "text", "The page design that was recognised."),
    Field("body_html", "text", "The body as sanitised markup."),
    Field("version", "number", "The number of the state; that of the current one is the same as `versions`."),
    Field("article_id", "text", "The article that the row belongs to.", required=True),
    Field("position", "number", "The place in the article's list, from 1.", required=True),
    Field("name", "text", "The name as shown.", required=True),
    Field("src", "text", "Address of the picture's file; empty in a text capture."),
    Field("alt", "text", "The alternative text."),
    Field("caption", "text", "The caption."),
    Field("lead", "truth", "Whether the picture stands above the article."),
    Field("text", "text", "The text of the link."),
    Field("target", "text", "The id of the archived article that the link leads to, if that is in this package."),
    Field("seen_from", "instant", "When this state was first met."),
    Field("seen_until", "instant", "When this state was last met."),
)

#: By name: one name means the same in every table.
ABOUT = {row.name: row for row in _ROWS}
