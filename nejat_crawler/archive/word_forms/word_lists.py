"""Words with what belongs to them, as this folder's tables list them: `gone go  thought think`."""

from __future__ import annotations


def pairs(listed: str) -> list[tuple[str, str]]:
    """Each word with the one behind it; raises ValueError where one stands alone.

    >>> pairs("gone go  thought think")
    [('gone', 'go'), ('thought', 'think')]
    """
    words = listed.split()
    return list(zip(words[::2], words[1::2], strict=True))
