"""Posts that any edition may hold, each with a trap: a function makes the one or few that belong together."""

from __future__ import annotations

from nejat_crawler.sample_site.content.blocks import (
    Block,
    Heading,
    Item,
    Items,
    More,
    Odd,
    PageBreak,
    Paragraph,
    Pictured,
    Quote,
    Table,
)
from nejat_crawler.sample_site.content.inline import BREAK, HOME, Anchor, Marked, Picture, escape
from nejat_crawler.sample_site.content.writer import Draft, Writer

# Persian for "mountain" and "rescue worker", as WordPress writes them into the name of an upload.
PERSIAN_FILE = "%da%a9%d9%88%d9%87-%d8%a7%d9%85%d8%af%d8%a7%d8%af%da%af%d8%b1"


def read_more(w: Writer) -> list[Draft]:
    """Stop on the listing after two paragraphs."""
    blocks = [*w.paragraphs(2), More(), *w.paragraphs(3)]
    return [Draft(w.title(), blocks, leads=(w.picture(),), comments=1)]


def two_pages(w: Writer) -> list[Draft]:
    """Go on at `/posts/<id>/2`, with a picture there."""
    shown = Pictured("classic", (w.picture(caption=w.sentence()),))
    return [Draft(w.title(), [*w.paragraphs(2), PageBreak(), *w.paragraphs(1), shown, *w.paragraphs(1)])]


def three_pages(w: Writer) -> list[Draft]:
    """Go on for three pages, one of them opening with a heading, and stop early on the listing."""
    blocks: list[Block] = [*w.paragraphs(1), More(), *w.paragraphs(1), PageBreak(), Heading(2, w.sentence())]
    blocks += [*w.paragraphs(2), PageBreak(), Items((Item((w.sentence(),)), Item((w.sentence(),)))), *w.paragraphs(1)]
    return [Draft(w.title(), blocks, leads=(w.picture(),), tags=[w.tag()])]


def protected(w: Writer) -> list[Draft]:
    """Ask for a password; the lead image is shown all the same."""
    return [Draft(w.title(), w.paragraphs(2), leads=(w.picture(),), protected=True)]


def stray_div(w: Writer) -> list[Draft]:
    """Close a `div` that was never opened, in the middle of the body."""
    blocks = [*w.paragraphs(2), Odd("</div>"), *w.paragraphs(2)]
    return [Draft(w.title(), blocks, leads=(w.picture(),), comments=2)]


def three_stray_divs(w: Writer) -> list[Draft]:
    """Close three: the rest of the text leaves the theme's boxes, and on its own page the article."""
    blocks = [*w.paragraphs(1), Odd("</div></div>"), *w.paragraphs(1), Odd("</div>"), *w.paragraphs(2)]
    return [Draft(w.title(), blocks, leads=(w.picture(),), tags=[w.tag()])]


def unclosed(w: Writer) -> list[Draft]:
    """Leave a `div` open in one post and a `b` in the next."""
    first, last = w.paragraph(), w.paragraph()
    return [
        Draft(w.title(), [*w.paragraphs(1), Odd('<div class="wp-block-group">'), *w.paragraphs(2)]),
        Draft(w.title(), [Odd(f"<p><b>{escape(first)}</p>", (first,)), Paragraph(last)], leads=(w.picture(),)),
    ]


def captions(w: Writer) -> list[Draft]:
    """Show pictures in every shape that has a caption or none, one with an empty `alt`, one from the media host."""
    elsewhere = Picture("https://dld.nejatngo.org/media/2015/06/rope-team.png", w.sentence(), w.sentence(), 80001)
    same = w.sentence()
    blocks: list[Block] = [
        Paragraph(w.paragraph()),
        Pictured("classic", (w.picture(caption=w.sentence()),)),
        Paragraph(w.paragraph()),
        Pictured("block", (w.picture(alt=same, caption=same),)),
        Pictured("plain", (w.picture(alt=""),)),
        Paragraph(w.paragraph()),
        Pictured("classic", (elsewhere,)),
    ]
    return [Draft(w.title(), blocks, leads=(w.picture(alt=""),), categories=[w.category(), w.category()])]


def galleries(w: Writer) -> list[Draft]:
    """Show the theme's gallery in one post and the block editor's in the next."""
    theme = Pictured("gallery", (w.picture(caption=w.sentence()), w.picture(), w.picture(caption=w.sentence())))
    block = Pictured("block-gallery", (w.picture(caption=w.sentence()), w.picture()))
    return [
        Draft(w.title(), [Paragraph(w.paragraph()), theme, Paragraph(w.paragraph())], leads=(w.picture(),)),
        Draft(w.title(), [Paragraph(w.paragraph()), block, Paragraph(w.paragraph())], leads=(w.picture(),)),
    ]


def twins(w: Writer) -> list[Draft]:
    """Publish two posts in the same second."""
    return [
        Draft(w.title(), w.paragraphs(2), comments=4, leads=(w.picture(),)),
        Draft(w.title(), w.paragraphs(3), same_moment=True),
    ]


def triplets(w: Writer) -> list[Draft]:
    """Publish three posts in the same second."""
    first, *others = (Draft(w.title(), w.paragraphs(2), leads=(w.picture(),)) for _ in range(3))
    for draft in others:
        draft.same_moment = True
    return [first, *others]


def untitled(w: Writer) -> list[Draft]:
    """Have no title."""
    return [Draft("", w.paragraphs(2), leads=(w.picture(),), tags=[w.tag()])]


def repost(w: Writer) -> list[Draft]:
    """Say the same under two ids, with a post between them."""
    title, blocks, lead = w.title(), w.paragraphs(3), (w.picture(),)
    between = Draft(w.title(), w.paragraphs(2))
    return [Draft(title, blocks, leads=lead), between, Draft(title, list(blocks), leads=lead)]


def discussed(w: Writer) -> list[Draft]:
    """Have very many comments, each with a date of its own."""
    return [Draft(w.title(), w.paragraphs(3), comments=61, leads=(w.picture(),), tags=[w.tag(), w.tag(), w.tag()])]


def sticky(w: Writer) -> list[Draft]:
    """Stand first on page 1 and again at its place among the old posts."""
    return [Draft(w.title(), w.paragraphs(2), sticky=True, leads=(w.picture(),))]


def backdated(w: Writer) -> list[Draft]:
    """Have the highest id and an old date."""
    return [Draft(w.title(), w.paragraphs(2), backdated=True)]


def linked(w: Writer) -> list[Draft]:
    """Link to other posts, to a tag, to another edition and outside; one link holds only a picture."""
    inside = Anchor(w.post_link(3), w.sentence())
    short = Anchor(f"{HOME}/{w.edition}/?p={w.ids[5]}", w.sentence())
    outside = Anchor("https://en.wikipedia.org/wiki/Mountain_rescue?useskin=vector&action=view", w.sentence())
    other = Anchor(f"{HOME}/{'fa' if w.edition == 'en' else 'en'}/", w.sentence())
    listed = Items(
        (
            Item((Anchor(w.post_link(8), w.sentence()), " (", Marked("em", "PDF"), ")")),
            Item((w.sentence(),), Items((Item((other,)), Item((w.sentence(),))), "ol")),
        )
    )
    blocks: list[Block] = [
        Paragraph(w.paragraph(), " ", inside, ". ", w.sentence()),
        Paragraph(Marked("strong", w.sentence()), BREAK, w.sentence(), " ", short, BREAK, outside),
        listed,
        Pictured("plain", (w.picture(),)),
    ]
    return [Draft(w.title(), blocks, leads=(w.picture(),))]


def tabled(w: Writer) -> list[Draft]:
    """Hold a table with head and caption, and in the next post a table in a table's cell."""
    rows = tuple((str(number), w.sentence(), f"{6 + number}:30") for number in range(1, 5))
    table = Table(("#", w.sentence(), "–"), rows, caption=w.sentence())
    outer, inner, beside, below = w.sentence(), w.sentence(), w.sentence(), w.sentence()
    nested = Odd(
        f"<table>\n<tbody>\n<tr>\n<td>{escape(outer)}</p>\n<table>\n<tbody>\n<tr>\n<td>{escape(inner)}</td>\n</tr>\n"
        f"</tbody>\n</table>\n</td>\n<td>{escape(beside)}</td>\n</tr>\n<tr>\n<td>{escape(below)}</td>\n<td>1</td>\n"
        "</tr>\n</tbody>\n</table>",
        (outer, inner, beside, f"{below} 1"),
    )
    return [
        Draft(w.title(), [Paragraph(w.paragraph()), table, Paragraph(w.paragraph())], leads=(w.picture(),)),
        Draft(w.title(), [Paragraph(w.paragraph()), nested, Paragraph(w.paragraph())]),
    ]


def structured(w: Writer) -> list[Draft]:
    """Hold headings, nested lists and a quotation."""
    below = Items((Item((w.sentence(),)), Item((w.sentence(),))), "ol")
    items = Items((Item((w.sentence(),)), Item((w.sentence(),), below), Item((w.sentence(),))))
    blocks: list[Block] = [
        Heading(2, w.sentence()),
        Paragraph(w.paragraph()),
        items,
        Heading(3, w.sentence()),
        Quote((w.paragraph(), w.sentence()), w.author()),
        Paragraph(w.paragraph()),
    ]
    return [Draft(w.title(), blocks, leads=(w.picture(),))]


def video(w: Writer) -> list[Draft]:
    """Show a player in place of the lead image."""
    player = "https://www.youtube.com/embed/xxMountain1?feature=oembed"
    return [Draft(w.title(), w.paragraphs(1), format="video", special=player)]


def gallery_format(w: Writer) -> list[Draft]:
    """Show two pictures, one after another, in place of the lead image."""
    return [Draft(w.title(), w.paragraphs(2), format="gallery", leads=(w.picture(), w.picture()))]


def quote_format(w: Writer) -> list[Draft]:
    """Show a quotation above the text that is no part of the text."""
    return [Draft(w.title(), w.paragraphs(2), format="quote", special=w.sentence())]


def persian_file(w: Writer) -> list[Draft]:
    """Show pictures whose files have Persian names, percent-encoded."""
    shown = w.picture(name=PERSIAN_FILE, caption=w.sentence())
    blocks: list[Block] = [Paragraph(w.paragraph()), Pictured("classic", (shown,)), Paragraph(w.paragraph())]
    return [Draft(w.title(), blocks, leads=(w.picture(name=PERSIAN_FILE),))]


def blank_paragraphs(w: Writer) -> list[Draft]:
    """Part the paragraphs by ones that hold a no-break space alone."""
    blank = Odd("<p>&nbsp;</p>")
    glued = f"“{w.sentence()}”{w.sentence()}"
    wide = Odd('<p style="text-align: justify;"> &nbsp;&nbsp; </p>')
    blocks: list[Block] = [Paragraph(w.paragraph()), blank, wide]
    blocks += [Paragraph(glued), blank, Paragraph(w.sentence(), "\u00a0", w.sentence()), blank]
    return [Draft(w.title(), blocks)]
