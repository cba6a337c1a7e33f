"""Posts of the English edition alone, and two of the Persian one: broken markup, look-alikes, names."""

from __future__ import annotations

from nejat_crawler.sample_site.content.blocks import Block, Item, Items, Odd, Paragraph
from nejat_crawler.sample_site.content.inline import BREAK, HOME, Anchor, Marked, escape
from nejat_crawler.sample_site.content.writer import Draft, Writer

_ARABIC_KEYBOARD = str.maketrans("یک", "يك")


def weekly_digests(w: Writer) -> list[Draft]:
    """Bear the same title and say different things."""
    return [Draft("Weekly Digest – 213", w.paragraphs(2)), Draft("Weekly Digest – 213", w.paragraphs(3))]


def quoted_markup(w: Writer) -> list[Draft]:
    """Quote a listing's markup, escaped in the text and bare where a browser does not read it as elements."""
    code = '<article id="post-15118" class="post hentry"><h2 class="entry-title">Old post</h2></article>'
    hidden = '<article id="post-15119" class="post hentry">'
    said = w.sentence()
    blocks: list[Block] = [
        Paragraph(w.paragraph()),
        Odd(f'<pre class="wp-block-code"><code>{escape(code)}</code></pre>', (code,)),
        Odd(f"<!-- {hidden} -->"),
        Odd(f"<p title='{hidden}'>{escape(said)}</p>", (said,)),
        Odd(f"<script>var entry = '{hidden}</article>';</script>"),
        Paragraph(w.paragraph()),
    ]
    return [Draft("How our web page is built: <article> & friends", blocks)]


def nested_article(w: Writer) -> list[Draft]:
    """Hold a real `article` element, with a title and a date of its own."""
    card = Anchor(w.post_link(2), w.sentence())
    said = w.paragraph()
    day = "October 28, 2013"
    blocks: list[Block] = [
        Paragraph(w.paragraph()),
        Odd(
            f'<article class="embedded-card post hentry"><h3 class="entry-title">{card.html()}</h3>\n'
            f'<p><time class="entry-date published" datetime="2013-10-28T10:00:00+03:30">{day}</time></p>\n'
            f"<p>{escape(said)}</p></article>",
            (card.words, day, said),
            (card,),
        ),
        Paragraph(w.paragraph()),
    ]
    return [Draft(w.title(), blocks, leads=(w.picture(),))]


def boilerplate(w: Writer) -> list[Draft]:
    """Say what a listing prints round its articles."""
    lines = (
        "October 28, 2023 0 comments",
        "FacebookTwitterPinterestWhatsappTelegramSkypeEmail",
        "Newer Posts",
        "Older Posts",
        "Recent Posts",
        "You may also like",
        "Back To Top",
        "Leave a Comment",
    )
    blocks: list[Block] = [Paragraph(w.paragraph()), *(Paragraph(line) for line in lines), Paragraph(w.paragraph())]
    return [Draft("What the screen reader read out", blocks, leads=(w.picture(),))]


def embedded(w: Writer) -> list[Draft]:
    """Hold a player, a script, a style sheet and a form, none of which is text."""
    blocks: list[Block] = [
        Paragraph(w.paragraph()),
        Odd(
            '<p><iframe loading="lazy" title="Training" width="500" height="281" frameborder="0" allowfullscreen'
            ' src="https://www.youtube.com/embed/xxMountain2?feature=oembed"></iframe></p>'
        ),
        Odd("<style>.avalanche { color: red; }</style>"),
        Odd("<script>document.title = 'This is a script and no text';</script>"),
        Odd('<script type=\'application/ld+json\'>{"headline": "Not this one"}</script>'),
        Paragraph(w.paragraph()),
        Odd('<p><object data="https://media.example.org/map.swf"></object></p>'),
    ]
    return [Draft(w.title(), blocks)]


def huge(w: Writer) -> list[Draft]:
    """Be some 200 KB long."""
    blocks: list[Block] = []
    length = 0
    while length < 200_000:
        words = w.paragraph()
        blocks.append(Paragraph(words))
        length += len(words.encode())
    return [Draft("The complete logbook of the winter season", blocks, leads=(w.picture(),))]


def debris(w: Writer) -> list[Draft]:
    """Hold what old editors left: curly quotes round attributes, tags closed in the wrong order."""
    first, second, third, fourth, fifth = (w.paragraph() for _ in range(5))
    blocks: list[Block] = [
        Odd(f"<p><span style=”font-size: 10pt”>{escape(first)}</span></p>", (first,)),
        Odd(f"<p ‘> font-size: 10pt”>{escape(second)}</p>", (f"font-size: 10pt”>{second}",)),
        Odd(f"<p><b><i>{escape(third)}</b></i></p>", (third,)),
        Odd(f"<p><o:p></o:p><font face=Arial size=2>{escape(fourth)}</font>", (fourth,)),
        Odd(f"<p class=MsoNormal dir=LTR>{escape(fifth)} 5 < 7 && 7 > 5</p>", (f"{fifth} 5 < 7 && 7 > 5",)),
    ]
    return [Draft(w.title(), blocks)]


def entities(w: Writer) -> list[Draft]:
    """Have marks in the title and in the author's name that markup must escape."""
    return [
        Draft(
            "Ropes & knots: “what we learned” – the team’s notes <part 1>",
            w.paragraphs(2),
            author="Editor “in chief” & co",
            leads=(w.picture(alt="Ropes & “knots” <close up>"),),
        ),
        Draft("It's a \"straight\" quote; isn't it?", w.paragraphs(1)),
    ]


def odd_categories(w: Writer) -> list[Draft]:
    """Stand in categories with a semicolon, an apostrophe, an ampersand, and in several."""
    names = ["Training; First Aid", "Rescuers' Families", "Huts & Trails"]
    return [
        Draft(w.title(), w.paragraphs(2), categories=names[:1], leads=(w.picture(),)),
        Draft(
            w.title(),
            w.paragraphs(2),
            categories=[names[1], w.category(), names[0]],
            tags=["night; snow", "ropes & co"],
        ),
        Draft(w.title(), w.paragraphs(2), categories=[names[2]]),
    ]


def newsletters(w: Writer) -> list[Draft]:
    """List the stories of an issue and end with a link to its file."""
    drafts = []
    left = ' style="text-align: left;"'
    for number, title in ((92, "Nejat Newsletter No. 92"), (121, "Nejat NewsLetter No.121")):
        file = Anchor(
            f"{HOME}/{w.edition}/wp-content/uploads/2016/03/nejat-newsletter-{number}.pdf",
            "click here",
            ' target="_blank" rel="noopener"',
        )
        stories = [
            Paragraph(Marked("strong", f"– {w.sentence()}"), BREAK, w.paragraph(), attributes=left) for _ in range(4)
        ]
        blocks: list[Block] = [Paragraph("Inside this issue:"), *stories, Paragraph("To view the pdf file ", file)]
        drafts.append(Draft(title, blocks, categories=["Nejat Publications"], leads=(w.picture(),)))
    return drafts


def spaced_lists(w: Writer) -> list[Draft]:
    """Glue a picture's words to the text: an `alt` equal to the title, one that is `blank`."""
    title = w.title()
    items = Items((Item((w.sentence(),)), Item((Marked('span style="color: #800000;"', w.sentence()),))))
    return [
        Draft(title, [*w.paragraphs(1), items], leads=(w.picture(alt=title),)),
        Draft(w.title(), w.paragraphs(2), leads=(w.picture(alt="blank"),)),
    ]


def arabic_keyboard(w: Writer) -> list[Draft]:
    """Write Persian with Arabic ye and kaf."""
    blocks: list[Block] = [Paragraph(w.paragraph().translate(_ARABIC_KEYBOARD)) for _ in range(2)]
    return [Draft(w.title().translate(_ARABIC_KEYBOARD), blocks)]


def joined_words(w: Writer) -> list[Draft]:
    """Write Persian with zero-width non-joiners, and once with the entity for one."""
    said = "امدادگران کوهستان می‌گویند خانواده‌ها نگران‌اند و پناهگاه‌ها آماده‌اند."
    blocks: list[Block] = [
        Paragraph(said),
        Odd("<p>راه&zwnj;بلدها رسیدند&nbsp;و برگشتند.</p>", ("راه‌بلدها رسیدند و برگشتند.",)),
        *w.paragraphs(2),
    ]
    return [Draft("کوه‌ها و راه‌ها", blocks, leads=(w.picture(),), tags=["امداد‌گران"])]
