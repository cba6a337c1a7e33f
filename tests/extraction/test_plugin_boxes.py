"""What plugins put into a text, in the themes that have a row and in one that has none; an author's words stay."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.page import read_page
from nejat_crawler.items import Article
from tests.support.commands import fold
from tests.support.soledad_pages import HOME, body, extract, listing, post, single

NUMBER = 15004
JANNAH = f"""<html><head><link rel="canonical" href="{HOME}/posts/{NUMBER}"></head><body id="tie-body"
class="single postid-{NUMBER}"><article id="the-post"><h1 class="post-title entry-title">Title 4</h1>
<span class="date meta-item">May 1, 2021</span><div class="entry-content entry">{{}}<div class="post-bottom-meta">
</div></div></article></body></html>"""
UNKNOWN = f"""<html><head><link rel="canonical" href="{HOME}/posts/{NUMBER}"></head><body class="single-post"><main>
<article class="post-{NUMBER} post hentry"><h1 class="entry-title">Title 4</h1><time class="entry-date published"
datetime="2021-05-01T10:00:00+03:30">May 1</time><div class="entry-content">{{}}</div></article></main></body>
</html>"""
ROADS = ("own page", "listing", "jannah", "unknown theme")


def article_of(content: str, road: str, head: str = "") -> Article:
    """What is read of a text on one of ROADS."""
    pages = {
        "own page": single(4, content),
        "listing": listing(post(4, content), post(5)),
        "jannah": JANNAH.replace("{}", content),
        "unknown theme": UNKNOWN.replace("{}", content),
    }
    html = pages[road].replace("</head>", f"{head}</head>")
    page = read_page(html, f"{HOME}/page/2" if road == "listing" else f"{HOME}/posts/{NUMBER}")
    return extract(page, page.entries[0])


#: What each plugin prints; `SAID` stands for its words.
BOXES = {
    "posts of a page builder": '<div class="elementor-widget elementor-widget-posts"><h3>SAID</h3><p>SAID</p></div>',
    "posts of another": '<div class="vc_grid-container vc_basic_grid"><h4>SAID</h4></div>',
    "core's reading time": '<div class="wp-block-post-time-to-read">SAID</div>',
    "an advertisement of AMP": '<amp-ad width="300"><div fallback>SAID</div></amp-ad>',
    "a label": '<p class="ad-label">SAID</p>',
    "the anchor of a heading": '<a class="anchor-link" href="#a">SAID</a>',
    "Shariff": '<div class="shariff shariff-align-flex-start"><ul class="shariff-buttons"><li>SAID</li></ul></div>',
    "Koko Analytics": '<p><span class="koko-analytics-post-counter">SAID</span></p>',
    "WP Statistics": '<div class="wp-statistics-hits">SAID: 94</div>',
    "a chat": '<div class="joinchat joinchat--right"><div class="joinchat__box">SAID</div></div>',
    "Post Views Counter": '<div class="post-views content-post post-4"><span>SAID</span> <b>94</b></div>',
    "WP-PostRatings": '<div id="post-ratings-5" class="post-ratings"><strong>3</strong> SAID</div>',
    "WP-PostRatings, waiting": '<div id="post-ratings-5-loading" class="post-ratings-loading">SAID</div>',
    "Yasr": '<div class="yasr-vv-stars-title-container">SAID</div>',
    "Rate my Post": '<div class="rmp-widgets-container rmp-wp-plugin"><p>SAID</p></div>',
    "Super Socializer": '<div class="the_champ_sharing_container">SAID</div>',
    "ShareThis": '<div class="sharethis-inline-share-buttons">SAID</div>',
    "Shared Counts": '<div class="shared-counts-wrap style-bar"><a href="https://f.example">SAID</a></div>',
    "Social Warfare": '<div class="swp_social_panel swp_horizontal_panel"><div>SAID</div></div>',
    "Monarch": '<div class="et_social_inline et_social_inline_bottom"><div>SAID</div></div>',
    "Easy Social Share": '<div class="essb_links essb_displayed_bottom">SAID</div>',
    "Novashare": '<div class="ns-buttons ns-inline">SAID</div>',
    "Contextual Related Posts": '<div class="crp_related"><h3>SAID</h3></div>',
    "Related Posts Thumbnails": '<div class="relpost-thumb-wrapper"><h3>SAID</h3></div>',
    "Inline Related Posts": '<div><a href="/en/posts/8" class="u3fa2b"><span class="ctaText">SAID</span>'
    '<span class="postTitle">SAID</span></a></div>',
    "LuckyWP": '<div class="lwptoc lwptoc-autoWidth"><div class="lwptoc_i">SAID</div></div>',
    "Rank Math": '<div class="wp-block-rank-math-toc-block" id="rank-math-toc"><h2>SAID</h2></div>',
    "Yoast": '<div class="wp-block-yoast-seo-table-of-contents"><h2>SAID</h2></div>',
    "Ultimate Blocks": '<div class="wp-block-ub-table-of-contents-block"><div>SAID</div></div>',
    "TOC+": '<div id="toc_container" class="no_bullets"><p class="toc_title">SAID</p></div>',
    "Simple Author Box": '<div class="saboxplugin-wrap"><div class="saboxplugin-desc"><p>SAID by a desk that'
    " has a lot to tell of itself.</p></div></div>",
    "PublishPress Authors": '<div class="pp-multiple-authors-boxes-wrapper"><h2>SAID</h2></div>',
    "Starbox": '<div class="abh_box abh_box_down"><p>SAID</p></div>',
    "Molongui": '<div class="m-a-box" data-id="3"><h3>SAID</h3></div>',
    "PrintFriendly": '<div class="printfriendly pf-button"><a href="#">SAID</a></div>',
    "Reading Time WP": '<span class="span-reading-time rt-reading-time">SAID</span>',
    "a newsletter": '<div id="mc_embed_signup"><p>SAID</p></div>',
    "Advanced Ads": '<div class="advads-content" id="advads-12">SAID</div>',
    "Quick AdSense": '<div class="quads-location quads-ad1">SAID</div>',
    "WP-PageNavi": '<div class="wp-pagenavi"><span class="pages">SAID</span></div>',
    "breadcrumbs": '<p id="breadcrumbs"><a href="/">SAID</a> » Huts</p>',
    "cookies": '<div id="cookie-notice">SAID</div>',
    "Disqus": '<div id="disqus_thread"><p>SAID</p></div>',
    "WP Last Modified Info": '<p class="post-last-modified">SAID <time datetime="2022-01-01">2022</time></p>',
    "GiveWP": '<div class="give-form-wrap"><p>SAID</p></div>',
    "WP-Polls": '<div id="polls-2" class="wp-polls"><p>SAID</p></div>',
}


@pytest.mark.parametrize("road", ROADS)
def test_what_plugins_put_into_a_text_is_none_of_it_in_any_theme(road: str) -> None:
    boxes = [box.replace("SAID", f"Said-{number}.") for number, box in enumerate(BOXES.values())]
    article = article_of(body(4, "".join(boxes)), road)
    leaks = [name for number, name in enumerate(BOXES) if f"Said-{number}." in f"{article.body}{article.body_html}"]
    assert (leaks, article.unknown_parts, article.doubtful_parts) == ([], (), ())
    assert fold(article.body) == "Opening 4. Middle 4. Closing 4."
    assert article.links == []


#: What bears a name like a plugin's and is an author's, or goes round an author's words.
WORDS = {
    "a heading of a contents plugin": '<h2><span class="ez-toc-section" id="k">KEPT</span></h2>',
    "a text that Fixed TOC goes round": '<div id="ftwp-postcontent"><h2 class="ftwp-heading">KEPT</h2></div>',
    "a text that PrintFriendly goes round": '<div class="pf-content"><p>KEPT</p></div>',
    "a heading with the id of a box": '<h2 id="related">KEPT</h2><h2 id="share">Too</h2>',
    "words with a comment of wpDiscuz": '<p>Yes, <span class="wpd-inline-shortcode">KEPT</span></p>',
    "code": '<pre class="code-block">KEPT</pre>',
    "a class of a grid": '<div class="mr-3 ml-2 col-md-6">KEPT</div>',
    "a word with another in it": '<div class="interviews">KEPT</div>',
    "questions of Yoast": '<div class="wp-block-yoast-faq-block"><p class="schema-faq-answer">KEPT</p></div>',
    "questions of Rank Math": '<div class="rank-math-faq-item"><div class="rank-math-answer">KEPT</div></div>',
    "the heading of an accordion": '<h3 class="accordion-header"><button class="accordion-button">KEPT</button></h3>',
}


@pytest.mark.parametrize("road", ROADS)
def test_the_words_of_an_author_are_never_taken_for_a_plugins(road: str) -> None:
    words = [part.replace("KEPT", f"Kept-{number}.") for number, part in enumerate(WORDS.values())]
    article = article_of(body(4, "".join(words)), road)
    lost = [name for number, name in enumerate(WORDS) if f"Kept-{number}." not in (article.body or "")]
    assert (lost, article.unknown_parts, article.doubtful_parts) == ([], (), ())


@pytest.mark.parametrize("road", ROADS)
def test_a_plugins_box_that_holds_most_of_a_text_is_kept_and_named(road: str) -> None:
    inner = '<div class="post-views">94 views</div>'
    lines = "".join(f"<p>On day {number} the wardens counted {number} goats.</p>" for number in range(2, 5))
    article = article_of(f'<p>A short line.</p><div class="social-share">{lines}{inner}</div>', road)
    assert "On day 2 the wardens counted 2 goats." in (article.body or "")
    assert "94 views" not in (article.body or "")
    assert article.unknown_parts == ("social-share",)


@pytest.mark.parametrize("road", ROADS)
def test_a_box_that_sounds_like_a_plugins_is_kept_and_named(road: str) -> None:
    article = article_of(body(4, '<div class="zmx-related-teaser"><p>Goats of the ridge</p></div>'), road)
    assert "Goats of the ridge" in (article.body or "")
    assert (article.unknown_parts, article.doubtful_parts) == ((), ("zmx-related-teaser",))


def test_a_picture_with_a_share_bar_below_it_is_a_post_without_a_text() -> None:
    article = article_of('<img src="/ford.jpg"><div class="sharedaddy"><h3>Tell your friends</h3></div>', "own page")
    assert (article.body, article.unknown_parts) == ("", ())


MESSAGES = (
    '<br />\n<b>Warning</b>:  Undefined array key "hut" in <b>/srv/plugins/huts/map.php</b> on line <b>7</b><br />\n',
    "\nPHP Deprecated: Function each() is deprecated in /srv/wp-content/plugins/huts/map.php on line 31\n",
)


@pytest.mark.parametrize("road", ROADS)
def test_what_php_says_of_a_plugin_is_no_text_and_a_warning_of_the_authors_is(road: str) -> None:
    author = "<p><b>Warning</b>: the bridge in <b>Sharan</b> on line <b>7</b> is shut.</p>"
    article = article_of(body(4, "".join(MESSAGES) + author), road)
    said = "Warning: the bridge in Sharan on line 7 is shut."
    assert fold(article.body) == f"Opening 4. {said} Middle 4. Closing 4."


@pytest.mark.parametrize("road", ROADS)
def test_a_share_bar_is_known_by_where_its_buttons_lead_whatever_its_plugin(road: str) -> None:
    buttons = "".join(
        f'<li><a href="https://{where}https%3A%2F%2Fhut.example">Tell {where[:3]}</a></li>'
        for where in ("www.facebook.com/sharer/sharer.php?u=", "x.com/intent/post?url=", "t.me/share/url?url=")
    )
    bar = f'<div class="q7x"><b>Pass it on:</b><ul>{buttons}</ul></div>'
    inline = (
        '<p>Our page <a href="https://www.facebook.com/huts">is here</a> and <a href="mailto:a@hut.example">mail</a>.'
    )
    article = article_of(body(4, f"{bar}{inline}</p>"), road)
    assert fold(article.body) == "Opening 4. Our page is here and mail. Middle 4. Closing 4."
    assert [link.url for link in article.links] == ["https://www.facebook.com/huts", "mailto:a@hut.example"]


SHARE = '<a href="https://twitter.com/intent/tweet?text=x">{}</a>'


@pytest.mark.parametrize("road", ROADS)
def test_a_button_in_a_text_of_few_words_takes_none_of_them_with_it(road: str) -> None:
    text = fold(article_of(f"<div>{body(4, SHARE.format('Tweet'))}</div>", road).body)
    assert text == "Opening 4. Tweet Middle 4. Closing 4."
    quoted = "Whoever comes up by the north ridge in snow shall bring an axe and a rope of thirty metres"
    assert quoted in fold(article_of(f"{body(4)}<div><span>{SHARE.format(quoted)}</span></div>", road).body)
