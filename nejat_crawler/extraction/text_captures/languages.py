"""Which edition a text is of: its script first, then its letters and commonest words."""

from __future__ import annotations

import re
from collections import Counter

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
_PERSIAN_LETTERS = re.compile("[پچژگکی۰-۹\u200c]")
_ARABIC_LETTERS = re.compile("[ةىكي٠-٩أإؤ]|\\bال")
_MOST = 200_000  # characters that are looked at


def tell_edition(text: str) -> str | None:
    """`en fa ar sq`, or None where nothing tells two languages of one script apart."""
    text = text[:_MOST]
    words = Counter(word.lower() for word in _WORD.findall(text))
    votes = {edition: sum(words[word] for word in common) for edition, common in _WORDS.items()}
    if len(_ARABIC_SCRIPT.findall(text)) > len(_LATIN_SCRIPT.findall(text)):
        # Old Persian posts are typed with Arabic ye and kaf: words weigh more than letters.
        persian = 3 * votes["fa"] + len(_PERSIAN_LETTERS.findall(text))
        arabic = 3 * votes["ar"] + len(_ARABIC_LETTERS.findall(text))
        return None if persian == arabic else "fa" if persian > arabic else "ar"
    albanian = 3 * votes["sq"] + len(re.findall("[ëçËÇ]", text))
    if albanian == 3 * votes["en"] == 0:
        return "en" if re.search(r"[A-Z][a-z]+ \d{1,2}, \d{4}|" + printed_labels.HOME.pattern, text) else None
    return None if albanian == 3 * votes["en"] else "sq" if albanian > 3 * votes["en"] else "en"
