"""Assembles an edition's posts from its data: ordinary ones, and those that bring a trap, among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from nejat_crawler.sample_site.content import oddities, specials
from nejat_crawler.sample_site.content.blocks import Block, Item, Items, Paragraph, Pictured
from nejat_crawler.sample_site.content.inline import Anchor
from nejat_crawler.sample_site.content.posts import Comment, Post
from nejat_crawler.sample_site.content.writer import Draft, Writer

CLOCK = ZoneInfo("Asia/Tehran")
NEWEST = datetime(2024, 5, 18, 18, 9, 16, tzinfo=CLOCK)

#: First post id, ids from post to post, days from post to post, public posts. Ids of editions overlap.
EXTENTS: dict[str, tuple[int, int, int, int]] = {
    "en": (661, 131, 48, 120),
    "fa": (6971, 1550, 105, 40),
    "ar": (2916, 163, 120, 20),
    "sq": (661, 74, 130, 20),
}

Maker = Callable[[Writer], list[Draft]]

#: The newest come first, so that a site cut to its newest posts still holds many traps.
SPECIALS: dict[str, tuple[Maker, ...]] = {
    "en": (
        specials.read_more, specials.two_pages, specials.protected, specials.stray_div, specials.captions,
        specials.twins, specials.untitled, specials.discussed, oddities.weekly_digests, specials.triplets,
        specials.linked, oddities.quoted_markup, oddities.nested_article, specials.tabled, specials.structured,
        oddities.boilerplate, specials.galleries, specials.three_pages, specials.video, specials.gallery_format,
        specials.quote_format, specials.three_stray_divs, oddities.entities, oddities.odd_categories,
        oddities.newsletters, specials.unclosed, specials.repost, oddities.embedded, oddities.debris,
        specials.blank_paragraphs, oddities.spaced_lists, specials.persian_file, oddities.huge,
        specials.backdated, specials.sticky,
    ),
    "fa": (
        oddities.joined_words, oddities.arabic_keyboard, specials.protected, specials.read_more, specials.twins,
        specials.persian_file, specials.stray_div, specials.two_pages, specials.captions, specials.linked,
        specials.structured, specials.tabled, specials.galleries, specials.untitled, specials.discussed,
        specials.blank_paragraphs, specials.sticky,
    ),
    "ar": (
        specials.read_more, specials.protected, specials.captions, specials.twins, specials.structured,
        specials.two_pages, specials.linked, specials.stray_div,
    ),
    "sq": (
        specials.captions, specials.read_more, specials.protected, specials.twins, specials.linked,
        specials.three_pages, specials.tabled, specials.unclosed,
    ),
}  # fmt: skip


def assemble(edition: str) -> list[Post]:
    """Make all posts of an edition, newest first: the public ones, then two drafts and a scheduled post."""
    first, step, days, total = EXTENTS[edition]
    ids = [first + place * step + place * 53 % (step * 3 // 4) for place in range(total)]
    writer = Writer(edition, ids)
    drafts = list(_mix(writer, SPECIALS[edition], total))
    dates = _dates(drafts, days)
    posts = []
    for place, (draft, date) in enumerate(zip(drafts, dates, strict=True)):
        post_id = ids[-1] + 7 if draft.backdated else ids[total - 1 - place]
        posts.append(_post(writer, draft, post_id, date))
    return posts + _unpublished(writer, ids[-1] + 20)


def _mix(writer: Writer, makers: tuple[Maker, ...], total: int) -> Iterator[Draft]:
    """Put ordinary posts between the special ones: few among the newest, the rest evenly."""
    groups = [maker(writer) for maker in makers]
    ordinary = total - sum(len(group) for group in groups)
    numbers = count()
    yield _ordinary(writer, next(numbers))
    ordinary -= 1
    for place, group in enumerate(groups):
        yield from group
        share = 1 if place in {1, 4} else 0 if place < 7 else -(-ordinary // (len(groups) - place))
        for _ in range(min(share, ordinary)):
            yield _ordinary(writer, next(numbers))
        ordinary -= min(share, ordinary)


def _ordinary(writer: Writer, number: int) -> Draft:
    """Make a post as most are: some with a lead image, tags, a list, a picture or a link in the text."""
    blocks: list[Block] = writer.paragraphs(2 + number % 4)
    if number % 6 == 2:
        blocks.insert(1, Items(tuple(Item((writer.sentence(),)) for _ in range(3))))
    if number % 6 == 4:
        blocks.insert(1, Pictured("classic", (writer.picture(caption=writer.sentence()),)))
    if number % 5 == 1:
        blocks.append(Paragraph(Anchor(writer.post_link(number * 7 + 1), writer.sentence()), " ", writer.sentence()))
    return Draft(
        writer.title(),
        blocks,
        tags=[writer.tag() for _ in range(number % 3)],
        categories=list(dict.fromkeys(writer.category() for _ in range(2 if number % 4 == 3 else 1))),
        leads=() if number % 5 == 3 else (writer.picture(),),
        comments=(0, 0, 0, 1, 0, 3)[number % 6],
    )


def _dates(drafts: list[Draft], days: int) -> Iterator[datetime]:
    moment = NEWEST
    for place, draft in enumerate(drafts):
        if place and not draft.same_moment:
            gap = timedelta(days=2 + place * 37 % (2 * days - 3), seconds=place * 7919 % 36_000)
            moment = (moment.astimezone(ZoneInfo("UTC")) - gap).astimezone(CLOCK)
        yield moment


def _post(writer: Writer, draft: Draft, post_id: int, date: datetime) -> Post:
    comments = tuple(
        Comment(writer.author(), date + timedelta(hours=7 * (number + 1)), writer.sentence())
        for number in range(draft.comments)
    )
    return Post(
        edition=writer.edition,
        post_id=post_id,
        title=draft.title,
        date=date,
        blocks=draft.blocks,
        categories=[writer.category()] if draft.categories is None else draft.categories,
        author=draft.author or writer.author(),
        tags=list(dict.fromkeys(draft.tags)),
        leads=draft.leads,
        comments=comments,
        format=draft.format,
        special=draft.special,
        status=draft.status,
        sticky=draft.sticky,
        protected=draft.protected,
        modified=date + timedelta(days=post_id % 4),
    )


def _unpublished(writer: Writer, first_id: int) -> list[Post]:
    """Make what no visitor sees: two drafts, and a post scheduled for a far day."""
    drafts = [Draft(writer.title(), writer.paragraphs(2), status=status) for status in ("draft", "draft", "future")]
    far = NEWEST.replace(year=2099)
    return [
        _post(writer, draft, first_id + number, far if draft.status == "future" else NEWEST)
        for number, draft in enumerate(drafts)
    ]
