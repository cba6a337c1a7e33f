"""What goes wrong at the sample site's server: a table of kinds, each a function that makes the answer."""

from __future__ import annotations

import gzip
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import repeat

from nejat_crawler.sample_site import twenty_theme
from nejat_crawler.sample_site.content.inline import HOME
from nejat_crawler.sample_site.faults import Answer, Strike, refuse
from nejat_crawler.sample_site.response import HTML, Response

_BOMB = 128 * 1024 * 1024  # bytes of a compressed answer once it is unpacked
_BLOCK = bytes(1024 * 1024)


def _truncated(strike: Strike) -> Response:
    page = strike.page()
    return Response(iter([page[: len(page) // 2]]), headers={"Content-Length": str(len(page))})


def _unended(strike: Strike) -> Response:
    page = strike.page()
    half = page[: len(page) // 2]
    return Response(iter([f"{len(half):x}\r\n".encode(), half, b"\r\n"]), headers={"Transfer-Encoding": "chunked"})


def _drip(strike: Strike) -> Response:
    def drops() -> Iterator[bytes]:
        for byte in strike.page():
            yield bytes([byte])
            if strike.stopped.wait(strike.fault.seconds or 0.2):
                return

    return Response(drops(), headers={"Connection": "close"})


def _flood(_: Strike) -> Response:
    return Response(repeat(b"<p>And then it went on. " * 4096), headers={"Connection": "close"})


def _long(strike: Strike) -> Response:
    """A page that goes on for 16 MB, and does end."""
    page = strike.page().replace(b"</body>", b"<p>And then it went on. " * 700_000 + b"</body>")
    return Response(page)


def _bomb(strike: Strike) -> Response:
    return Response(_packed(strike.fault.encoding), headers={"Content-Encoding": strike.fault.encoding})


@cache
def _packed(encoding: str) -> bytes:
    return _PACKERS[encoding]()


def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join(packer.compress(_BLOCK) for _ in range(_BOMB // len(_BLOCK))) + packer.flush()


def _deflate_bomb() -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(_BLOCK) for _ in range(_BOMB // len(_BLOCK))) + packer.flush()


def _brotli_bomb() -> bytes:
    import brotli  # comes with Scrapy, and nothing but this bomb needs it

    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(_BLOCK) for _ in range(_BOMB // len(_BLOCK))) + bytes(packer.finish())


def _zstd_bomb() -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd  # comes with Scrapy

    packer = zstd.ZstdCompressor()
    return b"".join(packer.compress(_BLOCK) for _ in range(_BOMB // len(_BLOCK))) + packer.flush()


_PACKERS: dict[str, Callable[[], bytes]] = {
    "gzip": _gzip_bomb,
    "deflate": _deflate_bomb,
    "br": _brotli_bomb,
    "zstd": _zstd_bomb,
}


def _broken_gzip(strike: Strike) -> Response:
    """Cut off inside the packed bytes, though all that were announced come."""
    packed = gzip.compress(strike.page())
    return Response(packed[: len(packed) // 2], headers={"Content-Encoding": "gzip"})


def _not_gzip(strike: Strike) -> Response:
    return Response(strike.page(), headers={"Content-Encoding": "gzip"})


def _redirect_loop(strike: Strike) -> Response:
    return Response("", 302, headers={"Location": strike.target})


def _redirect(strike: Strike) -> Response:
    return Response("", 302, headers=strike.fault.headers)


def _repeats(strike: Strike) -> Response:
    """A listing shows its first page under every number, with a link to the next; an article shows another one."""
    path = strike.target.partition("?")[0]
    edition = path.split("/")[1]
    if listing := re.fullmatch(r"/\w+/(?:page/(\d+))?", path):
        first = strike.healthy(f"/{edition}/").body
        older = f"{HOME}/{edition}/page/{int(listing[1] or 1) + 1}"
        return Response(re.sub(rf"{HOME}/{edition}/page/2\b", older, first) if isinstance(first, str) else first)
    others = (post for post in strike.blogs[edition].public() if str(post.post_id) not in path)
    return strike.healthy(next(others).link.removeprefix(HOME))


def _login(strike: Strike) -> Response:
    edition = strike.target.split("/")[1]
    return Response(f"""<!DOCTYPE html>
<html lang="en-US">
<head><meta charset="UTF-8" /><title>Log In &lsaquo; Ridge Rescue &#8212; WordPress</title></head>
<body class="login no-js login-action-login wp-core-ui locale-en-us">
<div id="login"><h1><a href="https://wordpress.org/">Powered by WordPress</a></h1>
<form name="loginform" id="loginform" action="{HOME}/{edition}/wp-login.php" method="post">
<p><label for="user_login">Username or Email Address</label><input type="text" name="log" id="user_login" /></p>
<p><label for="user_pass">Password</label><input type="password" name="pwd" id="user_pass" /></p>
<p class="submit"><input type="submit" name="wp-submit" value="Log In" /></p></form>
<p id="backtoblog"><a href="{HOME}/{edition}/">&larr; Go to Ridge Rescue</a></p></div>
</body></html>
""")


def _captcha(_: Strike) -> Response:
    return Response("""<!DOCTYPE html>
<html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow">
<meta http-equiv="refresh" content="360"></head>
<body><div class="main-wrapper" role="main"><h1 class="zone-name-title">Checking that you are human</h1>
<p>This may take a few seconds.</p><form id="challenge-form" method="POST"><input type="hidden" name="md" value="x">
</form><noscript>Enable JavaScript and cookies to continue</noscript></div></body></html>
""")


def _empty(_: Strike) -> Response:
    return Response("")


def _missing(strike: Strike) -> Response:
    edition = strike.target.split("/")[1]
    return replace(strike.healthy(f"/{edition}/page/0"), status=200)


def _other_theme(strike: Strike) -> Response:
    return twenty_theme.respond_by_twenty(strike.blogs, strike.target) or strike.healthy(strike.target)


def _claims(strike: Strike) -> Response:
    """UTF-8 that is said to be something else."""
    return replace(strike.healthy(strike.target), content_type=f"text/html; charset={strike.fault.encoding}")


def _recoded(strike: Strike) -> Response:
    """Something else that is said to be UTF-8."""
    return Response(strike.page().decode().encode(strike.fault.encoding, "xmlcharrefreplace"), content_type=HTML)


def _reset(_: Strike) -> Response:
    return Response(_broken_off(b""))


def _reset_midway(strike: Strike) -> Response:
    page = strike.page()
    return Response(_broken_off(page[: len(page) // 2]), headers={"Content-Length": str(len(page))})


def _broken_off(opening: bytes) -> Iterator[bytes]:
    if opening:
        yield opening
    raise ConnectionResetError


#: `status` and `slow` are the sample site's own.
KINDS: dict[str, Answer | None] = {
    "status": refuse,
    "slow": None,
    "truncated": _truncated,
    "unended chunks": _unended,
    "drip": _drip,
    "flood": _flood,
    "long": _long,
    "bomb": _bomb,
    "broken gzip": _broken_gzip,
    "not gzip": _not_gzip,
    "redirect loop": _redirect_loop,
    "redirect": _redirect,
    "repeats": _repeats,
    "login": _login,
    "captcha": _captcha,
    "empty": _empty,
    "missing": _missing,
    "other theme": _other_theme,
    "claims": _claims,
    "recoded": _recoded,
    "reset": _reset,
    "reset midway": _reset_midway,
}
