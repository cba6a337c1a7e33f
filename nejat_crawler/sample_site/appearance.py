"""How the sample site looks: the settings that its webmaster may change from one night to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from nejat_crawler.sample_site.theme.layouts import LAYOUTS
from nejat_crawler.sample_site.theme.pagers import PAGERS

#: The theme's versions that the site knows, oldest first, and the release that stands for each.
VERSIONS = {"7.1": "7.1.2", "7.9": "7.9.2", "8.2": "8.2.9", "8.5": "8.5.4", "8.7": "8.7.2"}


def _setting(default: str | int | bool, about: str, choices: Iterable[str | int] = ()) -> Any:
    return field(default=default, metadata={"about": about, "choices": tuple(choices)})


@dataclass(frozen=True, slots=True)
class Appearance:
    """The theme, its version and its settings; raises ValueError for a choice that there is not.

    Every version takes every setting, also those that the theme brought in later.
    """

    theme: str = _setting("soledad", "Soledad, or another one on the front page and articles.", ("soledad", "other"))
    soledad: str = _setting("7.1", "Version of the theme.", VERSIONS)
    layout: str = _setting("standard", "How the front page and archives list posts.", LAYOUTS)
    archive_layout: str = _setting("", "How archives do, if not as the front page.", ("", *LAYOUTS))
    pagination: str = _setting("older", "What leads on to the next page of a list.", PAGERS)
    single: int = _setting(1, "Style of an article's own page.", range(1, 23))
    show_modified_date: bool = _setting(False, "Show when a post was modified, not when it was published.")
    hide_dates: bool = _setting(False, "Hide the visible dates; a hidden one stays.")
    schema_hentry: bool = _setting(True, "Print hidden author and date for machines.")
    json_ld: bool = _setting(True, "Print structured data in an article's head.")
    toc: bool = _setting(False, "Table of contents in a text with headings.")
    reactions: bool = _setting(False, "Readers' reactions after the text.")
    inline_related: bool = _setting(False, "Related posts in the text.")
    inline_ads: bool = _setting(False, "Advertisements in the text.")
    sticky_share: bool = _setting(False, "Share buttons before the text.")
    content_height: bool = _setting(False, "Text of limited height, with a button to read more.")
    reading_time: bool = _setting(False, "Minutes that reading takes.")
    views: bool = _setting(False, "Count of views.")
    slider: bool = _setting(False, "Slider above every page of the front page.")
    popular: bool = _setting(False, "Popular posts above every page of the front page.")
    infeed_ads: bool = _setting(False, "Advertisements between the posts of the front page.")
    featured_category: bool = _setting(False, "A category's newest five in a grid above its list.")
    rest: bool = _setting(True, "Answer requests for the REST interface.")
    rest_status: int = _setting(404, "What they are answered with otherwise.", (401, 403, 404))

    def __post_init__(self) -> None:
        for setting in fields(self):
            chosen, choices = getattr(self, setting.name), setting.metadata["choices"]
            if choices and chosen not in choices:
                raise ValueError(f"{setting.name} may not be {chosen!r}: choose from {', '.join(map(str, choices))}")

    def since(self, version: str) -> bool:
        """Whether the theme is of this version or a later one."""
        known = tuple(VERSIONS)
        return known.index(self.soledad) >= known.index(version)

    @property
    def front_layout(self) -> str:
        """The layout of the front page, which has none of those that only archives have."""
        return "standard" if LAYOUTS[self.layout].archives_only else self.layout

    @property
    def body_classes(self) -> str:
        """What the theme adds to the classes of the body."""
        names = ""
        if self.since("8.5"):
            names += " penci-no-js penci-disable-desc-collapse"
        if self.since("7.9"):
            names += f" soledad-ver-{VERSIONS[self.soledad].replace('.', '-')}"
        if self.since("8.2"):
            names += " pclight-mode pcmn-drdw-style-slide_down pchds-default"
        return names
