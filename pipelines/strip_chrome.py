"""Part an article's source into header and content, and strip what is not the article's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.bounds import require_no_growth, run_bounded
from nejat_crawler.extraction.entry import EntryCut, cut_entry
from nejat_crawler.extraction.nodes import classes, markup_of, parse_once, select, source_without
from nejat_crawler.extraction.themes import BY_NAME
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.visible_text.bare_paragraphs import has_only_paragraphs
from nejat_crawler.extraction.visible_text.content import doubtful_boxes, kept_boxes, read_content, sounds_like_plugin
from nejat_crawler.extraction.visible_text.hidden_text import take_hidden
from nejat_crawler.items import Capture, Newsletter, Part


def strip_chrome(html: str, theme: Theme, *, own_page: bool) -> Part:
    """The header and the content of one article's source, without chrome, plugins' boxes and hidden text."""
    cut = cut_entry(html, theme, own_page=own_page)
    header = source_without(cut.header + _tags_in_text(cut, theme), theme.header_chrome)
    if has_only_paragraphs(cut.content):
        return Part(header, cut.content)
    content = read_content(cut.content, theme.content_chrome)
    hidden_words = take_hidden(content)
    doubtful = dict.fromkeys(name for name in doubtful_boxes(content) if not name.startswith(theme.own_classes))
    return Part(header, markup_of(content), _unknown_parts(content, theme), tuple(doubtful), hidden_words)


def _tags_in_text(cut: EntryCut, theme: Theme) -> str:
    """The tags of an article that stand in its text, and nowhere else: no marker tells where such a text ends."""
    if not theme.tag_box or theme.tag_box not in cut.content or theme.tag_box in cut.header:
        return ""
    return "".join(node.html or "" for node in select(parse_once(cut.content), f".{theme.tag_box}"))


def _unknown_parts(content: LexborHTMLParser, theme: Theme) -> tuple[str, ...]:
    """Plugins' boxes that have most of the text, and the theme's own at its level that the row does not name.

    What an author quotes from a page of the same theme stands deeper.
    """
    kept = tuple(dict.fromkeys(kept_boxes(content)))
    if not theme.own_classes or content.body is None:
        return kept
    return kept + tuple(
        dict.fromkeys(
            name
            for box in _own_level(content.body, theme)
            for name in classes(box)
            if name.startswith(theme.own_classes) and not _is_text(name, theme) and box.text(strip=True)
        )
    )


#: Of what else the theme may make a list, a player: `penci-video-playlist` begins as a film in a text does.
_OTHER_THINGS = re.compile(r"[-_](?:posts|playlist|speech|latest|popular|news)(?![a-z])")


def _is_text(name: str, theme: Theme) -> bool:
    if not name.startswith(theme.in_text):
        return False
    return name in theme.in_text or not (sounds_like_plugin(name) or _OTHER_THINGS.search(name))


def _own_level(text: LexborNode, theme: Theme) -> Iterator[LexborNode]:
    """The boxes in a text, and in what holds all or some of it: `.inner-post-entry`, `.penci-sg-cth`, a bare div."""
    holders = frozenset(marker[1:] for marker in (*theme.content, *theme.article_content))
    waiting = list(text.iter())
    while waiting:
        box = waiting.pop(0)
        names = classes(box)
        if box.tag == "div" and (not names or not holders.isdisjoint(names) or names[0] in theme.in_text):
            waiting += box.iter()
        elif box.tag not in ("p", "figure"):
            yield box


def _strip_all(capture: Capture) -> Capture:
    theme = BY_NAME[capture.theme]
    parts = tuple(strip_chrome(html, theme, own_page=capture.own_page) for html in capture.html)
    require_no_growth(capture.html, [source for part in parts for source in (part.header, part.content)])
    return replace(capture, parts=parts)


class StripChrome:
    """Item pipeline around `strip_chrome`."""

    def process_item(self, item: Capture | Newsletter) -> Capture | Newsletter:
        """Fill in `parts` of a capture of markup; a text capture's chrome went when it was cut."""
        if isinstance(item, Newsletter) or not item.html:
            return item
        return run_bounded(_strip_all, item, sources=item.html)
