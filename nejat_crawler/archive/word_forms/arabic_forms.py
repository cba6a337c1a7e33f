"""Arabic: the article, what is written before a word as a letter, and pronouns and endings behind it."""

from __future__ import annotations

import re
from functools import cache

from nejat_crawler.archive.word_forms.arabic_verbs import pasts_of
from nejat_crawler.archive.word_forms.dictionary import Lemmas, with_lemmas
from nejat_crawler.archive.word_forms.names import NAMES, is_another_name
from nejat_crawler.archive.word_forms.word_lists import pairs
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
    # أبناء, أبنائهم; but وفاة, a death, is no "his faith"
    (re.compile("(?<=ا)(?:[یوء](?:هما|کما|هم|هن|کم|کن|ها|نا|ه|ک|ی)|هما|کما|هم|هن|کم|کن|ها|نا|ک|ی)$"), 3, "ء"),
    (re.compile("[یوا](?:هما|کما|هم|هن|کم|کن|ها|نا|ه|ک)$"), 4, ""),
    (re.compile("(?:هما|کما|هم|هن|کم|کن|ها|نا)$"), 3, ""),
    (re.compile("(?:یین|یون|یه|یات)$"), 4, "ی"),
    (re.compile("ه$"), 5, ""),
)
_ADVERB = re.compile("(?<=...[^ی])ا$")  # قديما; but روسيا is a country
_HIS = re.compile("ه$")
_SHE = re.compile("(?<=..[^اویء])ت$")  # ذهبت
_REGULAR = re.compile("(?:ان|ین|ون|ات)$")  # لبنان is no two of لبن, milk
_PARTICIPLE = re.compile(".ا.ت$")  # ثابت
_PRESENT = re.compile("^(?:[وف]?س?|ل)([یتن])(.{3,6}?)(?:ون|ین|ان|ن|وا)?$")
_DEFECTIVE = re.compile("(?<=^[ات]...)(?:ت|وا)$|(?<=^[ات]....)(?:ت|وا)$")  # ارتدت, ارتدوا of ارتدى
_SHORT_FEMININE = re.compile(f"(?<=^..)ت(?:{_PRONOUN}|ان|ین)$")  # لغتهم of لغة
_HOLLOW = re.compile("(?<=^.)[وی](?=.$)")  # یعود of عاد, یبیع of باع
_SHORTEST = 3
# Plurals and comparatives that dictionaries lack; no rule makes them, for it would make حسين of حسنى, شريف of أشرف.
_IRREGULAR = """
    نساء امرأة  نسوة امرأة  أسرى أسير  جرحى جريح  قتلى قتيل  مرضى مريض  قتلة قاتل  خونة خائن  طلبة طالب
    قرى قرية  أسر أسرة  جدد جديد  قدامى قديم  أمي أم  أمها أم  أمهم أم  ابني ابن  ابنها ابن  ابنهم ابن
    حراس حارس  نشطاء ناشط  لجان لجنة  حوادث حادثة  جزر جزيرة  مجازر مجزرة  أيدي يد  أياد يد  أفكار فكرة  ألوان لون
    ألغام لغم  ألعاب لعبة  ألقاب لقب  أنباء نبأ  أخطاء خطأ  بحار بحر  كلاب كلب  أجداد جد  أعمام عم  أسرار سر
    وعود وعد  قوى قوة  خلايا خلية  رصاص رصاصة  طرق طريق  تهم تهمة  عقد عقدة  محامون محامي  محامين محامي
    أكبر كبير  كبرى كبير  أصغر صغير  صغرى صغير  أخطر خطير  أقدم قديم  أكثر كثير  أقل قليل  أسوأ سيئ  أقوى قوي
    أشد شديد  أهم مهم  أعلى عالي  أطول طويل  أقصر قصير  أضعف ضعيف  أقرب قريب  أبعد بعيد  أسرع سريع  أعنف عنيف
    أبسط بسيط  أعمق عميق  أصعب صعب  أسهل سهل  أفقر فقير  أغنى غني  أوسع واسع  أحدث حديث
    أبرز بارز  أبشع بشع  أوضح واضح  أدق دقيق
"""
# Words that rules or a dictionary would make forms of others: أما, "as for", of أم, a mother, بين, "between", of باء,
# and names of بحر, a sea, or of a verb: بحرين, تونس, يزيد.
_PARTICLES = frozenset(
    fold_for_search("أما إما إلا ألا عما متى أين إذ بين غير هناك أو أي مع به بحرين تونس يزيد").split()
)


@cache
def _listed() -> dict[str, str]:
    """Folded words by folded form."""
    return dict(pairs(fold_for_search(_IRREGULAR)))


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
    if (past := _DEFECTIVE.sub("ی", word)) != word and lemmas.get(past) == past:
        found.add(past)
    if (match := _PRESENT.match(word)) and (pasts := _pasts(match[2], lemmas)):
        is_clear = match[1] == "ی" or (len(match[2]) > _SHORTEST and pasts == {f"ا{match[2]}"})  # تستشهد
        found |= {f"ی{match[2]}-", *(pasts if is_clear else ())}
    return found


def _pasts(present: str, lemmas: Lemmas) -> set[str]:
    """Return the dictionary words that may be the past of a present without its person: ارسل of یرسل, عاد of یعود."""
    found = {past for past in (present, _HOLLOW.sub("ا", present)) if past in lemmas}
    causing = f"ا{present}"
    is_other = lemmas.get(present) != present
    return found | ({causing} if lemmas.get(causing) == causing and is_other else set())


def arabic_keys(word: str, lemmas: Lemmas) -> set[str]:
    """Return the keys of a folded word."""
    listed = _listed()
    if word in _PARTICLES or (word in NAMES and word not in listed):  # نزار is no "we visit"
        return {word}
    articled = _without_article(word)
    bare_words = set(articled)
    if not any(bare in lemmas for bare in articled):  # والدته is no دته
        bare_words.add(word)
    if word not in lemmas:
        bare_words |= _without_letters(word)
    found = bare_words | {listed[bare] for bare in {word, *bare_words} if bare in listed}
    for verb in {word} if articled else bare_words:
        found |= pasts_of(verb)
    for bare in bare_words:
        stems = _without_endings(bare)
        if lemmas.get(bare) != bare:
            stems |= _without_his(bare)
        if lemmas.get(bare, bare) == bare:
            stems |= {stem for stem in (_ADVERB.sub("", bare),) if stem in lemmas}
            stems |= _verbs(bare, lemmas)
            if not _REGULAR.search(bare):  # books are listed with the article alone: of كتب, he wrote
                stems.add(lemmas.get(f"ال{bare}", bare))
        short = _SHORT_FEMININE.sub("ه", bare)
        if short != bare and lemmas.get(short) == short and lemmas.get(bare) != bare:
            stems.add(short)
        stems |= {listed[stem] for stem in stems if stem in listed}
        found |= {key for key in with_lemmas({bare, *stems}, lemmas) if not is_another_name(bare, key)}
    return found
