"""What `-a NAME=VALUE` may say to the spider `nejat`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from nejat_crawler.editions import Edition, choose
from nejat_crawler.urls import HOSTS, MEDIA_HOSTS, SITE, THE_SITE, Mirror

WAYS = ("listing", "api", "both")
#: Arguments that are 0 or 1, and what they are where nobody says.
_SWITCHES = {"full": "0", "newsletters": "0", "survey": "0", "fill_gaps": "0", "walk": "1", "accept_changes": "0"}


@dataclass(frozen=True, slots=True)
class Arguments:
    """What `-a NAME=VALUE` may say."""

    editions: list[Edition]
    mirror: Mirror
    full: bool
    since: date | None
    max_pages: int | None
    via: str
    """One of WAYS: by the listings, by the REST interface, or by both, the listings first."""
    newsletters: bool
    """Whether to read the files of the newsletter's issues, too."""
    recheck: int
    """How many articles an edition to look at again, those first that were met longest ago."""
    survey: bool
    """Whether to ask sitemaps, the REST interface and the feed which posts there are."""
    fill_gaps: bool
    """Whether to read the posts that a survey names and the archive has not."""
    accept_changes: bool
    """Whether to archive what is changed even where that is most of what is read."""
    walk: bool
    """Whether to read the listings; a survey alone reads none."""

    @property
    def walks_listing(self) -> bool:
        """Whether the listings are read."""
        return self.walk and self.via != "api"

    @property
    def walks_rest(self) -> bool:
        """Whether the REST interface is read from its newest post to its oldest."""
        return self.walk and self.via != "listing"

    def ends_walk(self, pages: int, *, too_old: bool) -> str:
        """The argument that ends a walk after so many pages, or at one that is `too_old` as a whole; else empty."""
        if self.max_pages and pages >= self.max_pages:
            return f"max_pages={self.max_pages}"
        return f"since={self.since}" if too_old else ""

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that may be asked: names, or `name:port` of a mirror."""
        if self.mirror != THE_SITE:
            return frozenset({urlsplit(self.mirror.base_url).netloc.lower()})
        return HOSTS | MEDIA_HOSTS if self.newsletters else HOSTS

    @classmethod
    def parse(
        cls,
        edition: str = "all",
        base_url: str = SITE,
        since: str = "",
        max_pages: str = "",
        via: str = "listing",
        recheck: str = "0",
        **switches: str,
    ) -> Arguments:
        """Read the arguments; raises ValueError with a sentence for the user."""
        try:
            first_day = date.fromisoformat(since) if since else None
        except ValueError:
            raise ValueError(f"since must be a day such as 2024-01-01, not {since!r}") from None
        if max_pages and not (max_pages.isdecimal() and int(max_pages)):
            raise ValueError(f"max_pages must be a whole number from 1, not {max_pages!r}")
        for name in _SWITCHES:
            if switches.get(name, "0") not in ("0", "1"):
                raise ValueError(f"{name} must be 0 or 1, not {switches[name]!r}")
        if not recheck.isdecimal():
            raise ValueError(f"recheck must be a whole number, not {recheck!r}")
        if via not in WAYS:
            raise ValueError(f"via must be {', '.join(WAYS[:-1])} or {WAYS[-1]}, not {via!r}")
        if unknown := [name for name in switches if name not in _SWITCHES]:
            known = "edition, base_url, full, since, max_pages, via, newsletters, recheck, survey, fill_gaps"
            known += ", accept_changes, walk"
            raise ValueError(f"unknown argument {', '.join(unknown)}: choose from {known}")
        on = {name: switches.get(name, default) == "1" for name, default in _SWITCHES.items()}
        on["survey"] = on["survey"] or on["full"] or on["fill_gaps"]
        return cls(
            editions=choose(edition),
            mirror=Mirror.parse(base_url),
            since=first_day,
            max_pages=int(max_pages) if max_pages else None,
            via=via,
            recheck=int(recheck),
            **on,
        )
