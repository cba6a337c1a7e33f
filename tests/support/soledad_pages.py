"""Pages in the markup of the theme Soledad, as tests need them, and the articles that the steps make of them."""

from __future__ import annotations

from datetime import date, timedelta

from nejat_crawler.extraction.page import Entry, Page
from nejat_crawler.items import Article, Capture
from nejat_crawler.urls import SITE
from pipelines.extract_article import extract_article
from pipelines.resolve_date import resolve_date
from pipelines.strip_chrome import StripChrome
from tests.support.commands import fold

HOME = f"{SITE}/en"
#: Title, address and time of another article, as menus, sidebars and boxes print them.
OTHERS = f"""<h3><a href="{HOME}/posts/90001" rel="bookmark">Another story</a></h3>
<time class="entry-date published" datetime="2001-01-01T10:00:00+03:30">January 1, 2001</time>"""


def day(number: int) -> date:
    """When post `number` was published."""
    return date(2021, 3, 1) - timedelta(days=number)


def time_tag(number: int) -> str:
    """The date of post `number` as the theme prints it."""
    printed = f"{day(number):%B} {day(number).day}, {day(number).year}"
    return f'<time class="entry-date published" datetime="{day(number)}T18:36:27+03:30">{printed}</time>'


def picture(number: int) -> str:
    """The picture above the text of post `number`."""
    return f'<img class="penci-lazy wp-post-image" src="/images/penci2-holder.png" data-src="/{number}.jpg" alt="">'


def body(number: int, odd: str = "") -> str:
    """The text of post `number`, with `odd` in it."""
    return f"<p>Opening {number}.</p>{odd}<p>Middle {number}.</p><p>Closing {number}.</p>"


def post(number: int, content: str = "", kind: str = "post") -> str:
    """A listing's entry; its content is that of `body` unless given."""
    link = f"{HOME}/posts/{15000 + number}"
    heading = f'<h2 class="penci-entry-title entry-title"><a href="{link}">Title {number}</a></h2>'
    return f"""<article id="post-{15000 + number}" class="post type-{kind} status-publish hentry category-huts">
<div class="standard-post-image"><a href="{link}">{picture(number)}</a></div>{_head(number, heading)}
<div class="standard-content"><div class="standard-main-content entry-content"><div class="post-entry">
{content or body(number)}</div></div>
<div class="penci-post-box-meta"><div class="penci-box-meta"><span>{time_tag(number)}</span>
<span><a href="{link}#respond ">{number} comments</a></span></div>
<div class="penci-post-share-box"><a class="post-share-item"><span class="dt-share">Facebook</span></a></div></div>
</div></article>"""


def listing(*posts: str, sidebar: str = OTHERS) -> str:
    """A page of the listing."""
    older = f'<div class="penci-pagination"><div class="older"><a href="{HOME}/page/3">Older Posts</a></div></div>'
    return f"""<html><head><title>Ridge Rescue</title></head><body class="home blog paged"><div id="main">
<div class="penci-wrapper-data">{"".join(posts)}</div>{older}</div><div id="sidebar">{sidebar}</div></body></html>"""


def single(number: int, content: str, pages: str = "") -> str:
    """An article's own page, with what the theme puts round the text."""
    link = f"{HOME}/posts/{15000 + number}"
    return f"""<html><head><link rel="canonical" href="{link}"></head>
<body class="single single-post postid-{15000 + number}"><nav>{OTHERS}</nav><div id="main">
<article id="post-{15000 + number}" class="post type-post status-publish hentry">
{_head(number, f'<h1 class="post-title single-post-title entry-title">Title {number}</h1>')}
<div class="post-image"><a href="/{number}.jpg">{picture(number)}</a></div>
<div class="post-entry"><div class="inner-post-entry entry-content" id="penci-post-entry-inner">{content}
<div class="penci-single-link-pages">{pages}</div>
<div class="post-tags"><a href="/en/tag/snow" rel="tag">Snow</a></div></div></div>
<div class="tags-share-box"><span class="single-comment-o">{number} comments</span></div>
<div class="post-author"><h5><a href="{HOME}/posts/author/other" rel="author">Other</a></h5></div>
<div class="post-pagination"><a href="{HOME}/posts/90002"><h5>Previous story</h5></a></div>
<div class="post-related">{OTHERS * 10}{picture(9)}</div>
<div class="post-comments" id="comments"><div class="comment-content"><p>Well done!</p></div>{OTHERS}
<div id="respond"><form><textarea></textarea></form></div></div>
</article></div><div id="sidebar">{OTHERS}</div><article class="post hentry">{OTHERS}</article></body></html>"""


def _head(number: int, heading: str) -> str:
    categories = f'<a class="penci-cat-name" href="{HOME}/module/huts" rel="category tag">Huts</a>'
    return f"""<div class="header-standard">
<div class="penci-standard-cat"><span class="cat">{categories}</span></div>
{heading}<div class="penci-hide-tagupdated"><span class="author-italic author vcard">by <a class="url fn n"
 href="{HOME}/posts/author/warden">Warden</a></span>{time_tag(number)}</div></div>"""


def extract(page: Page, entry: Entry) -> Article:
    """The article of an entry, as the steps from capture to date make it."""
    assert page.theme is not None
    capture = Capture(
        edition=entry.address.edition,
        source="html",
        theme=page.theme.name,
        found_at="page.html",
        captured_at="2026-01-01T00:00:00Z",
        status="unseen",
        post_id=entry.address.post_id,
        html=(entry.html,),
        own_page=page.is_article,
        teaser=entry.teaser,
        first_part=entry.part,
        part_count=entry.part_count,
        published_at=page.published_at,
    )
    stripped = StripChrome().process_item(capture)
    assert isinstance(stripped, Capture)
    return resolve_date(extract_article(stripped))


def assert_exact(article: Article, number: int, said: str = "") -> None:
    """`article` is all of post `number`, its body with `said` in it, and nothing of another one."""
    assert (article.post_id, article.title, article.author) == (15000 + number, f"Title {number}", "Warden")
    assert (article.published, article.categories, article.comment_count) == (str(day(number)), ["Huts"], number)
    assert [(image.src, image.lead) for image in article.images or []] == [(f"{SITE}/{number}.jpg", True)]
    said = f"{said} " if said else ""
    assert fold(article.body) == f"Opening {number}. {said}Middle {number}. Closing {number}."
