"""Invented articles, short ones so that a million of them can be archived, or long ones: always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate

from benchmarks.site_archive import SHARES
from nejat_crawler.items import Article, Image, KeptAnswer, Link
from nejat_crawler.sample_site.content.writer import read_words

#: How many pairs of paragraphs a text has, in turn: 45 words each.
SHORT = range(1, 2)
_FIRST_POST = 10_000_000  # above the numbers of the sample site, which is crawled into the same archive
_OLDEST, _NEWEST = date(2003, 6, 1), date(2026, 10, 1)
#: Words are drawn by the law of Zipf and Mandelbrot, so that their number grows with the power 1 / 1.6 of the text's
#: length, as that of natural languages does (Heaps' law).
_EXPONENT, _FLAT = 1.6, 50
_RARE = (24, 36)  # words of a pair of paragraphs, beside a sentence of the sample site's
SEEN = "2026-10-02T08:00:00Z"


@dataclass(frozen=True, slots=True)
class _Language:
    """What articles of an edition are made of."""

    syllables: list[str]
    sentences: list[str]
    titles: list[str]
    categories: list[str]
    tags: list[str]

    def rare_word(self, chance: random.Random) -> str:
        """A word of an endless vocabulary: the more syllables, the rarer."""
        rank = int(_FLAT * ((1 - chance.random()) ** (-1 / (_EXPONENT - 1)) - 1)) + 1
        found = ""
        while rank:
            rank, syllable = divmod(rank, len(self.syllables))
            found += self.syllables[syllable]
        return found


@cache
def _language(edition: str) -> _Language:
    words = read_words(edition)
    known = {word.lower() for text in words["paragraphs"] for word in text.split() if word.isalpha()}
    syllables = sorted({word[:3] for word in known if len(word) > 4})[:80]
    sentences = [sentence for text in words["paragraphs"] for sentence in text.split(". ") if sentence]
    return _Language(syllables, sentences, words["titles"], words["categories"], words["tags"])


def invented_articles(first: int, count: int, total: int, length: range = SHORT) -> Iterator[Article]:
    """The articles from number `first` on; `total` are spread evenly over the years, others by chance."""
    editions, shares = list(SHARES), list(accumulate(SHARES.values()))
    for number in range(first, first + count):
        chance = random.Random(number)
        edition = chance.choices(editions, cum_weights=shares)[0]
        place = number / total if number < total else chance.random()
        day = (_OLDEST + (_NEWEST - _OLDEST) * place).isoformat()
        yield _article(number, edition, day, length[number % len(length)], chance)


def _article(number: int, edition: str, day: str, pairs: int, chance: random.Random) -> Article:
    language = _language(edition)
    post = _FIRST_POST + number
    paragraphs: list[str] = []
    for pair in range(pairs):
        rare = [language.rare_word(chance) for _ in range(chance.randint(*_RARE))]
        half = len(rare) // 2
        said = f"{' '.join(rare[half:]).capitalize()}."
        # what JSON and CSV have to escape
        paragraphs += [f"{chance.choice(language.sentences)} {' '.join(rare[:half])}.", f'"{said}"' if pair else said]
    page = f"https://www.nejatngo.org/{edition}/page/{1 + number // 10}"
    # ten articles a page, and so a record; a file for each run of a thousand pages
    record = KeptAnswer(
        page, SEEN, 200, f"sha1:{number // 10}", f"{number // 10_000}.warc.gz", number // 10 * 9000, 9000
    )
    site = f"https://www.nejatngo.org/{edition}/posts"
    return Article(
        edition=edition,
        post_id=post,
        url=f"{site}/{post}",
        title=f"{chance.choice(language.titles)} {language.rare_word(chance)} {language.rare_word(chance)}",
        categories=[chance.choice(language.categories)],
        tags=chance.sample(language.tags, number % 3),
        published=day,
        published_at=f"{day}T08:00:00+00:00",
        published_text=day,
        author="Editor",
        body="\n\n".join(paragraphs),
        body_html="".join(f"<p>{text}</p>" for text in paragraphs),
        images=[Image(f"https://dld.example/{post}.jpg", language.titles[number % 20], None, True)][: number % 2],
        links=[Link(f"{site}/{post - 9}", "there", f"{site}/{post - 9}")][: number % 3 // 2],
        language=edition,
        source="listing",
        theme="soledad",
        found_at=page,
        captured_at=SEEN,
        status="live",
        kept=(record,),
    )
