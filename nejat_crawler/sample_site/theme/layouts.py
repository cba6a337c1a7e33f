"""How the theme lists articles, a row a layout: what stands round them, and which entries follow on one another.

An entry is a macro of that name in `templates/entries.html`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nejat_crawler.sample_site.content.posts import Post

#: What a page shows of an article's text: a teaser is what `<!--more-->` leaves of it, a part what `<!--nextpage-->`.
Shown = Literal["full", "part", "teaser", "excerpt", "none"]

#: The entries that show more or less than an excerpt of a text that the author has not cut.
_SHOWS: dict[str, Shown] = {
    **dict.fromkeys(("standard", "classic"), "full"),
    **dict.fromkeys(("overlay", "small", "boxed_2", "photography"), "none"),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A list of articles: the `first` ones each in a way of its own, then those of `then` in turn."""

    then: tuple[str, ...]
    first: tuple[str, ...] = ()
    opening: str = '<ul{data_layout} class="penci-wrapper-data penci-grid">'
    closing: str = "</ul>"
    archives_only: bool = False
    bare_in_archives: bool = False
    """Whether nothing stands round the entries in an archive."""

    def entry(self, place: int) -> str:
        """The way in which the article at `place`, counted from 0, is printed."""
        if place < len(self.first):
            return self.first[place]
        return self.then[(place - len(self.first)) % len(self.then)]


def _plain(entry: str) -> Layout:
    return Layout((entry,), opening='<div class="penci-wrapper-data">', closing="</div>", bare_in_archives=True)


#: By the theme's own names; `excerpt` is standard with the theme's setting for automatic excerpts.
LAYOUTS: dict[str, Layout] = {
    "standard": _plain("standard"),
    "classic": _plain("classic"),
    "excerpt": _plain("auto_excerpt"),
    "overlay": _plain("overlay"),
    "featured": _plain("featured"),
    "grid": Layout(("grid",)),
    "list": Layout(("list",)),
    "boxed-1": Layout(("boxed",)),
    "boxed-2": Layout(("boxed_2",)),
    "small-list": Layout(("small",)),
    "photography": Layout(("photography",)),
    "masonry": Layout(
        ("masonry",),
        opening='<div class="penci-wrap-masonry"><div class="penci-wrapper-data masonry penci-masonry">',
        closing="</div></div>",
    ),
    "magazine-1": Layout(("magazine",)),
    "mixed": Layout(("mixed", "grid", "grid")),
    "mixed-2": Layout(("overlay", "grid", "grid", "grid")),
    "mixed-3": Layout(("small",), ("grid_2",) * 4),
    "mixed-4": Layout(("grid_2",), ("featured",)),
    "standard-grid": Layout(("grid",), ("standard",)),
    "standard-list": Layout(("list",), ("standard",)),
    "classic-grid": Layout(("grid",), ("classic",)),
    "classic-list": Layout(("list",), ("classic",)),
    "overlay-grid": Layout(("grid",), ("overlay",)),
    "overlay-list": Layout(("list",), ("overlay",)),
    "timeline": Layout(
        ("timeline_left", "timeline_right"),
        opening='<div class="penci-tiline penci-tiline-posts penci-tiline-archive penci-tiline-center">'
        '<div class="penci-wrapper-data penci-tiline-grid penci-tiline-align-center">',
        closing="</div></div>",
        archives_only=True,
    ),
    "list-boxed-3": Layout(("boxed_3",), opening="", closing="", archives_only=True),
}


def shown(post: Post, layout: str, place: int) -> Shown:
    """Tell what the entry at `place` of a list, counted from 0, shows of a post's text."""
    shows: Shown = _SHOWS.get(LAYOUTS[layout].entry(place), "excerpt")
    if post.protected:
        return "none"
    if shows != "full":
        return shows
    if post.teaser != post.pages[0]:
        return "teaser"
    return "part" if len(post.pages) > 1 else "full"
