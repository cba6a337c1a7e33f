"""The timeline of messages that Soledad shows: bullets without title or date, each with a share bar."""

from __future__ import annotations

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.excerpts.excerpt_lines import broken_off, is_foot
from nejat_crawler.extraction.text_captures.layout import TextCut
from nejat_crawler.extraction.text_captures.repeats import date_line
from nejat_crawler.extraction.text_captures.text_lines import is_share_bar, shown_line

_LATEST = frozenset({"Latest Posts", "آخرین نوشته‌ها", "أحدث المقالات", "Postimet e fundit"})
_SHORTEST_MESSAGE = 60  # characters; a shorter bullet may be of a menu
_MOST_LINES = 12


def cut_soledad_telex(lines: list[str]) -> TextCut | None:
    """Nothing of it is an article: each message is none whose title is known."""
    shown = [line for raw in lines if (line := shown_line(raw))]
    start = _first_message(shown)
    if start is None:
        return None
    messages: list[str] = []
    message: list[str] = []
    for line in shown[start:]:
        if is_share_bar(line):
            messages += ["\n".join(message)] if message else []
            message = []
        elif not message and not line.startswith("•"):
            if is_foot(line):
                break
            message = [line]
        else:
            message.append(line)
    cut_off = broken_off(message) if message and not any(map(_ends_page, message)) else None
    return TextCut((), cut_off, tuple(messages))


def _first_message(shown: list[str]) -> int | None:
    """Index of the first bullet below `Home » Telex`, `Telex`, `Latest Posts`, or with a share bar below it."""
    for place, line in enumerate(shown):
        crumb = printed_labels.HOME.fullmatch(line)
        if crumb and crumb["sign"] and shown[place + 1 : place + 2] == [crumb["rest"]]:
            bullet = next(
                (at for at in range(place + 2, min(place + 4, len(shown))) if shown[at].startswith("•")), None
            )
            if bullet is not None and (shown[bullet - 1] in _LATEST or any(map(is_share_bar, shown[bullet:]))):
                return bullet
    messages = [place for place in range(len(shown)) if _is_message(shown, place)]
    return messages[0] if len(messages) > 1 else None


def _is_message(shown: list[str], place: int) -> bool:
    """Whether a bullet is a text that ends, a few lines below, with a share bar and no date."""
    if not shown[place].startswith("•") or len(shown[place]) < _SHORTEST_MESSAGE:
        return False
    below = shown[place + 1 : place + 1 + _MOST_LINES]
    bar = next((at for at, line in enumerate(below) if is_share_bar(line)), None)
    return bar is not None and not any(line.startswith("•") or date_line(line) for line in below[:bar])


def _ends_page(line: str) -> bool:
    return not line.startswith("•") and is_foot(line)
