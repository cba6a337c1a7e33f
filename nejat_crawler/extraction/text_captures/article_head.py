"""What stands above the text of an article on its own page: title, category, date, alt text of the lead image."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.home_listing import TITLE_LIMIT
from nejat_crawler.extraction.text_captures.text_lines import (
    after_menus,
    as_typed,
    glued_date,
    is_caption,
    repeated_lines,
    shown_line,
    site_names,
)
from nejat_crawler.folding import fold_for_search

_LONG = 120  # characters; a longer paragraph is text, no title
_HEADING_NEVER_ENDS_IN = (".", ":", "؛", ";", "،", ",")
_ALT_NEVER_ENDS_IN = ("?", "؟", "!")
_BY = ("by ", "from ", "به قلم", "نویسنده", "بقلم", "nga ")


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What stands above a text; `below` is the index of its first line."""

    title: str
    below: int
    category: str = ""
    published: str = ""
    comments: str = ""
    lead: str = ""


def next_line(lines: list[str], place: int) -> str:
    """The next line that is not blank, `""` at the end."""
    return next((line for raw in lines[place + 1 :] if (line := shown_line(raw))), "")


def next_places(lines: list[str], start: int, most: int) -> list[int]:
    """Indices of the next `most` lines that are not blank."""
    found: list[int] = []
    for place in range(start, len(lines)):
        if shown_line(lines[place]):
            found.append(place)
            if len(found) == most:
                break
    return found


def below_breadcrumb(lines: list[str], signs: str) -> ArticleHead | None:
    """The head of an article below `Home » Category » Title`, which names its title and category."""
    for place, raw in enumerate(lines):
        crumb = printed_labels.HOME.fullmatch(shown_line(raw))
        if crumb is None or raw[:1].isspace() or (crumb["sign"] or " ") not in signs:
            continue
        rest = crumb["rest"]
        near = next_places(lines, place + 1, 4)
        titles = [at for at in near if rest.endswith(shown_line(lines[at])) and not lines[at][:1].isspace()]
        if not titles:
            continue
        at = max(titles, key=lambda index: len(shown_line(lines[index])))
        title = shown_line(lines[at])
        if len(rest) == len(title):
            if printed_labels.BYLINE_DATED.fullmatch(
                next_line(lines, at)
            ):  # `Home Training`, `Training`, and no title
                return _read_meta(lines, "", at, title)
            if not crumb["sign"]:
                continue  # nothing but a sentence that repeats itself
        category = rest[: -len(title)].strip(" »›/>")
        between = " ".join(shown_line(line) for line in lines[place + 1 : at]).strip()
        is_level = not any(sign in category for sign in "»›>/")
        # Without signs a crumb may name two levels: the line above the title tells.
        sure = is_level and (between.startswith(category) if between or not crumb["sign"] else True)
        return _with_lead(_read_meta(lines, title, at, category if sure else ""), lines)
    return None


def _with_lead(head: ArticleHead, lines: list[str]) -> ArticleHead:
    """The head with the lead image's alt text: the line below the title that is the title or a picture's."""
    near = next_places(lines, head.below, 1)
    if head.lead or not near or (near[0] + 1 < len(lines) and shown_line(lines[near[0] + 1])):
        return head
    line = shown_line(lines[near[0]])
    pictures = repeated_lines(lines[near[0] + 1 :]) if is_caption(line) else set()
    return (
        replace(head, below=near[0] + 1, lead=line) if as_typed(line) in {as_typed(head.title), *pictures} else head
    )


def above_date(lines: list[str], *, bylined: bool = False) -> ArticleHead | None:
    """The head of an article whose account and date stand right below its title."""
    start = after_menus(lines)
    near = next_places(lines, start, 6)
    names = site_names(lines)
    for number, at in enumerate(near[1:], start=1):
        line = shown_line(lines[at])
        title_at = near[number - 1]
        if not (printed_labels.BYLINE_DATED.fullmatch(line) or (not bylined and _is_stamp(lines, at))):
            continue
        if not bylined and number > 1 and shown_line(lines[at - 1]) and printed_labels.RELATIVE.fullmatch(line):
            title_at = near[number - 2]  # the account stands between
        title = shown_line(lines[title_at])
        above = [shown_line(lines[place]) for place in near[: near.index(title_at)]]
        above = [text for text in above if text.removeprefix("• ") not in names]
        if len(title) > TITLE_LIMIT or len(above) > 1 or any(printed_labels.HOME.fullmatch(text) for text in above):
            return None
        return _read_meta(lines, title, title_at, above[0] if above else "")
    return None


def _is_stamp(lines: list[str], place: int) -> bool:
    """Whether a line is the theme's: an account run into its date, or `3 years ago` below an account."""
    line = shown_line(lines[place])
    glued = glued_date(line)
    if glued and glued.start("published") > 0:
        return True
    return bool(printed_labels.RELATIVE.fullmatch(line))


def _read_meta(lines: list[str], title: str, title_at: int, category: str) -> ArticleHead:
    """The date and the lead image's alt text, which stand in one paragraph below the title; the text is below."""
    near = next_places(lines, title_at + 1, 1)
    if not near:
        return ArticleHead(title, len(lines), category)
    begin = near[0]
    end = next((place for place in range(begin, len(lines)) if not shown_line(lines[place])), len(lines))
    paragraph = [shown_line(line) for line in lines[begin:end]]
    dates: list[str] = []
    stamps = -1
    comments = ""
    for number, line in enumerate(paragraph):
        dated = printed_labels.BYLINE_DATED.fullmatch(line) or glued_date(line)
        if dated and (dated.re is printed_labels.BYLINE_DATED or dated.start("published") > 0):
            dates.append(dated["published"])
            stamps = number
        elif printed_labels.RELATIVE.fullmatch(line) and number <= 1:
            stamps = number
        elif stamps == number - 1 >= 0 and printed_labels.COUNTS.fullmatch(line):
            comments = line.split(" ")[0] if " " in line else ""
            stamps = number
        elif stamps >= 0 or number:
            break
    if stamps < 0:
        return ArticleHead(title, begin, category)
    published = dates[0] if len(set(dates)) == 1 else ""
    alts = paragraph[stamps + 1 :]
    # More than one line is the text itself, set right below.
    if len(alts) > 1:
        return ArticleHead(title, begin + stamps + 1, category, published, comments)
    return ArticleHead(title, end, category, published, comments, alts[0] if alts else "")


def by_shape(lines: list[str], *, alt_expected: bool = False) -> ArticleHead | None:
    """The head of an article that shows its title only: sure where one short line stands above the text."""
    names = site_names(lines)
    start = after_menus(lines)
    near = next_places(lines, start, 5)
    while near and shown_line(lines[near[0]]).removeprefix("• ") in names:
        near = near[1:]
    if len(near) < 2:
        return None
    first, second, third = (shown_line(lines[place]) for place in (*near, near[-1])[:3])
    if not _is_heading(first):
        return None
    is_title_again = fold_for_search(first) == fold_for_search(second)
    # A line with a date opens a letter: it is neither an alt text nor the day of the article.
    if not _is_heading(second) or second.casefold().startswith(_BY) or printed_labels.DATE_ALONE.search(second):
        return ArticleHead(first, near[1])
    if alt_expected and not is_title_again and second.rstrip("”\"'’»)").endswith(_ALT_NEVER_ENDS_IN):
        return ArticleHead(first, near[1])
    if (is_title_again or alt_expected) and len(near) > 2 and not _is_heading(third):
        return ArticleHead(first, near[2], lead=second)
    return None


def _is_heading(line: str) -> bool:
    return len(line) <= _LONG and not line.endswith(_HEADING_NEVER_ENDS_IN)
