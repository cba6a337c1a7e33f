"""The pieces of a line: words, links, marked words, pictures; and how WordPress escapes them."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import lru_cache

#: Stands for the site's address until a page is sent, so that a mirror can print its own.
HOME = "https://home.invalid"

# WordPress prints typographic marks and the ampersand as numbers.
_NUMBERED = {"&amp;": "&#038;", "“": "&#8220;", "”": "&#8221;", "’": "&#8217;", "–": "&#8211;", "…": "&#8230;"}


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """`text` for element content and for attributes, with WordPress's numbered characters."""
    marked = html.escape(text)
    for mark, number in _NUMBERED.items():
        marked = marked.replace(mark, number)
    return marked


def fold(text: str) -> str:
    """`text` with white space folded to one space, line by line."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the uploads: `src` is the real file."""

    src: str
    alt: str
    caption: str | None = None
    number: int = 0
    """The attachment's post id."""

    def html(self, extra: str = 'loading="lazy" ') -> str:
        """Print the `img` of a content image: the theme leaves its `src` alone."""
        stem, _, ending = self.src.rpartition(".")
        return (
            f'<img decoding="async" {extra}class="size-full wp-image-{self.number}" src="{self.src}"'
            f' alt="{escape(self.alt)}" width="480" height="320"'
            f' srcset="{self.src} 480w, {stem}-300x200.{ending} 300w" sizes="(max-width: 480px) 100vw, 480px" />'
        )


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link with its visible text."""

    url: str
    words: str
    attributes: str = ""

    def html(self) -> str:
        """Print the `a` element."""
        return f'<a href="{html.escape(self.url)}"{self.attributes}>{escape(self.words)}</a>'


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in an inline element, such as `Marked("strong", "Note")`."""

    tag: str
    words: str

    def html(self) -> str:
        """Print the element; `tag` may bring attributes."""
        return f"<{self.tag}>{escape(self.words)}</{self.tag.split()[0]}>"


Run = str | Anchor | Marked
#: A line break inside a paragraph.
BREAK = "\n"


def runs_html(runs: tuple[Run, ...]) -> str:
    """Print a line of text; a newline becomes `<br />`."""
    return "".join(escape(run).replace("\n", "<br />\n") if isinstance(run, str) else run.html() for run in runs)


def runs_text(runs: tuple[Run, ...]) -> str:
    """Join the words of a line of text."""
    return fold("".join(run if isinstance(run, str) else run.words for run in runs)).strip()
