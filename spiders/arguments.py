"""What `-a NAME=VALUE` may say to the spider `nejat`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nejat_crawler.editions import Edition, choose
from nejat_crawler.urls import SITE, Mirror

WAYS = ("listing", "api", "both")


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

    @classmethod
    def parse(
        cls,
        edition: str = "all",
        base_url: str = SITE,
        full: str = "0",
        since: str = "",
        max_pages: str = "",
        via: str = "listing",
        newsletters: str = "0",
        **unknown: str,
    ) -> Arguments:
        """Read the arguments; raises ValueError with a sentence for the user."""
        try:
            first_day = date.fromisoformat(since) if since else None
        except ValueError:
            raise ValueError(f"since must be a day such as 2024-01-01, not {since!r}") from None
        if max_pages and not (max_pages.isdecimal() and int(max_pages)):
            raise ValueError(f"max_pages must be a whole number from 1, not {max_pages!r}")
        if full not in ("0", "1"):
            raise ValueError(f"full must be 0 or 1, not {full!r}")
        if newsletters not in ("0", "1"):
            raise ValueError(f"newsletters must be 0 or 1, not {newsletters!r}")
        if via not in WAYS:
            raise ValueError(f"via must be {', '.join(WAYS[:-1])} or {WAYS[-1]}, not {via!r}")
        if unknown:
            known = "edition, base_url, full, since, max_pages, via, newsletters"
            raise ValueError(f"unknown argument {', '.join(unknown)}: choose from {known}")
        most = int(max_pages) if max_pages else None
        return cls(choose(edition), Mirror.parse(base_url), full == "1", first_day, most, via, newsletters == "1")
