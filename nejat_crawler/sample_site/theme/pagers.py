"""What leads from a page of a list to the next one, a row for each of the theme's ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nejat_crawler.sample_site.blog import PAGE_SIZE, Blog


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands: page `number` of `pages` at `link`."""

    blog: Blog
    link: str
    number: int
    pages: int
    amp: bool = False
    archive: tuple[str, str] | None = None
    """Kind and number of the term that an archive is of."""
    layout: str = "standard"

    def address(self, number: int) -> str:
        """The address of another page."""
        page = self.link if number == 1 else f"{self.link.rstrip('/')}/page/{number}"
        return f"{page}?amp=1" if self.amp else page


def _older(place: Place) -> str:
    labels = place.blog.labels
    newer = f'<span><i class="penci-faicon fa fa-angle-left" ></i>{labels.newer}</span>'
    older = f'<span>{labels.older} <i class="penci-faicon fa fa-angle-right" ></i></span>'
    before = place.address(place.number - 1) if place.number > 1 else ""
    after = place.address(place.number + 1) if place.number < place.pages else ""
    return f"""<div class="penci-pagination">
\t<div class="newer">{_step(before, newer)}</div>
\t<div class="older">{_step(after, older)}</div>
</div>"""


def _step(address: str, words: str) -> str:
    return f'<a href="{address}" >{words}</a>' if address else f'<div class="disable-url">{words}</div>'


def _numbers(place: Place) -> str:
    shown = {1, place.pages, *range(place.number - 2, place.number + 3)} & {*range(1, place.pages + 1)}
    rows: list[str] = []
    if place.number > 1:
        rows.append(_numbered(place, place.number - 1, "prev ", '<i class="penci-faicon fa fa-angle-left" ></i>'))
    last = 0
    for number in sorted(shown):
        if number > last + 1:
            rows.append('<span class="page-numbers dots">&hellip;</span>')
        if number == place.number:
            rows.append(f'<span aria-current="page" class="page-numbers current">{number}</span>')
        else:
            rows.append(_numbered(place, number, "", str(number)))
        last = number
    if place.number < place.pages:
        rows.append(_numbered(place, place.number + 1, "next ", '<i class="penci-faicon fa fa-angle-right" ></i>'))
    items = "\n".join(f"\t<li>{row}</li>" for row in rows)
    return f"""<div class="penci-pagination align-left"><ul class='page-numbers'>
{items}
</ul>
</div>"""


def _numbered(place: Place, number: int, kind: str, words: str) -> str:
    return f'<a class="{kind}page-numbers" href="{place.address(number)}">{words}</a>'


def _button(kind: str) -> Callable[[Place], str]:
    """Make a row whose button bears no address, as a script fetches more; the last page has it, too."""

    def print_button(place: Place) -> str:
        home, archive = "penci-ajax-home", ""
        if place.archive:
            home = "penci-ajax-arch"
            archive = ' data-archivetype="{}" data-archivevalue="{}"'.format(*place.archive)
        return f"""<div class="penci-pagination penci-ajax-more {home} penci-ajax-more-{kind}">
\t<a class="penci-ajax-more-button" href="#" data-mes="Sorry, No more posts" data-layout="{place.layout}" \
data-number="6" data-offset="{PAGE_SIZE}"{archive} data-from="customize" data-template="sidebar" data-order="desc">
\t<span class="ajax-more-text">Load More Posts</span><span class="ajaxdot"></span>\
<i class="penci-faicon fa fa-refresh" ></i></a>
</div>"""

    return print_button


PAGERS: dict[str, Callable[[Place], str]] = {
    "older": _older,
    "numbers": _numbers,
    "more": _button("click"),
    "scroll": _button("scroll"),
}
