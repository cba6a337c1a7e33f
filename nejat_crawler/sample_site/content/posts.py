"""A post of the sample site, and the truth about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from nejat_crawler.sample_site.content.blocks import Block, More, PageBreak
from nejat_crawler.sample_site.content.inline import HOME, Anchor, Picture, escape
from nejat_crawler.sample_site.content.theme_words import LABELS, print_date

#: Where the real site lives: canonical addresses stay there when a mirror is crawled.
REAL = "https://www.nejatngo.org"


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment on an article's page."""

    author: str
    date: datetime
    text: str


@dataclass(slots=True)
class Post:
    """A post as its WordPress keeps it. `status` is `publish`, `draft`, `future` or `trash`."""

    edition: str
    post_id: int
    title: str
    date: datetime
    """On the site's clock, with offset."""
    blocks: list[Block]
    categories: list[str]
    author: str
    tags: list[str] = field(default_factory=list)
    leads: tuple[Picture, ...] = ()
    """The picture above the text; several in a gallery post."""
    comments: tuple[Comment, ...] = ()
    format: str = "standard"
    special: str = ""
    """What the theme shows above the text: the words of a quote post, the player's address of a video post."""
    status: str = "publish"
    sticky: bool = False
    protected: bool = False
    modified: datetime | None = None

    @property
    def id(self) -> str:
        """The archive's id, as `en-1234`."""
        return f"{self.edition}-{self.post_id}"

    @property
    def link(self) -> str:
        """The post's address, its host yet to be filled in."""
        return f"{HOME}/{self.edition}/posts/{self.post_id}"

    @property
    def url(self) -> str:
        """The canonical address on the real site."""
        return at_home(self.link, REAL)

    @property
    def changed(self) -> datetime:
        """When the post was last modified."""
        return self.modified or self.date

    @property
    def shown_title(self) -> str:
        """The title as it is shown, with the word for a protected post before it."""
        return str(LABELS[self.edition].protected.format(self.title)) if self.protected else self.title

    @property
    def pages(self) -> list[list[Block]]:
        """The blocks of each page of the article."""
        pages: list[list[Block]] = [[]]
        for block in self.blocks:
            if isinstance(block, PageBreak):
                pages.append([])
            else:
                pages[-1].append(block)
        return pages

    @property
    def teaser(self) -> list[Block]:
        """The blocks of the first page, up to where the author ends the teaser."""
        blocks = self.pages[0]
        return blocks[: next((place for place, block in enumerate(blocks) if isinstance(block, More)), None)]

    @property
    def truncated(self) -> bool:
        """Whether a listing shows only a part."""
        return not self.protected and any(isinstance(block, More | PageBreak) for block in self.blocks)

    @property
    def body(self) -> str:
        """What a reader sees of the text, paragraphs parted by a blank line."""
        return "" if self.protected else say(self.blocks)

    def truth(self) -> dict[str, Any]:
        """Describe the post by the contract of an article, with `truncated` and `pages`."""
        shown = [] if self.protected else self.blocks
        pictures = [(picture, True) for picture in self.leads]
        pictures += [(picture, False) for block in shown for picture in block.pictures()]
        anchors: list[Anchor] = [anchor for block in shown for anchor in block.anchors()]
        return {
            "id": self.id,
            "edition": self.edition,
            "post_id": self.post_id,
            "url": self.url,
            "title": self.shown_title,
            "category": self.categories[0] if self.categories else None,
            "categories": list(self.categories),
            "tags": list(self.tags),
            "published": self.date.date().isoformat(),
            "published_at": self.date.isoformat(timespec="seconds"),
            "published_text": print_date(self.edition, self.date),
            "author": self.author,
            "language": self.edition,
            "body": self.body,
            "images": [
                {"src": at_home(picture.src, REAL), "alt": picture.alt, "caption": picture.caption, "lead": lead}
                for picture, lead in pictures
            ],
            "links": [{"url": at_home(anchor.url, REAL), "text": anchor.words} for anchor in anchors],
            "comment_count": len(self.comments),
            "protected": self.protected,
            "truncated": self.truncated,
            "pages": 1 if self.protected else len(self.pages),
        }


def at_home(text: str, home: str) -> str:
    """`text` with `home` (scheme and host) in place of the stand-in, also where a script or a query escapes it."""
    text = text.replace(HOME, home).replace(HOME.replace("/", "\\/"), home.replace("/", "\\/"))
    return text.replace(quote(HOME, safe=""), quote(home, safe=""))


def say(blocks: Sequence[Block]) -> str:
    """Join the texts of `blocks`."""
    return "\n\n".join(words for words in (block.text() for block in blocks) if words)


def content_html(post: Post, blocks: Sequence[Block]) -> str:
    """Print `blocks` as the filters do: the form instead, where a password is asked for."""
    if post.protected:
        return password_form(post)
    return "\n".join(
        f'<p><span id="more-{post.post_id}"></span></p>' if isinstance(block, More) else block.html()
        for block in blocks
    )


def password_form(post: Post) -> str:
    """Print what stands in place of a protected post's content."""
    labels = LABELS[post.edition]
    box = f"pwbox-{post.post_id}"
    return (
        f'<form action="{HOME}/{post.edition}/wp-login.php?action=postpass" class="post-password-form"'
        ' method="post">\n'
        f"<p>{labels.password}</p>\n"
        f'<p><label for="{box}">{labels.password_field} <input name="post_password" id="{box}" type="password"'
        f' size="20" /></label> <input type="submit" name="Submit" value="{labels.enter}" /></p>\n</form>'
    )


def excerpt_html(post: Post) -> str:
    """Print the opening words, as feeds and the REST interface do."""
    if post.protected:
        return str(LABELS[post.edition].no_excerpt)
    found = say(post.pages[0]).split()
    return escape(" ".join(found[:30])) + ("&#8230;" if len(found) > 30 else "")
