"""The day on which an agreement was announced: the dateline's, one that stands alone, the page's or the feed's.

The earliest credible day wins: a feed or a page may be younger than the news that it repeats, and a page's day before
the dateline's is the first report. What the body says about other days ("in March 2016") is no announcement.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from deals.document import Document
from lexicon.months import MONTH, number_of
from news.reading import Announced, DateFrom

_DAY = re.compile(
    (
        rf"(?<![\w])(?:(?P<m1>{MONTH})\.?\s?(?P<d1>\d{{1,2}})(?:st|nd|rd|"
        rf"th)?,?\s{{0,2}}(?P<y1>(?:19|20)\d\d)|(?P<d2>\d{{1,2}})(?:st|nd|rd|"
        rf"th)?\s(?:of\s)?(?P<m2>{MONTH})\.?,?\s(?P<y2>(?:19|20)\d\d)"
        r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d))(?!\d)"
    ),
    re.IGNORECASE,
)
_GLUED_DAY = re.compile(
    rf"(?<=,)(?P<m1>{MONTH})\.?\s?(?P<d1>\d{{1,2}}),?\s{{0,2}}(?P<y1>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_DATELINE_LETTERS = 700
_OTHER_DAY = re.compile(
    r"\b(?:on|in|since|until|by|from|for|to|of|dated|ended|ending|through|before|after|signed|announced on|effective|"
    r"as of|born|completed|closed|filed|granted|dosed|scheduled|held)\s(?:or about\s)?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\.?\s{0,2}(?:REUTERS|Reuters/|AFP|AP Photo|Getty|\((?:Photo|AP)|Picture taken|Photo(?:graph)?\b)"
)
_PICTURED = re.compile(r"\b(?:FILE PHOTO|File photo|pictured|(?:is|are) (?:seen|shown|displayed))\b[^\n]{0,160}$")
_AGO = timedelta(days=31)
_SENTENCE_ENDS = re.compile(r"[a-z]{3}[.!?]\s")


def announced_of(document: Document, published: date | None, published_from: DateFrom) -> Announced | None:
    """Return the announcement day with its words, or None where nothing gives one."""
    found = _dateline(document) or _alone(document)
    if found is None:
        return None if published is None else Announced(published, published_from)
    if published is not None and (found.on > published or published_from == "first-seen"):
        if published < found.on <= published + timedelta(days=1):
            return found  # another time zone's day
        if found.on > published:
            return (
                Announced(published, published_from)
                if found.on - published <= _AGO or published_from != "first-seen"
                else found
            )
    return found


def _dateline(document: Document) -> Announced | None:
    """Return the day in the dateline: at the head of the text, before the first sentence has ended."""
    head = document.text[:_DATELINE_LETTERS]
    for match in sorted([*_DAY.finditer(head), *_GLUED_DAY.finditer(head)], key=lambda m: m.start()):
        day = _day(match)
        before = head[: match.start()]
        if day is None or _OTHER_DAY.search(before) or _is_caption(head, match):
            continue
        title = document.title
        skipped = len(title) if title and before.startswith(title[:40]) else 0
        if _SENTENCE_ENDS.search(before[skipped:]) and not _introduces(head, match.end()):
            return None
        if len(before) - skipped < 160 or _introduces(head, match.end()):
            return Announced(day, "dateline", document.evidence("text", match.start(), match.end()))
    return None


def _is_caption(head: str, match: re.Match[str]) -> bool:
    """Whether a day is that of a picture, which says when it was taken."""
    behind = _CAPTION.match(head, match.end()) is not None
    return behind or _PICTURED.search(head, max(0, match.start() - 200), match.start()) is not None


def _introduces(head: str, end: int) -> bool:
    """Whether a date is followed by what follows datelines: a dash, a wire's name, a bracket."""
    return re.match(r"\s*(?:[-–—]|/|\(|:|\d{1,2}:\d\d)", head[end : end + 12]) is not None


def _alone(document: Document) -> Announced | None:
    """Return the day that is a line of its own, as the signatures of trade news are."""
    for match in _DAY.finditer(document.text):
        day = _day(match)
        start = document.text.rfind("\n", 0, match.start()) + 1
        end = document.text.find("\n", match.end())
        line = document.text[start : end if end >= 0 else len(document.text)].strip()
        if day is not None and len(line) - len(match.group()) <= 24 and "." not in line[len(match.group()) :]:
            return Announced(day, "text", document.evidence("text", match.start(), match.end()))
    return None


def _day(match: re.Match[str]) -> date | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value}
    month = int(parts["m"]) if parts["m"].isdigit() else number_of(parts["m"])
    try:
        return date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:
        return None
