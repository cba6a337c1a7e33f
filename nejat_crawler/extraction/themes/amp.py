"""Pages for phones: Penci's AMP plugin, and the official one in two of its modes."""

from __future__ import annotations

from dataclasses import replace

from nejat_crawler.extraction.themes.soledad import SOLEDAD
from nejat_crawler.extraction.themes.theme import CONTENT_CHROME, HEADER_CHROME, Theme

PENCI_AMP = Theme(
    name="penciamp",
    selector="body.penci-amp-body",
    listing_entry=("article.penci-post-item",),
    article_entry=("article.amp-wp-article",),
    older=".penci-amp-pagination a.next",
    content=(".amp-wp-article-content",),
    teaser=(".post-excerpt",),
    article_end=("footer.amp-wp-article-footer",),
    title=(".penci__post-title", ".amp-wp-title"),
    author=(".post-author",),
    date=("time.published[datetime]",),
    comments=".penci-comment-count",
    lead_images=".penci-post-thumb, .amp-wp-article-featured-image amp-img",
    more=".post-read-more",
    header_chrome=(*HEADER_CHROME, ".penci-post-related", ".penci-post-pagination"),
    content_chrome=CONTENT_CHROME,
    amp=True,
    leaks_protected=True,
)


READER_AMP = Theme(
    name="readeramp",
    selector='meta[name=generator][content*="mode=reader"], article.amp-wp-article',
    listing_entry=(),  # archives answer with the desktop page
    article_entry=("article.amp-wp-article",),
    content=(".amp-wp-article-content",),
    article_end=("footer.amp-wp-article-footer",),
    title=(".amp-wp-title",),
    author=(".amp-wp-author",),
    date=(".amp-wp-posted-on time[datetime]",),
    lead_images=".amp-wp-article-featured-image amp-img",
    comments=".amp-wp-comments-link",
    header_chrome=(*HEADER_CHROME, ".amp-related-posts"),
    content_chrome=(*CONTENT_CHROME, ".post-bottom-meta", ".social", ".amp-related-posts"),
    amp=True,
)

#: The transitional mode shows Soledad's own templates.
SOLEDAD_AMP = replace(
    SOLEDAD, name="soledadamp", selector="html[amp] .penci-entry-title, html[amp] .single-post-title", amp=True
)
