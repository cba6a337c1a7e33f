"""The theme's styles of an article's own page, a row each: where heading and lead image stand.

A template's `{header}` holds categories, heading, author and date; `{image}` the lead image as an `img`, `{back}` as
the background of a `span`; `{crumbs}` the trail of links above them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """What stands before the article's element, before the column and in the element above the text."""

    inside: str = ""
    before: str = ""
    in_column: str = ""
    """Before the article's element, in its column."""


_CRUMBS = """\t<div class="container penci-breadcrumb single-breadcrumb">
\t\t{crumbs}
\t</div>
"""
_CRUMBS_INSIDE = _CRUMBS.replace("container penci", "penci-container-inside penci")
_WIDE = "container-single penci-single-style-{style} penci-single-smore container-single-fullwidth{hentry}"
_HEADER_APART = f'<div class="penci-single-pheader container {_WIDE}">\n{_CRUMBS}{{header}}'

_STANDARD = Style(before=_CRUMBS, inside="{header}{image}")
_HEADER_ABOVE = Style(
    before=_CRUMBS
    + '<div class="penci-single-pheader container container-single container-single-fullwidth{hentry}">\n'
    + "{header}{image}</div>\n"
)
_BACKGROUND_BELOW = Style(before=_HEADER_APART + "{back}</div>\n")
_BACKGROUND_IN_COLUMN = Style(before=_HEADER_APART + "</div>\n", in_column="{back}")
_TITLE_ON_IMAGE = Style(
    before=f"""<div class="penci-single-pheader {_WIDE} penci-header-text-white">
<div class="post-image penci-move-title-above">
{{span}}<div class="standard-post-special_wrapper container">
{_CRUMBS}{{header}}</div>
</div>
</div>
"""
)
_TITLE_ON_IMAGE_INSIDE = Style(
    before=_CRUMBS,
    inside="""<div class="container-single penci-single-style-8 penci-header-text-white">
<div class="post-image penci-move-title-above">
{span}<div class="standard-post-special_wrapper">
{header}</div>
</div>
</div>
""",
)
_ENTRY_HEADER = Style(
    before=f"""<div class="penci-single-pheader {_WIDE} penci-header-text-white">
<div class="penci-post-image-wrapper"><div class="container">
{_CRUMBS_INSIDE}<div class="post-format-entry-header"><div class="penci-sidebar-content">
{{header}}</div>
<div class="penci-single-s10-content">{{back}}</div></div>
</div></div>
</div>
"""
)
_NO_IMAGE = Style(
    before=f"""<div class="penci-single-pheader {_WIDE}"><div class="container">
{_CRUMBS_INSIDE}{{header}}</div></div>
"""
)

#: By the theme's numbers; what is not known in detail is printed as the style most like it.
STYLES: dict[int, Style] = {
    **dict.fromkeys(range(1, 23), _BACKGROUND_BELOW),
    1: _STANDARD,
    2: _HEADER_ABOVE,
    **dict.fromkeys((5, 6, 22), _TITLE_ON_IMAGE),
    8: _TITLE_ON_IMAGE_INSIDE,
    10: _ENTRY_HEADER,
    11: _NO_IMAGE,
    19: _BACKGROUND_IN_COLUMN,
}
