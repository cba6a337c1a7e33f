"""Which edition a text is of: its script first, then its letters and commonest words."""

from __future__ import annotations

import re
from collections import Counter

from nejat_crawler.editions import EDITIONS
from nejat_crawler.extraction.text_captures import printed_labels

_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN_SCRIPT = re.compile(r"[A-Za-zÀ-ɏ]")
_WORD = re.compile(r"[^\W\d_]+")


def _set(*rows: str) -> frozenset[str]:
    return frozenset(" ".join(rows).split())


#: Words that one of two languages of a script uses all the time and the other does not.
_WORDS = {
    "en": _set(
        "society the of and to in is for that with was by not are comments comment read more posts january february",
        "march april may june july august september october november december",
    ),
    "sq": _set(
        "shoqata shoqëria dhe të te në një nje për per që qe nga është eshte komente koment lexo janar shkurt mars",
        "prill maj qershor korrik gusht shtator tetor nëntor nentor dhjetor",
    ),
    "fa": _set(
        "انجمن از که را این است برای های شد کرد آن بود در به می نظر فروردین اردیبهشت خرداد مرداد شهریور مهر آبان",
        "آذر دی بهمن اسفند",
    ),
    "ar": _set(
        "جمعية من في على إلى الى التي الذي هذا هذه أن كان عن مع قد تعليق تعليقات المزيد يناير فبراير مارس أبريل",
        "ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر شباط آذار نيسان أيار حزيران تموز آب أيلول",
        "كانون تشرين الموافق",
    ),
}
#: Its letters: old Persian posts are typed with Arabic ye and kaf, so a word weighs as much as three.
_LETTERS = {"sq": "[ëçËÇ]", "fa": "[پچژگکی۰-۹\u200c]", "ar": "[ةىكي٠-٩أإؤ]|\\bال"}
_NONE = "(?!)"
_MOST = 200_000  # characters that are looked at
_RARE = 10  # of so many words of a text, one is of its language's commonest


def tell_edition(text: str) -> str | None:
    """`en fa ar sq`, or None where nothing tells two languages of one script apart.

    None as well where a text may be of an edition whose words nobody has listed here.
    """
    text = text[:_MOST]
    words = Counter(word.lower() for word in _WORD.findall(text))
    arabic = len(_ARABIC_SCRIPT.findall(text)) > len(_LATIN_SCRIPT.findall(text))
    editions = [row.code for row in EDITIONS.values() if arabic == (row.direction == "rtl")]
    votes = {edition: sum(words[word] for word in _WORDS.get(edition, ())) for edition in editions}
    letters = {edition: len(re.findall(_LETTERS.get(edition, _NONE), text)) for edition in editions}
    weights = {edition: 3 * votes[edition] + letters[edition] for edition in editions}
    told = max(weights, key=weights.__getitem__)
    if not _WORDS.keys() >= set(editions) and votes[told] * _RARE < words.total():
        return None
    if not any(weights.values()) and not arabic:
        return "en" if re.search(r"[A-Z][a-z]+ \d{1,2}, \d{4}|" + printed_labels.HOME.pattern, text) else None
    return told if list(weights.values()).count(weights[told]) == 1 else None
