"""The invented posts that the pages of stock themes show, and the truth about them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from nejat_crawler.sample_site.content.theme_words import print_date
from nejat_crawler.urls import SITE

#: By edition, what its themes say round a text, and what its posts are made of.
WORDS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Post:
    """A post: `content` as `the_content` prints it, `text` what a reader sees of it."""

    post_id: int
    edition: str
    title: str
    content: str
    text: str
    categories: tuple[tuple[str, str], ...]
    tags: tuple[tuple[str, str], ...]
    author: str
    day: date
    comments: int = 0
    lead: str = ""
    images: tuple[tuple[str, str, str | None], ...] = ()
    sticky: bool = False
    protected: bool = False

    @property
    def home(self) -> str:
        """The address of its edition."""
        return f"{SITE}/{self.edition}"

    @property
    def url(self) -> str:
        """Its address on the site."""
        return f"{self.home}/posts/{self.post_id}"

    @property
    def words(self) -> dict[str, Any]:
        """What its edition's themes say."""
        return WORDS[self.edition]

    @property
    def shown_title(self) -> str:
        """The title as WordPress prints it."""
        return (self.words["protected"] if self.protected else "") + self.title

    @property
    def timestamp(self) -> str:
        """When it was published, as a machine reads it."""
        return f"{self.day}T18:36:27+03:30"

    @property
    def edited_on(self) -> date:
        """The day of its last edit."""
        return self.day + timedelta(days=40)

    @property
    def edited(self) -> str:
        """When it was last edited."""
        return f"{self.edited_on}T09:00:00+03:30"

    def printed(self, day: date | None = None) -> str:
        """The date as the edition prints it."""
        return print_date(self.edition, datetime.combine(day or self.day, time()))

    @property
    def excerpt(self) -> str:
        """The opening that WordPress cuts off, without its ending."""
        return " ".join(self.text.split()[:12])

    def truth(self) -> dict[str, Any]:
        """What a page that prints everything shows of the post."""
        lead = [{"src": f"{SITE}{self.lead}", "alt": "Lead", "caption": None, "lead": True}] if self.lead else []
        inner = [{"src": f"{SITE}{src}", "alt": alt, "caption": cap, "lead": False} for src, alt, cap in self.images]
        return {
            "id": f"{self.edition}-{self.post_id}",
            "edition": self.edition,
            "title": self.shown_title,
            "categories": [name for _, name in self.categories],
            "category": self.categories[0][1],
            "tags": [name for _, name in self.tags],
            "author": self.author,
            "published": self.day.isoformat(),
            "body": "" if self.protected else self.text,
            "images": lead + ([] if self.protected else inner),
            "comment_count": self.comments,
            "protected": self.protected,
        }


_NAMES = ("Arvo", "Belk", "Corm", "Dusk", "Ember", "Fenn", "Garth", "Holm", "Isen", "Jarl")


@dataclass(slots=True)
class _Draft:
    html: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    images: list[tuple[str, str, str | None]] = field(default_factory=list)

    def say(self, html: str, text: str) -> None:
        self.html.append(html)
        self.text.append(text)


def _picture(number: int, caption: str) -> str:
    return (
        f'<figure id="attachment_{number}" aria-describedby="caption-attachment-{number}" style="width: 640px" '
        f'class="wp-caption aligncenter"><a href="/en/wp-content/uploads/{number}.jpg">'
        f'<img class="size-large wp-image-{number}" src="/en/wp-content/uploads/{number}.jpg" alt="A slope" /></a>'
        f'<figcaption id="caption-attachment-{number}" class="wp-caption-text">{caption}</figcaption></figure>'
    )


def _gallery(number: int) -> str:
    items = "".join(
        f"<figure class='gallery-item'><div class='gallery-icon landscape'><a href='/g/{number}-{n}/'>"
        f"<img src='/en/wp-content/uploads/g{number}-{n}.jpg' class='attachment-thumbnail size-thumbnail' alt='' />"
        f"</a></div><figcaption class='wp-caption-text gallery-caption'>View {n}</figcaption></figure>"
        for n in (1, 2)
    )
    css = f"gallery galleryid-{number} gallery-columns-3 gallery-size-thumbnail"
    return f"<div id='gallery-1' class='{css}'>{items}</div>"


def make_posts(edition: str, count: int = 10) -> list[Post]:
    """Posts with what goes wrong in one place or another, newest first."""
    words = WORDS[edition]
    first, second, snow, face = map(tuple, words["terms"])
    posts = []
    for number in range(count):
        name = _NAMES[number]
        post_id = 15190 - 3 * number
        draft = _Draft()
        for line in words["prose"]:
            line = line.format(name) + f" ({name} {number})."
            draft.say(f"<p>{line}</p>", line)
        if number in (1, 6):
            draft.html.insert(1, _picture(post_id, f"A caption of {name}"))
            draft.images.append((f"/en/wp-content/uploads/{post_id}.jpg", "A slope", f"A caption of {name}"))
        if number == 2:
            draft.html.append(_gallery(post_id))
            draft.images += [(f"/en/wp-content/uploads/g{post_id}-{n}.jpg", "", f"View {n}") for n in (1, 2)]
        if number == 3:
            draft.say("<h2>Afterwards</h2>", "Afterwards")
            draft.say("<ul><li>Ropes</li><li>Soup</li></ul>", "Ropes Soup")
            draft.say('<blockquote class="wp-block-quote"><p>Come back soon.</p></blockquote>', "Come back soon.")
            draft.say(
                f'<p>See <a href="{SITE}/{edition}/posts/14001">an older report</a> too.</p>',
                "See an older report too.",
            )
        posts.append(
            Post(
                post_id,
                edition,
                "" if number == 4 else words["title"].format(f"{name} – {210 + number}"),
                "\n".join(draft.html),
                "\n\n".join(draft.text),
                (first, second) if number in (1, 3) else (first,),
                (snow, face) if number != 5 else (),
                words["author"],
                date(2023, 10, 28) - timedelta(days=17 * number),
                (3, 0, 12, 1, 0, 2, 0, 5, 0, 1)[number % 10],
                f"/en/wp-content/uploads/lead{post_id}.jpg" if number % 2 == 0 else "",
                tuple(draft.images),
                sticky=number == 0,
                protected=number == 7,
            )
        )
    return posts
