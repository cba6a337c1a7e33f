"""What a page costs: no construct of HTML makes reading it take more than a process with limits may."""

from __future__ import annotations

import math
import os
import resource
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from selectolax.lexbor import SelectolaxError

from nejat_crawler.extraction import bounds
from nejat_crawler.extraction.bounds import TooCostlyError, is_ordinary
from nejat_crawler.extraction.decoding import NotACaptureError
from nejat_crawler.extraction.newsletters.issue import is_newsletter
from nejat_crawler.extraction.page import read_page
from nejat_crawler.extraction.rest_api import NoPostsError, read_list
from nejat_crawler.extraction.text_captures import UnknownLayoutError, cut
from nejat_crawler.folding import compound_parts, fold_for_search
from pipelines.extract_article import ExtractArticle
from pipelines.strip_chrome import StripChrome
from spiders.session import make_capture
from spiders.visits import is_before
from tests.support.costly_markup import CONSTRUCTS
from tests.support.soledad_pages import HOME, assert_exact, body, extract, listing, post, single


def read(html: str) -> None:
    """All that a crawl does with a page, but for storing it."""
    page = read_page(html, f"{HOME}/posts/15002")
    for entry in page.entries:
        capture = make_capture(
            "article", "en", page.theme.name if page.theme else "", page.theme.name if page.theme else "",
            post_id=entry.address.post_id, html=(entry.html,), own_page=True,
        )  # fmt: skip
        article = ExtractArticle().process_item(StripChrome().process_item(capture))
        fold_for_search(getattr(article, "body", ""))


def test_what_nobody_closes_and_a_parser_opens_again_and_again_is_not_read() -> None:
    content = "<p>" + "".join(f"<b id={number}>" for number in range(1_000)) + "<p>x" * 9_000
    with pytest.raises(TooCostlyError, match="it takes too"):
        read_page(single(2, content), f"{HOME}/posts/15002")
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert children.ru_maxrss < 1_100_000


def test_an_entry_that_costs_too_much_to_be_dated_is_not_passed_over_as_an_earlier_one() -> None:
    page = read_page(listing(post(1)), f"{HOME}/")
    assert page.theme
    costly = replace(
        page.entries[0], html="<p>" + "".join(f"<b id={number}>" for number in range(400)) + "<p>x" * 9_000
    )
    assert is_before(page.entries[0], page.theme, date(2035, 1, 1))
    assert not is_before(costly, page.theme, date(2035, 1, 1))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_100_000


def test_a_long_page_is_read_by_another_process_as_by_this_one() -> None:
    said = "Snow fell on the ridge all night and nobody slept. " * 10
    pages = [single(2, body(2, f"<p>{said}</p>" * number)) for number in (2, 700)]
    short, long = (read_page(html, f"{HOME}/posts/15002") for html in pages)
    assert_exact(extract(short, short.entries[0]), 2, " ".join([said.strip()] * 2))
    assert_exact(extract(long, long.entries[0]), 2, " ".join([said.strip()] * 700))
    assert (short.theme is long.theme, long.is_article) == (True, True)


def test_pages_as_editors_write_them_are_read_at_once() -> None:
    unclosed = "<b><i>" + "".join(f"<font color=#{number}>x</font>" for number in range(40))
    assert is_ordinary(listing(*(post(number, f"<p>{unclosed}</p>") for number in range(10))))


@pytest.mark.parametrize(
    "answer",
    [
        "[]x" * 500_000,
        "[" * 1_000_000,
        '[{"id": ' + "1" * 10_000 + "}]",
        "[{}" + ",{}" * 2_000_000 + "]",
        "[" + "[]," * 2_000,
    ],
    ids=["lists", "nested", "a long number", "many values", "broken off"],
)
def test_no_answer_of_the_rest_interface_costs_much(answer: str) -> None:
    began = time.process_time()
    with pytest.raises(NoPostsError):
        read_list(answer.encode())
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0301\u0316" * 160_000,
        "\u0627" + "\u0670\u064b" * 160_000,
        "a" + "\uff9e\u0316\u0301" * 100_000,
        "\U0001d15f" + "\U0001d165\U0001d16d" * 100_000,
    ],
    ids=["latin", "arabic", "marks that are letters until they are decomposed", "musical"],
)
def test_marks_without_end_are_folded_in_a_moment(text: str) -> None:
    began = time.process_time()
    fold_for_search(text)
    compound_parts(text)
    assert time.process_time() - began < 3


def test_a_phrase_in_one_character_is_found_by_its_words_but_a_page_of_it_does_not_grow() -> None:
    assert "الله" in fold_for_search("محمد \ufdfa")
    assert len(fold_for_search("\ufdfa" * 100_000)) <= 400_000


def seconds_of(html: str) -> float | None:
    """The CPU time of reading a page within the limits of one process; None where one of them has ended it."""
    process = os.fork()
    if not process:
        faults = 1
        with suppress(MemoryError, SelectolaxError, TooCostlyError):
            for what, most in ((resource.RLIMIT_AS, bounds.MEMORY), (resource.RLIMIT_CPU, bounds.SECONDS)):
                resource.setrlimit(what, (most, most))
            bounds.run_bounded.__globals__["is_ordinary"] = lambda _: True  # no process of its own for each step
            read(html)
            faults = 0
        os._exit(faults)
    _, status, used = os.wait4(process, 0)
    return None if status else used.ru_utime + used.ru_stime


@pytest.mark.soak
@pytest.mark.parametrize("name", CONSTRUCTS)
def test_no_construct_takes_more_than_a_page_may(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Prints by which power of its length the time grows, and whether a process with limits reads it."""
    pages = [single(2, body(2) + CONSTRUCTS[name](size)) for size in (20_000, 80_000)]
    first, last = took = [seconds_of(html) for html in pages]
    power = math.log(last / first, 4) if first and last else math.nan
    apart = not is_ordinary(pages[1])
    with capsys.disabled():
        told = " ".join("left out" if each is None else f"{each:6.2f} s" for each in took)
        print(f"{name:40} {power:5.2f}  {told}  {'read apart' if apart else ''}")
    # in less than a tenth of a second little can be seen
    assert apart or (last is not None and (last < 0.1 or power < 1.6))


def test_a_number_of_comments_that_no_database_holds_is_none() -> None:
    odd = single(2, body(2)).replace("2 comments", f"{10**24:,} comments")
    article = extract(page := read_page(odd, f"{HOME}/posts/15002"), page.entries[0])
    assert (article.title, article.comment_count) == ("Title 2", None)


@pytest.mark.parametrize(
    "told",
    [
        '<meta property="og:url" content="https://evil.example/a">',
        "<!-- saved from url=(0022)https://evil.example/a -->",
    ],
)
def test_a_saved_page_of_another_host_is_none_of_ours(told: str) -> None:
    with pytest.raises(NotACaptureError, match="another host"):
        read_page(f"{told}{listing(post(1))}")


def test_a_text_without_end_is_read_by_another_process_or_not_at_all() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(UnknownLayoutError):
        cut("Snow fell on the ridge.\n" * 15_000)
    assert not is_newsletter("\n" * 400_000)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before
