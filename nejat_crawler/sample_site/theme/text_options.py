"""What the theme puts into the text of an article's own page: all of it is its own, none of it the author's."""

from __future__ import annotations

import re

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.blocks import Heading, Paragraph
from nejat_crawler.sample_site.content.inline import escape
from nejat_crawler.sample_site.content.posts import Post, content_html
from nejat_crawler.sample_site.theme.entry_parts import share_links
from nejat_crawler.sample_site.theme.page_frame import time_tag, views

#: After every so many paragraphs of a text.
_ADS_EVERY, _RELATED_EVERY = 2, 3

_AD = (
    '<div><div class="penci-custom-html-inside-content"><div class="ad-box"><p>Advertisement: '
    '<a href="https://example.org/ad">Ropes, lamps and boots at the Ridge Fair</a></p></div></div></div>'
)
_REACTIONS = ("like", "love", "haha", "wow", "sad", "angry")
_HEADING = re.compile(r"<(h[2-6])>(.*?)</\1>", re.DOTALL)


def text_of(blog: Blog, post: Post, look: Appearance, number: int) -> str:
    """Print page `number` of the text, as the theme's options have it."""
    text = _content(blog, post, look, number)
    if not post.protected:
        if look.toc:
            text = _contents(post, number) + text
        if look.content_height:
            text = (
                f'<div class="penci-sg-cth pcct-limit-height">{text}\n<div class="penci-btn-more-content">'
                '<a title="Read more" class="penci-bmca" href="#">Read more</a></div></div>'
            )
        if look.reactions:
            text += f"\n{_reactions(blog, post)}"
    if look.sticky_share:
        text = (
            f'<div data-id="{post.post_id}" class="penci-social-fixed-share tags-share-box tags-share-box-n2'
            f' hide-txt post-share share-style-1 pos-left tags-share-box-s2">{share_links(post, look)}</div>' + text
        )
    if look.since("8.5"):
        text = f'<i class="penci-post-countview-number-check" style="display:none">{views(post)}</i>{text}'
    return text


def _content(blog: Blog, post: Post, look: Appearance, number: int) -> str:
    """Print the author's text, and what stands between its paragraphs."""
    if post.protected:
        return content_html(post, [])
    printed: list[str] = []
    paragraphs = 0
    for block in post.pages[number - 1]:
        text = content_html(post, [block])
        if look.toc and isinstance(block, Heading):
            text = _HEADING.sub(_marked, text)
        printed.append(text)
        if isinstance(block, Paragraph):
            paragraphs += 1
            if look.inline_ads and paragraphs % _ADS_EVERY == 0:
                printed.append(_AD)
            if look.inline_related and paragraphs % _RELATED_EVERY == 0:
                printed.append(_related(blog, post, look))
    return "\n".join(printed)


def _marked(heading: re.Match[str]) -> str:
    tag, words = heading.groups()
    opening = f'<span class="penci-toc-section" id="penci-{_anchor(words)}"></span>'
    return f'<{tag}>{opening}{words}<span class="penci-toc-section-end"></span></{tag}>'


def _anchor(words: str) -> str:
    return "_".join(re.findall(r"\w+", words))


def _contents(post: Post, number: int) -> str:
    headings = [block for block in post.pages[number - 1] if isinstance(block, Heading)]
    if not headings:
        return ""
    rows = "".join(
        f"<li class='penci-toc-heading-level-{heading.level}'>"
        f'<a class="penci-toc-link" href="#penci-{_anchor(escape(heading.words))}">{escape(heading.words)}</a></li>'
        for heading in headings
    )
    return f"""<div class="penci-toc-container-wrapper sticky-left"><div id="penci-toc-container" \
class="penci-toc-wrapper penci-toc-default penci-toc-container max-lv-3 enable-toggle">
<div class="penci-toc-head penci-toc-title-container"><p class="penci-toc-title">Table of Contents</p>
<span class="penci-toc-title-toggle"><a class="penci-toc-toggle" style="display: none;"></a></span></div>
<nav class="penci-toc"><ul class='penci-toc-list penci-toc-list-level-1' >{rows}</ul></nav></div></div>"""


def _related(blog: Blog, post: Post, look: Appearance) -> str:
    others = [other for other in blog.recent() if other is not post]
    rows = "\n".join(
        f'<li class="pcilrp-item pcilrp-item-list"><a href="{other.link}">{escape(other.shown_title)}</a>'
        f'<span class="date">{time_tag(other, look)}</span></li>'
        for other in others
    )
    return f"""<div><div class="penci-ilrltpost-insert"><div class="penci-ilrelated-posts pcilrt-list pcilrt-none">
<div class="pcilrp-heading pcilrph-align-left"><span>{blog.labels.related}</span></div>
<ul class="pcilrp-content">
{rows}
</ul></div></div></div>"""


def _reactions(blog: Blog, post: Post) -> str:
    images = f"{blog.home}wp-content/themes/soledad/images/emotions"
    rows = "\n".join(
        f'<li class="penci-post-reaction-item penci-post-reaction-item-{name}"><a href="#" class="penci-post-like'
        f' penci-post-reaction" data-reaction="{name}" data-post_id="{post.post_id}"><img src="{images}/{name}.svg"'
        f' alt="{name}"></a><span class="penci-reaction-count dt-share" data-reaction="{name}">{place}</span></li>'
        for place, name in enumerate(_REACTIONS)
    )
    return f"""<div class="penci-post-reactions"><h4 class="penci-post-reactions-title">What do you say?</h4>
<p class="penci-post-reactions-desc">Leave a sign, and climb on.</p>
<ul>
{rows}
</ul></div>"""
