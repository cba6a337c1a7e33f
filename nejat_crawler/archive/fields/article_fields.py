"""The fields of an article, of its lists and of its earlier states."""

from __future__ import annotations

from nejat_crawler.archive.fields.field import Field, Table

_ID = "Edition and post id, `en-15193`. A text capture without post id has `en-t` and 12 hex digits, a digest of"
_ID += " edition, date, title and the opening of the body: the same from run to run."
_BODY = (
    "The visible text in reading order, characters as published: paragraphs, list items and table rows parted by a"
)
_BODY += " blank line, `<br>` as a line break, runs of white space as one space. Captions, scripts, share bars, tag"
_BODY += (
    " lists, page links, related posts, comments and the password form are not in it. None until it has been read."
)
_IMAGES = (
    "Pictures: `src` (address of the file; none in a text capture), `alt`, `caption`, and `lead`, whether it stands"
)
_IMAGES += " above the article. In CSV the file, else the alternative text."
_LINKS = (
    "Links in the body: `url`, `text`, and `target`, the id of the archived article that it leads to; none where it"
)
_LINKS += " leads elsewhere. In CSV the address."
_FIRST_SEEN = "When a run, or an imported web archive (WARC), first met it (UTC). Of an earlier state, when that"
_FIRST_SEEN += " was first met."
_LAST_SEEN = "When a run met it last (UTC): one that read the whole listing or the article's own page, or that found"
_LAST_SEEN += " anything changed. Of an earlier state, until when it was met."
_SOURCE = "Where the text was read: listing, article (its own page), text, html, warc or api."

ARTICLES = Table(
    "articles",
    "Articles",
    "One row for each article, as it was last seen.",
    (
        Field("id", "text", _ID, required=True),
        Field("edition", "text", "The edition of the site: en, fa, ar or sq.", required=True),
        Field("post_id", "number", "The post's number in that edition's WordPress; none for a text without one."),
        Field("url", "text", "Canonical address, `https://www.nejatngo.org/en/posts/15193`; none if not known."),
        Field("title", "text", "The title as plain text; empty if the site gives none."),
        Field("category", "text", "The first of the categories."),
        Field("categories", "names", "Names of all categories, in the order in which they are shown.", "export"),
        Field("tags", "names", "Names of all tags; they stand on articles' own pages, not on listings.", "export"),
        Field("published", "day", "Day of publication on the site's clock; none if not known, never a guess."),
        Field("published_at", "text", "The full timestamp with its offset (ISO 8601), where a page gives one."),
        Field("published_text", "text", "The date as it is printed, in its own calendar and digits."),
        Field("author", "text", "The account that the site names."),
        Field("byline", "text", "Who the text itself names in a line of its own (`By …`)."),
        Field("language", "text", "Language of the edition (BCP 47): en, fa, ar or sq.", required=True),
        Field("body", "text", _BODY),
        Field("excerpt", "text", "The teaser, as long as nothing more has been seen: then `body` is none."),
        Field("images", "images", _IMAGES, "export"),
        Field("links", "links", _LINKS, "export"),
        Field("comment_count", "number", "Number of comments as shown; none if none is shown."),
        Field("protected", "truth", "Whether the post asks for a password: title and date are kept, not the text."),
        Field("status", "text", "live; gone (proved to be taken down); unseen: imported, and never met on the site."),
        Field("first_seen", "instant", _FIRST_SEEN),
        Field("last_seen", "instant", _LAST_SEEN),
        Field("changed_at", "instant", "When title, categories or text were last found to have been changed (UTC)."),
        Field("versions", "number", "How many states of it were met; earlier ones are in `article_versions`."),
        Field("source", "text", _SOURCE),
        Field("theme", "text", "The theme or layout by which its page was read; generic if none was recognised."),
        Field("body_html", "text", "The body as sanitised markup; none where only text was read.", "with_html"),
        Field("version", "number", "The number of the state; the current one's is that of `versions`.", "versions"),
        Field("year", "number", "Year of `published`.", "table"),
        Field("found_at", "text", "Address of the page, or path of the file, that the text was read from.", "table"),
        Field("own_page", "truth", "Whether the text was read on the article's own page, not on a listing.", "table"),
        Field("undated", "text", "Why `published` is none, in a few words.", "table"),
        Field("modified_at", "instant", "When the site says that it was last edited (UTC), as far as read.", "table"),
        Field("checked_at", "instant", "When a run last looked for it in vain (UTC).", "table"),
        Field("docid", "number", "Row of the article in the full-text index.", "table"),
    ),
    ("id",),
)  # fmt: skip

_ARTICLE_ID = Field("article_id", "text", "The article that the row belongs to.", required=True)
_ITEM = (_ARTICLE_ID, Field("position", "number", "The place in the article's list, from 1.", required=True))
_NAMED = (*_ITEM, Field("name", "text", "The name as shown.", required=True))
_ITEM_KEY = ("article_id", "position")

#: The lists of an article, a table each.
ARTICLE_LISTS = (
    Table("article_categories", "Categories of articles", "All categories of each article.", _NAMED, _ITEM_KEY),
    Table("article_tags", "Tags of articles", "All tags of each article.", _NAMED, _ITEM_KEY),
    Table(
        "images",
        "Pictures",
        "Addresses, alternative texts and captions; the files are not in the archive.",
        (
            *_ITEM,
            Field("src", "text", "Address of the picture's file; none in a text capture."),
            Field("alt", "text", "The alternative text."),
            Field("caption", "text", "The caption."),
            Field("lead", "truth", "Whether the picture stands above the article."),
        ),
        _ITEM_KEY,
    ),
    Table(
        "links",
        "Links in articles",
        "The links in the bodies of articles.",
        (
            *_ITEM,
            Field("url", "text", "The address that the link leads to."),
            Field("text", "text", "The text of the link."),
            Field("target_url", "text", "Its canonical address, if it leads to a post of the site.", "table"),
            Field("target", "text", "The archived article that it leads to; in an export, if that is part of it."),
        ),
        _ITEM_KEY,
    ),
)

#: What edited articles were before.
VERSIONS = Table(
    "article_versions",
    "Earlier versions",
    "What an article was before it changed, and from when until when it was seen so.",
    (
        _ARTICLE_ID,
        Field("version", "number", "The number of the state, from 1."),
        Field("title", "text", "The title that it had."),
        Field("categories", "json", "The names of its categories, as a JSON list."),
        Field("body", "text", "The text that it had; none where that had not been read."),
        Field("source", "text", _SOURCE),
        Field("seen_from", "instant", "When this state was first met (UTC)."),
        Field("seen_until", "instant", "When this state was last met (UTC)."),
    ),
    ("article_id", "version"),
)
