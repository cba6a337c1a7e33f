"""Persian: what is written behind a word, or before a verb, without being another word."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from nejat_crawler.archive.word_forms.dictionary import Lemmas, with_lemmas
from nejat_crawler.archive.word_forms.persian_verbs import infinitives_by_form
from nejat_crawler.archive.word_forms.word_lists import pairs
from nejat_crawler.folding import fold_for_search

_OWN = "(?:م|ت|ش|مان|تان|شان)"
_BEHIND = (  # what is taken off, letters that must be left, what stands there instead
    (re.compile(f"ها(?:ی|یی|ست|ی?{_OWN})?$"), 2, ""),
    (re.compile(f"ه(?:ی|یی|ای|ا[مت]|اش|ام|ایم|اید|اند|است|ا?{_OWN})$"), 2, "ه"),
    (re.compile("گان(?:ی|ش|م|ت|مان|تان|شان|ند)?$"), 3, "ه"),
    (re.compile(f"(?<=[یو])ان(?:ی|{_OWN})?$"), 4, ""),
    (re.compile(f"(?<=[او])ی(?:ان|{_OWN}|ی)(?:ی|{_OWN})?$"), 3, ""),
    (re.compile(f"ان(?:ی|{_OWN})?$"), 4, ""),
    (re.compile(f"ات(?:ی|{_OWN})?$"), 4, ""),
    (re.compile(f"جات(?:ی|{_OWN})?$"), 3, ""),
    (re.compile("(?:(?<=^م...)|(?<=^م....)|(?<=^.ا..))ین$"), 4, ""),  # مبارزین, حاضرین
    (re.compile("(?<=ی)ا[مش]$"), 4, ""),  # زندگی‌ام
    (re.compile("تر(?:ین|ی|ها|ان)?$"), 3, ""),
    (re.compile("ی[یم]?$"), 4, ""),
    (re.compile("(?<=[او])[یئ]$"), 3, ""),
)
_A = re.compile("(?<=...[او])یی$")  # روستایی, which dictionaries have as a word of its own
_OWNER = re.compile(f"{_OWN}$")
# Arabic plurals that the dictionary has as words of their own, or not at all.
_LISTED = """
    حقوق حق  شهود شاهد  مسائل مسئله  حقایق حقیقت  مراکز مرکز  نتایج نتیجه  شرایط شرط  زعما زعیم  ادبا ادیب  امم امت
    قصص قصه  طوایف طایفه  افکار فکر  فنون فن  نسخ نسخه  تدابیر تدبیر  سطور سطر  مصادر مصدر  مراجع مرجع  دول دولت
    اسباب سبب  تبلیغات تبلیغ  هزاران هزار  ده‌ها ده  صدها صد
"""
_NUMBERS = """
    یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده بیست سی چهل پنجاه شصت
    هفتاد هشتاد نود صد هزار میلیون
"""
_SHORTEST = 4
_VERB = re.compile("ن?می(?=..)")
_PERSON = re.compile("(?<=..)(?:یم|ید|ند|م|ی|د)$")


@cache
def _listed() -> dict[str, str]:
    """Folded words by folded plural and ordinal."""
    found = dict(pairs(fold_for_search(_LISTED)))
    for number in fold_for_search(_NUMBERS).split():
        found |= {f"{number}م": number, f"{number}مین": number}
    return found


def _stems(word: str, known: Container[str]) -> set[str]:
    """Return what is left of a folded word without its endings, and a key of the verb (`می…`) for its persons.

    Of three letters only a `known` word is left: پدرم is "my father".
    """
    found = set()
    owned = _OWNER.sub("", word)
    if owned != word and (len(owned) > 3 or (len(owned) == 3 and owned in known)):
        found.add(owned)
    for ending, least, instead in _BEHIND:
        stem = ending.sub(instead, word)
        if stem != word and len(stem) >= least:
            found.add(stem)
    if match := _VERB.match(word):
        rest = word[match.end() :]
        found.add("می" + rest)
        if _PERSON.search(rest):
            found.add("می" + _PERSON.sub("", rest) + "-")
    return found


def persian_keys(word: str, lemmas: Lemmas) -> set[str]:
    """Return the keys of a folded word."""
    stems = _stems(word, lemmas)
    listed = _listed()
    further = _verbs(word, stems, lemmas) | {listed[stem] for stem in {word, *stems} if stem in listed}
    if word.endswith("اء") and len(word) > _SHORTEST:  # امضاء, also written امضا; ماء, water, is not ما, we
        further.add(word[:-1])
    if word in lemmas:
        return {lemmas[word], _A.sub("", word), *(stem for stem in stems if stem.startswith("می")), *further}
    return with_lemmas(stems, lemmas) | further


def _verbs(word: str, stems: set[str], lemmas: Lemmas) -> set[str]:
    """Return the folded infinitives that a folded word is a form of, itself, by a dictionary, or as a participle.

    A word that a dictionary has as it is, is the past or a participle at the most: نبرد is a battle, شدید severe.
    """
    verbs = infinitives_by_form()
    forms = (word, lemmas.get(word, ""), *(stem for stem in stems if stem.endswith("ه")))
    found = {verb for form in forms for verb in verbs.get(form, ())}
    is_word = lemmas.get(word) == word
    return {verb for verb in found if not (is_word and not verb.startswith(word.removesuffix("ه")))}
