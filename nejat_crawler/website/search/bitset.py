"""Sets of articles as the bits of a whole number: bit 0 is the newest article, bit 1 the one before it.

To join, cut and count sets of 60,000 takes some microseconds each, and no library of arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def gather(places: Iterable[int], size: int) -> int:
    """The set of `places`, each from 0 to `size` - 1; -1 is no place.

    >>> bin(gather([0, 3, -1], 8))
    '0b1001'
    """
    digits = bytearray(b"0") * (size + 1)  # of a number in base 2, and one for -1
    last = size - 1
    for place in places:
        digits[last - place] = 49  # "1"
    return int(digits[:size] or b"0", 2)


def members(bits: int, *, backwards: bool = False) -> Iterator[int]:
    """The places in a set, from the newest or, `backwards`, from the oldest.

    >>> list(members(0b1001)), list(members(0b1001, backwards=True))
    ([0, 3], [3, 0])
    """
    digits = f"{bits:b}"
    last = len(digits) - 1
    at = digits.find("1") if backwards else digits.rfind("1")
    while at >= 0:
        yield last - at
        at = digits.find("1", at + 1) if backwards else digits.rfind("1", 0, at)


def older(bits: int, place: int) -> Iterator[int]:
    """The places in a set after `place`, the nearest first."""
    bits >>= place + 1
    while bits:
        nearest = (bits & -bits).bit_length() - 1
        yield place + 1 + nearest
        bits &= bits - 1


def newer(bits: int, place: int) -> Iterator[int]:
    """The places in a set before `place`, the nearest first."""
    bits &= (1 << place) - 1
    while bits:
        nearest = bits.bit_length() - 1
        yield nearest
        bits ^= 1 << nearest
