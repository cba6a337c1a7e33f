"""How a name sounds: whether two words may be spellings that transliteration and keyboards give one name."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import Levenshtein

from nejat_crawler.website.search.spelling.arabic import arabic_alike, arabic_keys

# Latin letters are read as sounds, a character each. Consonants are themselves but for those in the table and Y (y
# between vowels); vowels are a, e, I, U, and O: e or u after U in the last syllable (Yousef, Yusuf).
_LETTERS = {
    **dict.fromkeys(("tsch", "tch", "ch"), "C"),
    **dict.fromkeys(("djh", "dzh", "dj", "zh", "jh", "gj", "xh"), "j"),
    **dict.fromkeys(("sch", "sh"), "S"),
    **dict.fromkeys(("kh", "x"), "K"),
    **dict(zip(("gh", "ph", "th", "dh", "c"), "GftDk", strict=True)),
}
_READ = re.compile(
    r"(?P<Ula>[aou](?:l+ah|lla)$)"  # Abdollah, Abdullah, Abdallah
    r"|(?P<kv>qu(?=[aei])|k[uw](?=[aei]))|(?P<g>gu(?=[ei]))"
    rf"|{'|'.join(_LETTERS)}"
    r"|(?P<silent>(?<=[aeo])h$)"
    r"|(?P<U>(?:ow|au)(?![aeiouy])|ou|oo|u|o)|(?P<v>w)"
)
_VOWELS_READ = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<![aeU])i(?:e?[ei]|y[ei])$", "IYI"),  # Shafiee, Shafi'i; Shafi is another
        (r"[ae]+y+i+$", "aI"),
        (r"(?<=[aeU])y+(?=[aeiU])", "Y"),
        (r"a?e+[iy]+e?(?![aeU])|a[ei]e+(?![aU])|a[iy]+(?![aeU])|a[iy]+[iy](?=[aeU])", "aI"),
        (r"(?<![aeU])ie(?=[^aeiyU])", "I"),
        (r"ee|i[iy]*|y(?![aeiU])|(?<![aeU])y", "I"),
        (r"e+(?=[IY])", "a"),
        (r"(.)\1+", r"\1"),
        (r"(?<=U)([^aeIU]+)[eU](?=[^aeIU]I?$)", r"\1O"),
    )
)
_VOWELS = "aeIUO"

# What it costs to read one sound for another; to leave one out, see `_left_out`. Anything else is another name.
_VOWEL_COSTS = {"ae": 0.1, "eI": 0.2, "aU": 0.4, "eU": 0.5, "aI": 0.6, "UO": 0.1, "eO": 0.1, "aO": 0.4, "IO": 0.3}
_THROAT_COSTS = {"qG": 0.0, "qk": 0.3, "qg": 0.3, "Gg": 0.3, "Gk": 0.7, "Kk": 0.4, "Kh": 0.6}
_OTHER_COSTS = {"Ss": 0.5, "SC": 0.3, "sz": 0.6, "zD": 0.2, "dD": 0.1, "jI": 0.4, "YI": 0.2}
_COSTS = _VOWEL_COSTS | _THROAT_COSTS | _OTHER_COSTS
_SUBSTITUTES = {**_COSTS, **{pair[::-1]: cost for pair, cost in _COSTS.items()}}
_FIRST = {"ae": 0.5, "ea": 0.5, "eI": 0.1, "Ie": 0.1}  # at the beginning: Ebrahim and Ibrahim, not Abadi and Ebadi
_LAST = {"sz": 0.3, "zs": 0.3}
_ALLOWED = (0.0, 0.0, 0.0, 0.0, 0.15, 0.3, 0.4, 0.5, 0.6)  # by the number of sounds: short names have many neighbours
_NEVER = 9.0

# The second vowel of three consonants tells names apart: Hamid and Hamed, Kamal and Kamel, Nasiri and Naseri. But
# Khaled is Khalid; that the archive tells, if it holds خالد and no خلید, while both حامد and حمید.
_ROOT = re.compile(rf"([^{_VOWELS}]?)([{_VOWELS}])([^{_VOWELS}Y])([{_VOWELS}])([^{_VOWELS}])(I?)")
_IN_ARABIC = dict(zip("bpCKdrSfkglmnvI", "بپچخدرشفکگلمنوی", strict=True)) | dict(
    zip("tjhsDzqG", ("تط", "جژ", "هح", "سصث", "ذضظ", "زذضظ", "قغ", "قغ"), strict=True)
)
_SWALLOWED = re.compile(rf"([^{_VOWELS}])[{_VOWELS}]\1")  # a syllable that begins as the next one does
_LEAST_SWALLOWED = 7

# Coarser: vowels within are left out, and sounds that may stand for each other are one.
_CLASSES = str.maketrans({**dict.fromkeys("qGgK", "k"), **dict.fromkeys("zSCD", "s"), **dict.fromkeys("aeIUOhY")})
_REPEATED = re.compile(r"(.)\1+")
_PERHAPS_SILENT = {"v": re.compile("(?<=[ae])v(?=U)"), "j": re.compile(rf"(?<=[ae])j(?=[^{_VOWELS}])")}
_OPENINGS = str.maketrans("eIUO", "aaoo")


def is_latin(word: str) -> bool:
    """Whether a folded word is in Latin letters."""
    return word < "\u0250"


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """The sounds of a folded word in Latin letters, a character each.

    >>> sound("heyrani"), sound("heirany")
    ('haIranI', 'haIranI')
    """
    word = _READ.sub(_read, word)
    for pattern, replaced in _VOWELS_READ:
        word = pattern.sub(replaced, word)
    return word


def _read(match: re.Match[str]) -> str:
    kind = match.lastgroup
    return _LETTERS[match[0]] if not kind else "" if kind == "silent" else kind


def keys(word: str) -> set[str]:
    """Under what a folded word is to be filed, so that words which may be alike meet under one key at least."""
    if not is_latin(word):
        return arabic_keys(word)
    sounds = sound.__wrapped__(word)  # each word once: nothing to keep
    if not sounds:
        return set()
    readings = {sounds}
    if "D" in sounds:
        readings.add(sounds.replace("D", "d"))
    for silent, pattern in _PERHAPS_SILENT.items():
        if silent in sounds:
            readings |= {pattern.sub("", reading) for reading in readings}
    return {_skeleton(reading) for reading in readings}


def _skeleton(sounds: str) -> str:
    middle = _REPEATED.sub(r"\1", sounds.translate(_CLASSES))
    first = sounds[0].translate(_OPENINGS) if sounds[0] in _VOWELS else ""
    last = sounds[-1].translate(_OPENINGS) if sounds[-1] in "aeU" else "I" if sounds[-1] == "I" else ""
    return f"{first}-{middle}-{last}"


def alike(one: str, other: str, held: Container[str] = ()) -> bool:
    """Whether two folded words may be spellings of one name in an archive that holds the words `held`.

    >>> alike("sullari", "sulollari"), alike("hassan", "hassani"), alike("hamid", "hamed")
    (True, False, False)
    >>> alike("khaled", "khalid", {"خالد"}), alike("hamed", "hamid", {"حامد", "حمید"})
    (True, False)
    """
    if is_latin(one) != is_latin(other):
        return False
    if not is_latin(one):
        return arabic_alike(one, other, held)
    heard = sound(one), sound(other)
    if Levenshtein.distance(*heard, score_cutoff=4) > 4:
        return False
    roots = _ROOT.fullmatch(heard[0]), _ROOT.fullmatch(heard[1])
    if roots[0] and roots[1] and roots[0][4] != roots[1][4]:
        if {roots[0][2] + roots[0][4], roots[1][2] + roots[1][4]} != {"ae", "aI"} or not _of_one_root(roots[0], held):
            return False
        heard = heard[0], roots[1].expand(rf"\1\2\3{roots[0][4]}\5\6")
    shorter = min(map(len, heard))
    allowed = _ALLOWED[min(shorter, len(_ALLOWED) - 1)]
    if _distance(*heard) <= allowed:
        return True
    if max(map(len, heard)) < _LEAST_SWALLOWED:
        return False
    return _distance(_SWALLOWED.sub(r"\1", heard[0]), _SWALLOWED.sub(r"\1", heard[1])) + 0.2 <= allowed


def _of_one_root(root: re.Match[str], held: Container[str]) -> bool:
    """Whether the archive has a name with these consonants in Arabic letters with a long first vowel only."""
    consonants = [_IN_ARABIC.get(root[at], "") for at in (1, 3, 5)]
    ending = "ی" if root[6] else ""
    letters = list(product(*consonants))
    return any(f"{a}ا{b}{c}{ending}" in held for a, b, c in letters) and not any(
        f"{a}{b}ی{c}{ending}" in held for a, b, c in letters
    )


def _left_out(sounds: str, at: int) -> float:
    """What it costs to leave the sound at `at` out."""
    it = sounds[at]
    before, after = sounds[at - 1 : at], sounds[at + 1 : at + 2]
    if not at or not after:
        return _NEVER  # a beginning or an ending makes another name: Hassan, Hassani
    if it == "h":
        return 0.3
    if it == "v":
        return 0.3 if before in "ae" and after == "U" else _NEVER
    if it not in _VOWELS:
        return _NEVER
    if before == "h" and sounds[at - 2 : at - 1] == it:
        return 0.2  # Tehran, Teheran
    if it == "e" and before in "IY":
        return 0.3  # Golpayegani, Golpaygani
    return 0.5 if it in "ae" else 0.6


def _distance(one: str, other: str) -> float:
    """The least cost of reading `one` as `other`."""
    if one == other:
        return 0.0
    dropped = [_left_out(other, at) for at in range(len(other))]
    row = [0.0]
    for cost in dropped:
        row.append(row[-1] + cost)
    for i, mine in enumerate(one):
        drop = _left_out(one, i)
        following = [row[0] + drop]
        for j, its in enumerate(other):
            if mine == its:
                cost = 0.0
            else:
                pair = mine + its
                cost = _SUBSTITUTES.get(pair, _NEVER)
                if i == j == 0:
                    cost = _FIRST.get(pair, cost)
                elif i == len(one) - 1 and j == len(other) - 1:
                    cost = _LAST.get(pair, cost)
            following.append(min(row[j] + cost, row[j + 1] + drop, following[j] + dropped[j]))
        row = following
    return row[-1]
