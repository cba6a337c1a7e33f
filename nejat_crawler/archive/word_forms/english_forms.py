"""English: what a dictionary does not list because it is regular."""

from __future__ import annotations

import re

from nejat_crawler.archive.word_forms.dictionary import Lemmas, with_lemmas
from nejat_crawler.archive.word_forms.word_lists import pairs

_ENDINGS = (
    (re.compile("ies$"), "y"),
    (re.compile("ves$"), "fe"),
    (re.compile("ves$"), "f"),
    (re.compile("(?<=[sxz])es$|(?<=[cs]h)es$"), ""),
    (re.compile("(?<=[^su])s$"), ""),
)
_DOUBLED = re.compile("([bdglmnprt])\\1$")
_LAST_DOUBLED = re.compile("(?<=....l)l$|(?<=....r)r$|(?<=....c)k$")  # travelled, preferred, panicked
_COMPARED = re.compile("([bdgmnt])\\1er$")
_NO_VERB = frozenset({"evening", "morning", "during", "ceiling"})


# Forms that dictionaries list as words of their own, or under another; not those that are another word as often
# (bound, ground, wound, bit).
_LISTED = """
    gone go  thought think  thinking think  left leave  felt feel  broke break  rose rise  won win  shook shake
    shot shoot  drunk drink  swore swear  swearing swear  bore bear  slew slay  worse bad  further far  bases basis
"""
_WORDS = dict(pairs(_LISTED))
# British spellings, and the American ones that they share a key with, where a dictionary has those.
_AMERICAN = (
    (re.compile("(?<=...)is(?=(?:e|e[sdr]|ers|ing|ations?)$)"), "iz"),
    (re.compile("(?<=...)ys(?=(?:e|e[sdr]|ing)$)"), "yz"),
    (re.compile("(?<=...)our(?=$|s$|ed$|ing$|able$|ably$|ites?$|hoods?$|ly$)"), "or"),
    (re.compile("(?<=..[bt])re(?=s?$)"), "er"),
    (re.compile("(?<=en)ce(?=s?$)"), "se"),
    (re.compile("(?<=...g)ement(?=s?$)"), "ment"),
    (re.compile("(?<=...m)me(?=s?$)"), ""),
    (re.compile("(?<=log)ue(?=s?$)"), ""),
)
_SHORTEST = 3
_PEOPLES = """
    american mexican african european korean german afghan kurd arab turk iraqi saudi israeli pakistani kuwaiti yemeni
    qatari emirati bahraini omani azeri muslim shiite sunni jew swede dane greek serb croat kosovar briton
"""
_ONE_OF_PEOPLE = frozenset(_PEOPLES.split())


def is_of_people(word: str) -> bool:
    """Whether a folded word is one of a people, or many: their plural is regular, and no dictionary lists it."""
    one = word.removesuffix("s")
    return one in _ONE_OF_PEOPLE or (one.endswith("ian") and len(one) > _SHORTEST + 2)


def _singulars(word: str) -> set[str]:
    """Return the singular that a folded plural may have."""
    found = {ending.sub(instead, word) for ending, instead in _ENDINGS}
    return {stem for stem in found if stem != word and len(stem) >= _SHORTEST}


def _verbs(word: str) -> set[str]:
    """Return the verbs that a folded word in `ing` may come from: dictionaries list writing beside to write."""
    if not word.endswith("ing") or len(word) < _SHORTEST + 3 or word in _NO_VERB:
        return set()
    stem = word.removesuffix("ing")
    return {stem, stem + "e", _DOUBLED.sub(r"\1", stem)}


def _american(word: str, lemmas: Lemmas) -> set[str]:
    """Return the dictionary words of American spellings of a folded word: organization of organisations."""
    found = {here.sub(there, word) for here, there in _AMERICAN}
    return {lemmas[spelling] for spelling in found if spelling != word and spelling in lemmas}


def english_keys(word: str, lemmas: Lemmas) -> set[str]:
    """Return the keys of a folded word."""
    listed = {_WORDS[word]} if word in _WORDS else set()
    return listed | _american(word, lemmas) | _by_rule(word, lemmas)


def _by_rule(word: str, lemmas: Lemmas) -> set[str]:
    """Return what a dictionary has a folded word under, or else what rules make of it."""
    stems = _singulars(word)
    known = lemmas.get(word)
    if known is None or is_of_people(word):
        return with_lemmas(stems, lemmas)
    if _COMPARED.search(word) and lemmas.get(f"{word[:-1]}st") == word[:-3]:
        return {word[:-3]}  # bigger, as biggest
    # wives is listed for the verb to wive alone; but news, a word of its own, is no plural of new
    further = _verbs(word) if known == word else stems
    if (verb := _LAST_DOUBLED.sub("", known)) != known:
        further = {*further, verb}
    return {known, *(stem for stem in further if lemmas.get(stem) == stem)}
