"""The theme's frame round every page: head, menus (three times), sidebar, footer."""

from __future__ import annotations

import json
import secrets

from nejat_crawler.editions import EDITIONS
from nejat_crawler.sample_site.appearance import VERSIONS, Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.assemble import CLOCK
from nejat_crawler.sample_site.content.inline import HOME, escape
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.content.theme_words import LABELS, print_date

NETWORKS = ("facebook", "twitter", "instagram", "youtube-play")


def page(
    blog: Blog, look: Appearance, *, title: str, body_class: str, main: str, head: str = "", data: str = ""
) -> str:
    """Print a whole page: `main` stands between the header and the sidebar, `data` holds its JSON-LD."""
    rtl = EDITIONS[blog.edition].direction == "rtl"
    direction = 'dir="rtl" ' if rtl else ""
    return f"""<!DOCTYPE html>
<html {direction}lang="{blog.labels.locale}">
<head>
\t<meta charset="UTF-8">
\t<meta http-equiv="X-UA-Compatible" content="IE=edge">
\t<meta name="viewport" content="width=device-width, initial-scale=1">
\t<link rel="profile" href="http://gmpg.org/xfn/11" />
\t<link rel="alternate" type="application/rss+xml" title="{escape(blog.name)} RSS Feed" href="{blog.home}feed" />
\t<link rel="pingback" href="{blog.home}xmlrpc.php" />
\t<!--[if lt IE 9]>
\t<![endif]-->
\t<title>{escape(title)} &#8211; {escape(blog.name)}</title>
<meta name='robots' content='max-image-preview:large' />
<link rel="alternate" type="application/rss+xml" title="{escape(blog.name)} &raquo; {blog.labels.feed}" \
href="{blog.home}feed" />
{head}<link rel="https://api.w.org/" href="{blog.home}wp-json/" /><link rel="EditURI" type="application/rsd+xml" \
title="RSD" href="{blog.home}xmlrpc.php?rsd" />
<meta name="generator" content="WordPress 6.1.9" />
{_generator(look)}{_organization(blog)}{data}</head>
<body class="{"rtl " if rtl else ""}{body_class}{look.body_classes}">
\t<a id="close-sidebar-nav" class="header-1"><i class="penci-faicon fa fa-close" ></i></a>
\t<nav id="sidebar-nav" class="header-1" role="navigation" itemscope \
itemtype="https://schema.org/SiteNavigationElement">
\t\t<div id="sidebar-nav-logo"><a href="{blog.home}"><img class="penci-lazy" src="{holder(blog, "penci-holder")}" \
data-src="{blog.home}wp-content/uploads/nejat-logo.png" alt="{escape(blog.name)}" /></a></div>
\t\t<div class="header-social sidebar-nav-social">{_social()}</div>
\t\t<ul id="menu-main" class="menu">{_menu(blog, numbered=True)}</ul>\t</nav>
<div class="wrapper-boxed header-style-header-1">
<div class="penci-header-wrap">
\t<nav id="navigation" class="header-layout-top header-1 menu-style-1" role="navigation" itemscope \
itemtype="https://schema.org/SiteNavigationElement">
\t\t<div class="container">
\t\t\t<ul id="menu-main-1" class="menu">{_menu(blog)}</ul><div id="top-search" class="dfdf">
\t\t\t<form role="search" method="get" id="searchform" action="{blog.home}">
\t\t\t<div><input type="text" class="search-input" placeholder="Type and hit enter..." name="s" id="s" /></div>
\t\t\t</form></div>
\t\t</div>
\t</nav><!-- End Navigation -->
<header id="header" class="penci-header-second header-header-1 has-bottom-line" itemscope="itemscope" \
itemtype="https://schema.org/WPHeader">
\t<div class="inner-header"><div class="container"><div id="logo"><a href="{blog.home}">\
<img src="{blog.home}wp-content/uploads/nejat-logo.png" alt="{escape(blog.name)}"/></a></div></div></div>
</header>
<!-- end #header -->
</div>
{main}
{_footer(blog)}"""


def holder(blog: Blog, name: str = "penci2-holder") -> str:
    """Give the address of the placeholder that stands in `src` where the theme loads a picture late."""
    return f"{blog.home}wp-content/themes/soledad/images/{name}.png"


def json_ld(thing: object) -> str:
    """Print structured data as PHP does, slashes escaped."""
    text = json.dumps(thing, indent=4).replace("/", "\\/")
    return f'<script type="application/ld+json">{text}</script>'


def breadcrumbs(*steps: tuple[str, str]) -> str:
    """Print the trail of (address, name) as structured data."""
    trail = [
        {"@type": "ListItem", "position": place, "item": {"@id": address, "name": name}}
        for place, (address, name) in enumerate(steps, 1)
    ]
    return json_ld({"@context": "https://schema.org/", "@type": "BreadcrumbList", "itemListElement": trail})


def time_tag(post: Post, look: Appearance) -> str:
    """Print the date of a post: of its last change, if that is what the theme is set to show."""
    kind, date = "published", post.date
    if look.show_modified_date and post.changed != post.date:
        kind, date = "updated", post.changed.astimezone(CLOCK)
    return (
        f'<time class="entry-date {kind}" datetime="{date.isoformat(timespec="seconds")}">'
        f"{print_date(post.edition, date)}</time>"
    )


def views(post: Post) -> int:
    """Count how often a post was read."""
    return post.post_id % 997


def sidebar(blog: Blog, look: Appearance) -> str:
    """Print the newest posts, sticky ones first, under an id that changes with every fetch."""
    entries = "".join(
        f"""<li class="penci-feed">
\t<div class="side-item">
\t\t<div class="side-image">{_side_image(post, look)}</div>
\t\t<div class="side-item-text">
\t\t\t<h4 class="side-title-post"><a href="{post.link}" rel="bookmark" title="{escape(post.shown_title)}">
\t\t\t\t{escape(post.shown_title)}\t\t\t\t</a></h4>
\t\t\t<span class="side-item-meta">{time_tag(post, look)}</span>
\t\t</div>
\t</div>
</li>
"""
        for post in blog.recent()
    )
    return f"""<div id="sidebar" class="penci-sidebar-right penci-sidebar-content style-1 pcalign-center">
\t<div class="theiaStickySidebar">
\t\t<aside id="penci_latest_news_widget-2" class="widget penci_latest_news_widget">\
<h4 class="widget-title penci-border-arrow"><span class="inner-arrow">{blog.labels.recent}</span></h4>\
<ul id="penci-latestwg-{1000 + secrets.randbelow(9000)}" class="side-newsfeed">
{entries}</ul>
\t\t</aside>\t</div>
</div><!-- END CONTAINER -->"""


def _side_image(post: Post, look: Appearance) -> str:
    if not post.leads:
        return ""
    return (
        f'<a class="penci-image-holder penci-lazy small-fix-size" rel="bookmark" {late(look)}="{post.leads[0].src}"'
        f' href="{post.link}" title="{escape(post.shown_title)}"></a>'
    )


def late(look: Appearance) -> str:
    """Name the attribute that holds the address of a background which the theme loads late."""
    return "data-bgset" if look.since("8.7") else "data-src"


def _generator(look: Appearance) -> str:
    if not look.since("8.5"):
        return ""
    return f'<meta name="generator" content="Soledad {VERSIONS[look.soledad]}" />\n'


def _organization(blog: Blog) -> str:
    logo = {"@type": "ImageObject", "url": f"{blog.home}wp-content/uploads/nejat-logo.png"}
    about = {"url": blog.home, "name": blog.name}
    return json_ld(
        {"@context": "https://schema.org/", "@type": "organization", "@id": "#organization", "logo": logo, **about}
    ) + json_ld({"@context": "https://schema.org/", "@type": "WebSite", "alternateName": blog.name, **about})


def _social() -> str:
    links = "".join(
        f'<a href="https://www.{name.split("-")[0]}.com/example" rel="nofollow" target="_blank">'
        f'<i class="penci-faicon fa fa-{name}" ></i></a>\n'
        for name in NETWORKS
    )
    return f'<div class="inner-header-social">{links}</div>'


def _menu(blog: Blog, *, numbered: bool = False) -> str:
    first = 60001
    rows = [(blog.home, blog.labels.home)]
    rows += [(term.link(blog.edition), term.name) for term in blog.used_terms("module")[:6]]
    rows += [(f"{blog.home}about-us", blog.labels.about), (f"{blog.home}contact-us", blog.labels.contact)]
    items = "\n".join(
        f'<li {_number(first + place) if numbered else ""}class="menu-item menu-item-{first + place}">'
        f'<a href="{address}">{escape(name)}</a></li>'
        for place, (address, name) in enumerate(rows)
    )
    names = {"en": "English", "fa": "فارسی", "ar": "عربي", "sq": "Shqip"}
    editions = "\n".join(
        f'\t<li class="menu-item"><a href="{HOME}/{code}/">{name}</a></li>'
        for code, name in names.items()
        if code != blog.edition
    )
    return (
        f'{items}\n<li class="menu-item menu-item-has-children"><a href="#">{LABELS[blog.edition].editions}</a>\n'
        f'<ul class="sub-menu">\n{editions}\n</ul>\n</li>\n'
    )


def _number(number: int) -> str:
    return f'id="menu-item-{number}" '


def _footer(blog: Blog) -> str:
    social = "\n".join(
        f'<li><a href="https://www.{name}.com/example" rel="nofollow" target="_blank">'
        f'<i class="penci-faicon fa fa-{name}" ></i><span>{name.title()}</span></a></li>'
        for name in ("facebook", "twitter", "instagram", "youtube")
    )
    nonce = json.dumps({"url": f"{blog.home}wp-admin/admin-ajax.php", "nonce": secrets.token_hex(5)})
    return f"""<div class="clear-footer"></div>
<footer id="footer-section" class="penci-footer-social-media penci-lazy" itemscope \
itemtype="https://schema.org/WPFooter">
\t<div class="container">
\t\t<div class="footer-socials-section"><ul class="footer-socials">{social}</ul></div>
\t\t<div class="footer-logo-copyright footer-not-logo">
\t\t\t<div id="footer-copyright"><p>© 2003 - 2025 NEJAT Society . All Rights Reserved. \
<a href="{blog.home}">NejatNGO.org</a></p></div>
\t\t\t<div class="go-to-top-parent"><a href="#" class="go-to-top"><span>\
<i class="penci-faicon fa fa-angle-up" ></i> <br>{blog.labels.top}</span></a></div>
\t\t</div>
\t</div>
</footer>
</div><!-- End .wrapper-boxed -->
<div class="penci-menu-hbg-overlay"></div>
<div class="penci-menu-hbg penci-vernav-hide penci-menu-hbg-left">
\t<div class="penci-menu-hbg-inner">
\t\t<a id="penci-close-hbg"><i class="penci-faicon fa fa-close" ></i></a>
\t\t<div class="penci-hbg-header"><div class="penci-hbg_sitetitle">{escape(blog.name)}</div></div>
\t\t<div class="penci-hbg-content penci-sidebar-content style-1 pcalign-center">
\t\t\t<ul id="menu-main-2" class="menu menu-hgb-main">{_menu(blog)}</ul></div>
\t\t<div class="penci-hbg-footer"><div class="penci_menu_hbg_ftext">© 2003 - 2024 NEJAT Society. nejatngo.org</div>\
<div class="header-social sidebar-nav-social penci-hbg-social-style-1">{_social()}</div></div>
\t</div>
</div>
<script id='penci-ajax-js-extra'>
var ajax_var = {nonce};
</script>
<div id="fb-root"></div>
</body>
</html>
"""
