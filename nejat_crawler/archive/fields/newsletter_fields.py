"""The fields of newsletters, of their stories, and of the posts that announce them."""

from __future__ import annotations

from nejat_crawler.archive.fields.field import Field, Table

_TEXT = "The excerpt: columns in order, words torn at a line's end joined, boxes of the page left out."

NEWSLETTER_TABLES = (
    Table(
        "newsletters",
        "Newsletters",
        "Issues of the newsletter with their stories, read from a PDF or from its text.",
        (
            Field("id", "text", "Edition, `-n` and 12 hex digits, a digest of what the head of the issue prints."),
            Field("edition", "text", "The edition of the site whose language it is in: en, fa or ar."),
            Field("title", "text", "The title as the head of the issue prints it."),
            Field("period", "text", "The months as the head of the issue prints them."),
            Field("period_start", "day", "First day of the months in `period`, by their own calendar."),
            Field("period_end", "day", "Last day of the months in `period`, by their own calendar."),
            Field("volume", "number", "The volume as the head of the issue prints it."),
            Field("numbers", "json", "The issue's numbers, a JSON list: `[19, 20]` for a double issue."),
            Field("found_at", "text", "Address or path of the file that it was read from."),
            Field("captured_at", "instant", "When that file was read (UTC)."),
        ),
        ("id",),
    ),
    Table(
        "newsletter_stories",
        "Stories of newsletters",
        "The stories of each issue, in the order in which they are printed.",
        (
            Field("newsletter_id", "text", "The issue that the story stands in."),
            Field("position", "number", "The place in the issue, from 1."),
            Field("title", "text", "Its headline."),
            Field("source", "text", "Whom `by …` names; none where nothing is printed."),
            Field("date", "day", "The day under it; none where nothing is printed, or nothing tells the month."),
            Field("text", "text", _TEXT),
            Field("url", "text", "The address under it; else where its headline or its `Read more` leads."),
            Field("toc_title", "text", "Its title in the table of contents."),
            Field("toc_page", "number", "Its page in the table of contents."),
            Field("article_id", "text", "The archived article that it was taken from, once that is archived."),
        ),
        ("newsletter_id", "position"),
    ),
    Table(
        "newsletter_posts",
        "Posts of newsletters",
        "Articles that announce an issue.",
        (
            Field("article_id", "text", "The article that announces it."),
            Field("number", "number", "The number of the issue that the title, else the file's name, gives."),
            Field("pdf_url", "text", "Address of its PDF."),
            Field("newsletter_id", "text", "The issue itself, once its file has been read."),
        ),
        ("article_id",),
    ),
)
