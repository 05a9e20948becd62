"""Two names of one product, as articles write them: `aliases(text) -> ((place, other), …)`.

"Gleneva® (dorvelimab)", "dorvelimab (Gleneva)", "HLV-220, also known as dorvelimab", "HLV-220 (formerly LMR-11)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = r"[®™]{0,2}(?:\s?\((?:R|TM|r|tm)\))?"
_NAME = r"[A-Za-z][A-Za-z0-9-]{2,30}(?: [a-z]{5,20}){0,2}"
_BRACKETS = re.compile(
    rf"(?<![\w-])({_NAME}){_MARK} \((?:(?:formerly|also|previously|or|INN|generic name|known as|marketed as|sold as|"
    rf"brand name|trade name)[\w ]{{0,14}}:? )?({_NAME}){_MARK}[^()]{{0,60}}\)"
)
_CALLED = re.compile(
    rf"(?<![\w-])({_NAME}){_MARK},? (?:also |formerly |previously |now )?"
    rf"(?:known|marketed|sold|branded|referred to) as (?:the )?[“\"]?({_NAME})"
)


def aliases(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the places, in pairs, of names that stand for one thing; both need not be products'."""
    for pattern in (_BRACKETS, _CALLED):
        for match in pattern.finditer(text):
            yield match.span(1), match.span(2)
