from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nejat_crawler.editions import EDITIONS
from nejat_crawler.urls import SITE, THE_SITE, Mirror, PostAddress, absolute, edition_of, post_address

MIRROR = Mirror.parse("http://127.0.0.1:8000")
DEEP_MIRROR = Mirror.parse("https://mirror.example/nejat/")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.nejatngo.org/en/posts/15193",
        "https://www.nejatngo.org/en/posts/15193/",
        "https://www.nejatngo.org/en/posts/15193//",
        "https://www.nejatngo.org/en/posts/15193?amp=1",
        "https://www.nejatngo.org/en/posts/15193/?amp=1",
        "https://www.nejatngo.org/en/posts/15193/amp",
        "https://www.nejatngo.org/en/posts/15193/amp/",
        "https://www.nejatngo.org/en/posts/amp/15193",
        "https://www.nejatngo.org/en/posts/15193?noamp=mobile",
        "https://www.nejatngo.org/en/posts/15193?=1",
        "https://www.nejatngo.org/en/posts/15193?amp=1&=1&utm_source=x",
        "https://www.nejatngo.org/en/posts/15193#respond ",
        "https://www.nejatngo.org/en/posts/15193#comment-7",
        "https://www.nejatngo.org/en/posts/0015193",
        "https://www.nejatngo.org/en/?p=15193",
        "https://www.nejatngo.org/en?p=15193",
        "https://www.nejatngo.org/en/?p=15193&amp=1",
        "https://www.nejatngo.org/en/?=1&p=15193",
        "http://www.nejatngo.org/en/posts/15193",
        "https://nejatngo.org/en/posts/15193",
        "http://nejatngo.org/en/?p=15193",
        "HTTPS://WWW.NejatNGO.org/EN/Posts/15193",
        "https://www.nejatngo.org:443/en/posts/15193",
        "https://www.nejatngo.org./en/posts/15193",
        "https://www.nejatngo.org/%65n/posts/15193",
        "  https://www.nejatngo.org/en/posts/15193\n",
    ],
)
def test_every_form_of_an_address_leads_to_the_same_post(url: str) -> None:
    address = post_address(url)
    assert address == PostAddress("en", 15193)
    assert address.url == "https://www.nejatngo.org/en/posts/15193"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_has_its_posts(edition: str) -> None:
    assert post_address(f"{SITE}/{edition}/posts/661") == PostAddress(edition, 661)
    assert post_address(f"{SITE}/{edition}/?p=661") == PostAddress(edition, 661)
    assert edition_of(f"{SITE}/{edition}") == edition_of(f"{SITE}/{edition}/page/2?amp=1") == edition


@pytest.mark.parametrize(
    ("path", "page"), [("13286/2", 2), ("13286/3/", 3), ("13286/2?amp=1", 2), ("13286/2/amp/", 2), ("13286/0", 1)]
)
def test_a_part_of_a_post_is_known_by_its_number(path: str, page: int) -> None:
    address = post_address(f"{SITE}/en/posts/{path}")
    assert address == PostAddress("en", 13286, page)
    assert address.post == PostAddress("en", 13286)
    assert address.url == f"{SITE}/en/posts/13286"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/en/", "/en/page/2", "/en/page/2?amp=1", "/en/amp/page/2", "/en/amp/page/2?amp=1", "/en/feed"),
        *("/en/tag/camp-ashraf", "/en/topic/iran/page/2", "/en/blog/nejat", "/en/module/15193", "/en/ctype/x"),
        *("/en/media/x", "/en/telex/page/1116", "/en/posts/module/newspics", "/en/posts/author/nejat-society"),
        *("/fa/tag/%D8%AE%D8%A8%D8%B1", "/fa/tag/%d8%ae%d8%a8%d8%b1/page/2", "/en/posts", "/en/posts/"),
        *("/en/posts/15193/feed", "/en/posts/15193/photo", "/en/posts/15193x", "/en/posts/-15193", "/en/posts/15.1"),
        *("/en/posts/0", "/en/posts/000", "/en/?p=0", "/en/posts/1234567890123", "/en/?p=1234567890123"),
        *("/en/?p=", "/en/?p=x", "/en/?p=-1", "/en/?p=1.5", "/en/page/2?p=15193", "/en/tag/x?p=15193"),
        *("/en/posts/۱۵۱۹۳", "/en/?p=۱۵۱۹۳", "/en/posts/²", "/posts/15193", "/?p=15193", "/de/posts/15193"),
        *("/english/posts/15193", "/en/posts/15193/../x", "/en/wp-content/uploads/posts/15193", "//en/posts/15193"),
    ],
)
def test_what_else_the_site_has_is_no_post(path: str) -> None:
    assert post_address(SITE + path) is None


@pytest.mark.parametrize(
    "url",
    [
        *("", " ", None, "#", "?p=15193", "/en/posts/15193", "//www.nejatngo.org/en/posts/15193", "en/posts/15193"),
        *("https://nejatngo.org.evil.com/en/posts/1", "https://evilnejatngo.org/en/posts/1"),
        *("https://www.nejatngo.org@evil.com/en/posts/1", "https://www.nejatngo.org:x@evil.com/en/posts/1"),
        *("https://evil.com/?u=https://www.nejatngo.org/en/posts/1", "https://evil.com#@www.nejatngo.org/en/posts/1"),
        *("https://dld.nejatngo.org/en/posts/1", "https://evil.com/en/posts/1", "https://wwwnejatngo.org/en/?p=1"),
        *("http://[x", "http://[::1/en/posts/1", "http://[www.nejatngo.org]/en/posts/1", "http://x]/en/posts/1"),
        *("ftp://www.nejatngo.org/en/posts/1", "javascript:location='https://www.nejatngo.org/en/posts/1'"),
        *("data:text/html,https://www.nejatngo.org/en/posts/1", "mailto:a@www.nejatngo.org", "file:///en/posts/1"),
    ],
)
def test_other_addresses_are_no_posts(url: str | None) -> None:
    assert post_address(url) is None


@settings(max_examples=50)
@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    for url in (text, f"{SITE}/en/posts/{text}", f"{SITE}/en/?p={text}", f"https://{text}/en/posts/1"):
        address = post_address(url)
        assert address is None or (address.edition in EDITIONS and address.post_id > 0 and address.page > 0)
        assert edition_of(url) in {None, *EDITIONS}
        assert isinstance(absolute(url, SITE), str)
        assert isinstance(absolute("a.jpg", url), str)


@given(
    st.sampled_from(["http://", "https://"]),
    st.sampled_from(["", "www."]),
    st.sampled_from(list(EDITIONS)),
    st.integers(1, 9_999_999_999),
    st.sampled_from(["/{}/posts/{}", "/{}/posts/00{}", "/{}/posts/{}/amp/", "/{}/posts/{}/3", "/{}/?p={}"]),
    st.text(),
)
def test_the_canonical_address_is_its_own(
    scheme: str, www: str, edition: str, post_id: int, form: str, fragment: str
) -> None:
    address = post_address(f"{scheme}{www}nejatngo.org{form.format(edition, post_id)}#{fragment}")
    assert address is not None
    assert (address.edition, address.post_id) == (edition, post_id)
    assert post_address(address.url) == address.post
    assert address.post.url == address.url


@pytest.mark.parametrize(
    ("url", "page_url", "expected"),
    [
        ("/en/a.jpg", f"{SITE}/en/posts/1", f"{SITE}/en/a.jpg"),
        ("a.jpg", f"{SITE}/en/posts/1", f"{SITE}/en/posts/a.jpg"),
        ("//dld.nejatngo.org/a.jpg", f"{SITE}/en/", "https://dld.nejatngo.org/a.jpg"),
        ("https://dld.nejatngo.org/./en/././a.jpg", f"{SITE}/en/", "https://dld.nejatngo.org/en/a.jpg"),
        (" https://example.org/a?b=/./c ", f"{SITE}/en/", "https://example.org/a?b=/./c"),
        ("#top", f"{SITE}/en/posts/1", f"{SITE}/en/posts/1#top"),
        ("http://[x", f"{SITE}/en/", "http://[x"),
        ("javascript:alert(1)", f"{SITE}/en/", "javascript:alert(1)"),
        ("pages/old.html", "saved/page.html", "saved/pages/old.html"),
    ],
)
def test_addresses_are_made_absolute(url: str, page_url: str, expected: str) -> None:
    assert absolute(url, page_url) == expected


@pytest.mark.parametrize(
    ("typed", "base_url", "host"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "127.0.0.1"),
        (" http://127.0.0.1:8000/ ", "http://127.0.0.1:8000", "127.0.0.1"),
        ("https://mirror.example/nejat/?x=1#y", "https://mirror.example/nejat", "mirror.example"),
        ("http://[::1]:8000", "http://[::1]:8000", "::1"),
    ],
)
def test_a_mirror_is_named_by_its_address(typed: str, base_url: str, host: str) -> None:
    mirror = Mirror.parse(typed)
    assert (mirror.base_url, mirror.host) == (base_url, host)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "127.0.0.1:8000", "localhost", "ftp://x", "file:///etc", "http://", "http://:80", "http://[x"),
        *("http://x:y", "http://x:99999", "http://x:-1", "http://127.0.0.1:0", "javascript:alert(1)", "//x"),
    ],
)
def test_what_is_no_address_is_refused_by_name(typed: str) -> None:
    with pytest.raises(ValueError, match="base_url must be an address") as error:
        Mirror.parse(typed)
    assert repr(typed) in str(error.value)


@pytest.mark.parametrize("mirror", [MIRROR, DEEP_MIRROR, THE_SITE], ids=lambda mirror: mirror.base_url)
@pytest.mark.parametrize("path", ["/", "/en/", "/en/page/2?amp=1", "/en/posts/1/2", "/fa/tag/%D8%AE", "/en/?p=1&=1"])
def test_a_request_on_a_mirror_has_the_sites_address(mirror: Mirror, path: str) -> None:
    asked = mirror.request_url(SITE + path)
    assert asked == mirror.base_url + path
    assert mirror.site_url(asked) == SITE + path
    assert mirror.request_url(f"http://nejatngo.org{path}#part") == asked


@pytest.mark.parametrize(
    "url",
    [
        *("https://evil.com/en/", "https://nejatngo.org.evil.com/", "https://dld.nejatngo.org/a.jpg", "/en/page/2"),
        *("", "javascript:alert(1)", "mailto:a@www.nejatngo.org", "http://127.0.0.1:8000/en/", "http://[x"),
    ],
)
def test_what_is_not_on_the_site_is_never_asked_for(url: str) -> None:
    assert MIRROR.request_url(url) is None


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("http://127.0.0.1:8000", SITE),
        ("http://127.0.0.1:8000/en/", f"{SITE}/en/"),
        ("http://127.0.0.1:8000?p=1", f"{SITE}?p=1"),
        ("http://127.0.0.1:80001/en/", "http://127.0.0.1:80001/en/"),
        ("http://127.0.0.1:8000.evil.com/", "http://127.0.0.1:8000.evil.com/"),
        ("http://127.0.0.1:800/en/", "http://127.0.0.1:800/en/"),
        ("http://127x0.0.1:8000/en/", "http://127x0.0.1:8000/en/"),
        ("https://example.org/en/", "https://example.org/en/"),
    ],
)
def test_only_the_mirrors_own_addresses_become_the_sites(printed: str, read: str) -> None:
    assert MIRROR.site_url(printed) == read
    assert MIRROR.site_markup(f'<a href="{printed}">{printed} </a>') == f'<a href="{read}">{read} </a>'


def test_a_mirror_without_a_port_leaves_other_ports_alone() -> None:
    mirror = Mirror.parse("http://127.0.0.1")
    markup = '<a href="http://127.0.0.1:8000/en/"></a><a href="http://127.0.0.1/en/"></a>'
    assert mirror.site_markup(markup) == f'<a href="http://127.0.0.1:8000/en/"></a><a href="{SITE}/en/"></a>'
    assert THE_SITE.site_markup(markup) == markup
