"""How the theme lists articles, a row a layout: what stands round them, and what each of them shows.

A template's `{name}` is printed by the row of that name in `listing_entries.PIECES`.
"""

from __future__ import annotations

from nejat_crawler.sample_site.theme.layout_rows import Entry, Layout


def _standard(text: str = "{content}", *, classic: bool = False) -> Entry:
    header = f"""\t<div class="header-standard{" header-classic" if classic else ""}">
\t\t<div class="penci-standard-cat">{{categories}}</div>
\t\t<h2 class="penci-entry-title entry-title entry-title{{big_title}}">{{title}}</h2>
\t\t{{hidden_date}}
\t</div>
"""
    content = f"""\t<div class="standard-content">
\t\t<div class="standard-main-content entry-content">
\t\t\t<div class="post-entry standard-post-entry classic-post-entry blockquote-style-1">
\t\t\t\t{text}
\t\t\t</div>
\t\t</div>
\t\t<div class="penci-post-box-meta">
\t\t\t<div class="penci-box-meta">
{{clock}}\t\t\t\t<span>{{comments}}</span>
{{views}}\t\t\t</div>
\t\t\t<div class="penci-post-share-box">{{share}}\t\t\t</div>
\t\t</div>
\t</div>
"""
    top = header + "{featured}" if classic else "{featured}" + header
    return Entry(top + content, article=("{classic}" if classic else "{standard}") + "{post_class}")


_DATES = "{hidden_date}\n"
_META = '<div class="grid-post-box-meta">\n{author}\n{date}</div>\n'
_TEXT = '<div class="item-content entry-content">\n{excerpt}</div>\n'
_SHARE = (
    '<div class="penci-post-box-meta penci-post-box-grid"><div class="penci-post-share-box">{share}</div></div>\n'
)


def _title(classes: str = "penci-entry-title entry-title grid-title") -> str:
    return f'{{categories}}\n<h2 class="{classes}{{small_title}}">{{title}}</h2>\n'


def _list(rest: str) -> str:
    header = f'<div class="header-list-style">\n{_title()}{_DATES}{_META}</div>\n'
    return f'{{thumbnail}}<div class="content-list-right content-list-center">\n{header}{rest}</div>\n'


_IN_GRID = f'<div class="grid-header-box">\n{_title()}{_DATES}{_META}</div>\n{_TEXT}{_SHARE}'
_GRID = Entry("{thumbnail}" + _IN_GRID, 'li class="grid-style"')
_GRID_2 = Entry(_GRID.template, 'li class="grid-style grid-2-style"')
_LIST = Entry(_list(_TEXT + _SHARE), 'li class="list-post pclist-layout{list_thumb}"')
_MAGAZINE = Entry(_list(_TEXT), 'li class="list-post magazine-layout magazine-1"')
_SMALL = Entry(_list(""), 'li class="list-post penci-item-listp penci-slistp"')
_BOXED = Entry(
    f"""{{thumbnail}}<div class="content-list-right"><div class="inner-content-list-right">
<div class="header-list-style">
{_title()}{_DATES}{_META}</div>
{_TEXT}{_SHARE}</div></div>
""",
    'li class="list-post list-boxed-post"',
)
_BOXED_2 = Entry(
    f"""<div class="content-boxed-2 show-top boxed-none"><div class="inner-parent-boxed-2"><div class="inner-boxed-2">
{_title()}{_META}</div></div></div>
{{thumbnail_arrow}}\
<div class="content-boxed-2 show-bottom"><div class="inner-parent-boxed-2"><div class="inner-boxed-2">
{_title()}{_DATES}{_META}</div></div></div>
""",
    'li class="list-boxed-post-2"',
)
_BOXED_3 = Entry(
    f'{{thumbnail}}<div class="content-list-right">\n{_title()}{_TEXT}{_DATES}{_META}</div>\n',
    'li class="list-post list-post-3"',
)
_PHOTOGRAPHY = Entry(
    f"""<div class="thumbnail">
{{background}}<div class="content-typography"><a href="{{link}}" class="overlay-typography"></a>
<div class="main-typography">
{_title("entry-title grid-title")}{_DATES}{_META}</div></div>
</div>
""",
    'li class="grid-style grid-2-style typography-style"',
)
_MASONRY = Entry("{picture}" + _IN_GRID, article="item item-masonry grid-masonry hentry{no_thumb}")
_MIXED = Entry(
    f"""{{thumbnail_left}}<div class="mixed-detail">
<div class="grid-header-box">
{_title()}{_DATES}<div class="grid-post-box-meta">
{{plain_author}}
{{plain_date}}</div>
</div>
{_TEXT}<div class="penci-post-box-meta"><div class="penci-box-meta"><span>{{comments}}</span>
<div class="penci-post-share-box">{{share}}</div></div></div>
</div>
{{thumbnail_right}}""",
    'div class="grid-style grid-mixed{mixed_share}"',
)
_OVERLAY = Entry(
    f"""<div class="penci-overlay-over">
{{thumbnail}}<a class="overlay-border" href="{{link}}"></a>
<div class="overlay-header-box">
{_title("penci-entry-title entry-title overlay-title")}{_DATES}\
<div class="penci-meta-author overlay-author byline">{{plain_author}}</div>
</div>
</div>
<div class="penci-post-box-meta grid-post-box-meta overlay-post-box-meta">
{{overlay_date}}<div class="overlay-share overlay-style-comment">{{comments}}</div>
<div class="penci-post-share-box">{{share}}</div>
</div>
""",
    'section class="grid-style grid-overlay"',
    "item overlay-layout hentry{no_thumb}",
)
_FEATURED = Entry(
    f"""<div class="thumbnail">
<div class="penci-post-share-box penci-featured-share-box">{{share}}</div>
{{background}}</div>
<div class="penci-featured-infor">
<div class="grid-header-box featured-header-box">
{_title("penci-entry-title entry-title overlay-title")}{_DATES}\
<div class="grid-post-box-meta">
{{author}}
{{date}}<span class="otherl-comment">{{comments}}</span>
</div>
</div>
{_TEXT}</div>
""",
    'section class="grid-featured"',
    "item featured-layout{no_thumb}",
)


def big_item(meta: str = "{big_date}", below: str = "", share: str = "") -> str:
    """Print a post in one of the theme's big grids; `below` follows on its date."""
    return f"""<div class="penci-bgitem"><div class="penci-bgitin"><div class="penci-bgmain">
<div class="pcbg-thumb"><div class="pcbg-thumbin"><a class="pcbg-bgoverlay" href="{{link}}"></a>{{pinned}}</div></div>
<div class="pcbg-content"><div class="pcbg-content-flex"><a class="pcbg-bgoverlay" href="{{link}}"></a>
<div class="pcbg-content-inner bgcontent-block"><a class="pcbg-bgoverlaytext item-hover" href="{{link}}"></a>
<div class="pcbg-above item-hover">{{categories}}</div>
<div class="pcbg-heading item-hover"><h3 class="pcbg-title">{{title}}</h3></div>
<div class="grid-post-box-meta pcbg-meta item-hover"><div class="pcbg-meta-desc">{meta}</div>
{below}</div>
{share}</div></div></div>
</div></div></div>
"""


def _timeline(*, left: bool) -> Entry:
    """A post at one side of a line, its date at the other: the left one's follows, the right one's comes first."""
    text = _TEXT.replace("item-content", "pcbg-pexcerpt item-content")
    share = _SHARE.replace("penci-post-box-grid", "penci-post-box-timeline")
    item = f"""<div class="penci-tiline-item {"left" if left else "right"}-part main-alt-part">
<div class="penci-tiline-item-main-wrapper"><div class="penci-tiline-line"><span></span></div>
<div class="penci-tiline-item-main-container"><div class="penci-tiline-icon"><span></span></div>
<div class="penci-tiline-item-main"><span class="penci-tiline-arrow"></span>
<div class="penci-clearfix penci-biggrid-wrapper penci-grid-col-1"><div class="penci-clearfix penci-biggrid">
<div class="penci-biggrid-inner default"><div class="penci-clearfix penci-biggrid-data penci-dflex">
{big_item("{big_author}{big_date}", text, share)}</div></div></div></div>
</div></div></div></div>
"""
    date = f"""<div class="penci-tiline-item penci-tiline-item-date-wrap{"" if left else " right"}">
<div class="penci-tiline-date"><span>{{time}}</span></div></div>
"""
    return Entry(item + date if left else date + item, article="")


_EXCERPT = _standard("{auto_excerpt}")
_STANDARD, _CLASSIC = _standard(), _standard(classic=True)


def _plain(*then: Entry) -> Layout:
    return Layout(then, opening='<div class="penci-wrapper-data">', closing="</div>", bare_in_archives=True)


#: By the theme's own names; `excerpt` is standard with the theme's setting for automatic excerpts.
LAYOUTS: dict[str, Layout] = {
    "standard": _plain(_STANDARD),
    "classic": _plain(_CLASSIC),
    "excerpt": _plain(_EXCERPT),
    "overlay": _plain(_OVERLAY),
    "featured": _plain(_FEATURED),
    "grid": Layout((_GRID,)),
    "list": Layout((_LIST,)),
    "boxed-1": Layout((_BOXED,)),
    "boxed-2": Layout((_BOXED_2,)),
    "small-list": Layout((_SMALL,)),
    "photography": Layout((_PHOTOGRAPHY,)),
    "masonry": Layout(
        (_MASONRY,),
        opening='<div class="penci-wrap-masonry"><div class="penci-wrapper-data masonry penci-masonry">',
        closing="</div></div>",
    ),
    "magazine-1": Layout((_MAGAZINE,)),
    "mixed": Layout((_MIXED, _GRID, _GRID)),
    "mixed-2": Layout((_OVERLAY, _GRID, _GRID, _GRID)),
    "mixed-3": Layout((_SMALL,), (_GRID_2,) * 4),
    "mixed-4": Layout((_GRID_2,), (_FEATURED,)),
    "standard-grid": Layout((_GRID,), (_STANDARD,)),
    "standard-list": Layout((_LIST,), (_STANDARD,)),
    "classic-grid": Layout((_GRID,), (_CLASSIC,)),
    "classic-list": Layout((_LIST,), (_CLASSIC,)),
    "overlay-grid": Layout((_GRID,), (_OVERLAY,)),
    "overlay-list": Layout((_LIST,), (_OVERLAY,)),
    "timeline": Layout(
        (_timeline(left=True), _timeline(left=False)),
        opening='<div class="penci-tiline penci-tiline-posts penci-tiline-archive penci-tiline-center">'
        '<div class="penci-wrapper-data penci-tiline-grid penci-tiline-align-center">',
        closing="</div></div>",
        archives_only=True,
    ),
    "list-boxed-3": Layout((_BOXED_3,), opening="", closing="", archives_only=True),
}
