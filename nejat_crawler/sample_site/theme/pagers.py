"""Where a page of a list stands among the others, and the theme's ways to lead from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

#: `more` is a button, `scroll` fetches by itself what comes next.
PAGERS = ("older", "numbers", "more", "scroll")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands: page `number` of `pages` at `link`."""

    link: str
    number: int
    pages: int
    amp: bool = False

    def address(self, number: int) -> str:
        """The address of another page; empty for one that there is not."""
        if not 1 <= number <= self.pages:
            return ""
        page = self.link if number == 1 else f"{self.link.rstrip('/')}/page/{number}"
        return f"{page}?amp=1" if self.amp else page

    @property
    def before(self) -> str:
        """The address of the page before."""
        return self.address(self.number - 1)

    @property
    def after(self) -> str:
        """The address of the page after."""
        return self.address(self.number + 1)

    @property
    def numbers(self) -> list[int]:
        """The pages that a row of numbers names: the first, the last, and those around."""
        around = range(self.number - 2, self.number + 3)
        return sorted({1, self.pages, *around} & {*range(1, self.pages + 1)})
