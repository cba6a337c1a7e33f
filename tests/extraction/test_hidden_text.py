"""Text that no reader sees is in no field; text that a reader may open is text, and so is what only sounds hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extraction.test_plugin_boxes import ROADS, article_of
from tests.support.commands import articles, fold, run
from tests.support.soledad_pages import body, single

SPAM = 'dice <a href="https://dice.example/">and roulette</a><img src="/dice.jpg">'
STYLES = """
    display:none | DISPLAY : NONE | display:none!important | display:/*x*/none | d\\69splay:none | display:&#110;one |
    display:block;display:none | display:none !important;display:block | visibility:hidden | visibility: collapse |
    position:absolute;left:-9999px | position:fixed;right:-200em | position : absolute ; TOP : -5000PX |
    font-size:0 | font-size:1px | font:0/0 a | height:0;overflow:hidden | overflow:hidden;height:1px;width:1px |
    max-height:0px;overflow-y:hidden | width:0;overflow:hidden | opacity:0 | opacity:.01 | opacity:0% |
    filter:opacity(0) | text-indent:-9999px | text-indent:100%;white-space:nowrap;overflow:hidden |
    clip:rect(0,0,0,0);position:absolute | clip:rect(1px 1px 1px 1px);position:absolute | clip-path:inset(50%) |
    clip-path:circle(0) | clip-path:polygon(0 0, 0 0, 0 0) | transform:scale(0) | transform:translateX(-9999px) |
    margin-left:-9999px | color:#fff;background-color:#FFFFFF | color:transparent | color:rgba(0,0,0,0) |
    content-visibility:hidden | clip-path:inset(50% 0 50% 0) | clip-path: inset(0 60% 0 40%) | zoom:0 | scale:0 0 |
    transform:scale(.001) | transform:matrix(0,0,0,0,0,0) | position:fixed;inset:0 auto auto -9999px |
    color:#fdfdfd;background:#fff | -webkit-text-fill-color:transparent
    """
HIDDEN = {style.strip(): f'<div style="{style.strip()}">{SPAM}</div>' for style in STYLES.split("|")} | {
    "attribute": f"<p hidden>{SPAM}</p>",
    "attribute in capitals": f"<P HIDDEN=HIDDEN>{SPAM}</P>",
    "Bootstrap": f'<div class="d-none">{SPAM}</div>',
    "theme": f'<div class="x hidden">{SPAM}</div>',
    "Elementor": f'<div class="elementor-hidden-desktop elementor-hidden-mobile">{SPAM}</div>',
    "dialog": f"<dialog>{SPAM}</dialog>",
    "popover": f"<div popover>{SPAM}</div>",
    "what says that it is shown": f'<div style="display:none"><p style="display:block">{SPAM}</p></div>',
    "list": f'<ul style="display:none"><li>{SPAM}</li></ul>',
    "table": f'<table style="display:none"><tr><td>{SPAM}</td></tr></table>',
    "sheet in the text": f'<style>.q1{{display:none}}</style><div class="q1">{SPAM}</div>',
    "sheet, second selector": f"<style>#q0, .q2{{position:absolute;left:-99em}}</style><p class=q2>{SPAM}</p>",
    "sheet, within": f'<style>div.q3 > p{{font-size:0}}</style><div class="q3"><p>{SPAM}</p></div>',
    "sheet, for screens": f"<style>@media screen{{.q4{{visibility:hidden}}}}</style><p class=q4>{SPAM}</p>",
    "sheet, for projectors": f'<style media="screen, projection">.q7{{zoom:0}}</style><p class=q7>{SPAM}</p>',
    "sheet, on any screen": f"<style>@media (min-width:1px){{.q8{{display:none}}}}</style><p class=q8>{SPAM}</p>",
    "sheet, for browsers of today": f"<style>@supports (gap:0){{.q9{{scale:0}}}}</style><p class=q9>{SPAM}</p>",
    "sheet, by an attribute": f"<style>[data-q10]{{display:none}}</style><p data-q10>{SPAM}</p>",
    "sheet, by how a class begins": f"<style>p[class^='q11']{{display:none}}</style><p class=q11x7>{SPAM}</p>",
    "sheet, an element of its own": f"<style>x-q{{display:none}}</style><x-q>{SPAM}</x-q>",
    "script that asks for a class": f"<p class=q12>{SPAM}</p><script>jQuery('.q12').hide()</script>",
    "script": f"<p id=q5>{SPAM}</p><script>document.getElementById('q5').style.display='none'</script>",
    "written sheet": f"<script>document.write('<style>.q6{{display:none}}</style>')</script><p class=q6>{SPAM}</p>",
}
#: What stands there for machines alone, and is not counted.
UNCOUNTED = {
    "screen readers": f'<span class="screen-reader-text">{SPAM}</span>',
    "screen readers too": f'<p class="sr-only">{SPAM}</p>',
    "template": f"<template>{SPAM}</template>",
    "without scripts": f"<noscript>{SPAM}</noscript>",
    "without frames": f"<noembed>{SPAM}</noembed><noframes>{SPAM}</noframes>",
    "proposed": "<datalist><option>dice</option></datalist>",
}


@pytest.mark.parametrize("road", ROADS)
def test_what_no_reader_sees_is_in_no_field_however_it_is_hidden(road: str) -> None:
    parts = [part.replace("dice", f"dice{number}-") for number, part in enumerate((HIDDEN | UNCOUNTED).values())]
    article = article_of(body(4, "".join(parts)), road)
    found = f"{article.body} {article.body_html} {article.links} {article.images}"
    assert [name for number, name in enumerate(HIDDEN | UNCOUNTED) if f"dice{number}-" in found] == []
    assert fold(article.body) == "Opening 4. Middle 4. Closing 4."
    assert article.links == []
    assert article.hidden_words == 3 * len(HIDDEN)


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize(
    "sheet", [".z1{display:none}", "a{b:c}#z2 {text-indent:-9999px}", "/*<![CDATA[*/p.z1{opacity:0}"]
)
def test_a_style_sheet_in_the_head_of_a_page_hides_too(sheet: str, road: str) -> None:
    article = article_of(body(4, f'<p class="z1" id="z2">{SPAM}</p>'), road, head=f"<style>{sheet}</style>")
    assert fold(article.body) == "Opening 4. Middle 4. Closing 4."


#: What a reader may open, and what is not hidden at all.
SEEN = {
    "details": "<details><summary>More</summary><p>SEEN</p></details>",
    "a spoiler": '<div class="su-spoiler"><b>T</b><p class="su-spoiler-content" style="display:none">SEEN</p></div>',
    "what a button names": '<button aria-controls="c1">Question</button><div id="c1" hidden>SEEN</div>',
    "tabs": '<ul><li><a href="#t2">Two</a></li></ul><div id="t2" style="display:none">SEEN</div>',
    "a tab of Elementor": '<div id="e1" role="tabpanel" hidden>SEEN</div>',
    "what a link opens": "<a onclick='show(\"mm\")'>Read more</a><div id='mm' style='display:none'>SEEN</div>",
    "what the link beside it opens": '<div class="rest" style="display:none">SEEN</div><a href="#">Read more</a>',
    "what a script opens": '<style>#more{display:none}</style><p>a<span id="more"> SEEN</span></p><script>'
    'function f() {document.getElementById("more").style.display = "inline";}</script>',
    "a box to tick": "<style>.m1{display:none} #cb:checked ~ .m1{display:block}</style><p class=m1>SEEN</p>",
    "a pane that may be active": "<style>.m2{display:none}.m2.active{display:block}</style><p class=m2>SEEN</p>",
    "not in print": "<style>@media print{.m3{display:none}}</style><p class=m3>SEEN</p>",
    "not on phones": "<style>@media (max-width:600px){.m4{display:none}}</style><p class=m4>SEEN</p>",
    "not on phones, by its class": '<div class="d-none d-md-block">SEEN</div>',
    "not on phones, by Elementor": '<div class="elementor-hidden-mobile">SEEN</div>',
    "not on wide screens": "<style>@media (min-width:900px){.m5{display:none}}</style><p class=m5>SEEN</p>",
    "not in browsers of old": "<style>@supports not (gap:0){.m6{display:none}}</style><p class=m6>SEEN</p>",
    "until a script adds it": "<style>[data-off='1']{display:none}</style><p data-off='0'>SEEN</p>",
    "cut a little": '<p style="clip-path:inset(10% 20%)">SEEN</p>',
    "smaller": '<p style="zoom:.8;transform:scale(0.5)">SEEN</p>',
    "visible again": '<div style="visibility:hidden"><p style="visibility:visible">SEEN</p></div>',
    "large again": '<div style="font-size:0"><p style="font-size:16px">SEEN</p></div>',
    "a hanging indent": '<p style="text-indent:-36pt;margin-left:36pt">SEEN</p>',
    "faded in": '<div class="wow fadeInUp" style="visibility:hidden">SEEN</div>',
    "faded in, by its data": '<div data-aos="fade" style="opacity:0">SEEN</div>',
    "white on black": '<p style="color:#fff;background:#000">SEEN</p>',
    "shown after all": '<p style="display:none;display:block">SEEN</p>',
    "not where it is": '<p style="left:-9999px">SEEN</p>',
    "in the middle": '<div style="position:absolute;left:50%;transform:translate(-50%,-50%)">SEEN</div>',
    "not for screen readers": '<p aria-hidden="true">SEEN</p>',
    "found by searching": '<p hidden="until-found">SEEN</p>',
    "as high as it gets": '<div style="height:0">SEEN</div>',
}


@pytest.mark.parametrize("road", ROADS)
def test_what_a_reader_sees_or_may_open_is_text(road: str) -> None:
    for name, part in SEEN.items():
        article = article_of(body(4, part), road)
        assert "SEEN" in (article.body or ""), name
        assert "SEEN" in (article.body_html or ""), name
        assert (article.body or "").endswith("Closing 4."), name
        assert article.hidden_words == 0, name


def test_of_what_is_hidden_only_what_shows_itself_again_stays() -> None:
    part = '<div style="visibility:hidden">gone <p>too</p><p style="visibility:visible">seen</p> and this</div>'
    article = article_of(body(4, part), "own page")
    assert fold(article.body) == "Opening 4. seen Middle 4. Closing 4."


@pytest.mark.parametrize("road", ROADS)
def test_a_text_that_is_hidden_as_a_whole_is_kept_and_reported(road: str) -> None:
    text = "".join(f"<p>On day {number} the wardens counted {number} goats.</p>" for number in range(2, 8))
    article = article_of(f'<div style="opacity:0">{text}</div>', road)
    assert "On day 7 the wardens counted 7 goats." in (article.body or "")
    assert article.hidden_words == -1


def test_a_run_says_where_hidden_text_was_left_out(tmp_path: Path) -> None:
    page, db = tmp_path / "page.html", tmp_path / "a.db"
    page.write_text(single(4, body(4, f'<div style="font-size:0">{SPAM}</div><p class="zz-ads">Kettles</p>')))
    result = run("nejat", "import", page, "--db", db)
    assert "en-15004: 3 words that no reader sees were left out of the text" in result.out
    assert "passed over: text hidden from the readers of an article (1)" in result.out
    assert fold(articles(db)["en-15004"]["body"]) == "Opening 4. Kettles Middle 4. Closing 4."
    assert result.code == 0
