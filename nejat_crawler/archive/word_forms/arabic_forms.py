"""Arabic: the article, what is written before a word as a letter, and pronouns and endings behind it."""

from __future__ import annotations

import re

from nejat_crawler.archive.word_forms.dictionary import Lemmas, with_lemmas
from nejat_crawler.archive.word_forms.names import is_another_name
from nejat_crawler.folding import fold_for_search

_ARTICLE = re.compile("^[وف]?(?:[بک]?ال|لل)(?=...)")
_LETTER = re.compile("^(?:[وف][بلکس]?|[بلک])(?=...)")
_PRONOUN = "(?:هما|کما|هم|هن|کم|کن|ها|نا|ه|ک|ی)"
_BEHIND = (  # what is taken off, letters that must be left, what stands there instead
    (re.compile(f"ات{_PRONOUN}?$"), 3, "ه"),
    (re.compile(f"ات{_PRONOUN}?$"), 4, ""),
    (re.compile(f"ت(?:ی|{_PRONOUN}|ان|ین|ا)$"), 3, "ه"),
    (re.compile("(?:ون|ین|ان)$"), 4, ""),
    (re.compile("وا$"), 3, ""),  # ذهبوا
    (re.compile("(?<=ا)[یوء]?(?:هما|کما|هم|هن|کم|کن|ها|نا|ه|ک|ی)$"), 3, "ء"),  # أبناء, أبنائهم
    (re.compile("[یوا](?:هما|کما|هم|هن|کم|کن|ها|نا|ه|ک)$"), 4, ""),
    (re.compile("(?:هما|کما|هم|هن|کم|کن|ها|نا)$"), 3, ""),
    (re.compile("(?:یین|یون|یه|یات)$"), 4, "ی"),
    (re.compile("ه$"), 5, ""),
)
_HIS = re.compile("ه$")
_SHE = re.compile("(?<=..[^اویء])ت$")  # ذهبت
_REGULAR = re.compile("(?:ان|ین|ون|ات)$")  # لبنان is no two of لبن, milk
_PARTICIPLE = re.compile(".ا.ت$")  # ثابت
_PRESENT = re.compile("^(?:[وف]?س?|ل)([یت])(....??)(?:ون|ین|ان|ن|وا)?$")
_HOLLOW = re.compile("(?<=^.)[وی](?=.$)")  # یعود of عاد, یبیع of باع
_SHORTEST = 3
# Plurals that no dictionary has; no rule makes them, for it would make حسين of حسنى.
_PLURALS = "نساء امرأة  نسوة امرأة  أسرى أسير  جرحى جريح  قتلى قتيل  مرضى مريض  قتلة قاتل  خونة خائن  طلبة طالب"
# Words that rules or a dictionary would make forms of others: أما, "as for", of أم, a mother, بين, "between", of باء.
_PARTICLES = frozenset(fold_for_search("أما إما إلا ألا عما متى أين إذ بين غير هناك أو أي مع به").split())
_SINGULARS = dict(zip(*[iter(fold_for_search(_PLURALS).split())] * 2, strict=True))


def _without_article(word: str) -> set[str]:
    """Return a folded word without the article and what stands before it."""
    return {word[match.end() :]} if (match := _ARTICLE.match(word)) else set()


def _without_letters(word: str) -> set[str]:
    """Return a folded word without a single letter before it: only for one that no dictionary has as it is (وزير)."""
    found = {word[match.end() :]} if (match := _LETTER.match(word)) else set()
    if word[:1] in "وف" and len(word) > _SHORTEST:
        found.add(word[1:])
    return found


def _without_endings(word: str) -> set[str]:
    """Return what is left of a folded word without its endings."""
    found = set()
    for ending, least, instead in _BEHIND:
        stem = ending.sub(instead, word)
        if stem != word and len(stem) >= least + len(instead):
            found.add(stem)
    return found


def _without_his(word: str) -> set[str]:
    """Return a folded word without its last ه: it may be a feminine ending, so not where a dictionary has it."""
    return {word[:-1]} if len(word) > _SHORTEST and _HIS.search(word) else set()


def _verbs(word: str, lemmas: Lemmas) -> set[str]:
    """Return what a folded word has in common with other persons of its verb, which few dictionaries list.

    With ت alone it may be a noun (تقدم, progress, of قدم, a foot): it meets other persons only.
    """
    found = set()
    if _SHE.search(word) and not _PARTICIPLE.fullmatch(word) and word[:-1] in lemmas:
        found.add(word[:-1])
    if (match := _PRESENT.match(word)) and (pasts := _pasts(match[2], lemmas)):
        found |= {f"ی{match[2]}-", *(pasts if match[1] == "ی" else ())}
    return found


def _pasts(present: str, lemmas: Lemmas) -> set[str]:
    """Return the dictionary words that may be the past of a present without its person: ارسل of یرسل, عاد of یعود."""
    found = {past for past in (present, _HOLLOW.sub("ا", present)) if past in lemmas}
    causing = f"ا{present}"
    return found | ({causing} if lemmas.get(causing) == causing and lemmas.get(present) != present else set())


def arabic_keys(word: str, lemmas: Lemmas) -> set[str]:
    """Return the keys of a folded word."""
    if word in _PARTICLES:
        return {word}
    bare_words = _without_article(word) or {word}
    if word not in lemmas:
        bare_words |= _without_letters(word)
    found = bare_words | {_SINGULARS[bare] for bare in bare_words if bare in _SINGULARS}
    for bare in bare_words:
        stems = _without_endings(bare)
        if lemmas.get(bare) != bare:
            stems |= _without_his(bare)
        if lemmas.get(bare, bare) == bare:
            stems |= _verbs(bare, lemmas)
            if not _REGULAR.search(bare):  # books are listed with the article alone: of كتب, he wrote
                stems.add(lemmas.get(f"ال{bare}", bare))
        found |= {key for key in with_lemmas({bare, *stems}, lemmas) if not is_another_name(bare, key)}
    return found
