"""What people say for their company: "our antibody" is the giver's, "our sales force" and "our portfolio" the taker's.

    spoken(sentences) -> (number, slot, start and end within the sentence) of each such word in direct speech

Whose words they are is said in the paragraph: "said the chief executive of §1§", "§1§'s president added".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deals.masked import Masked
from deals.patterns import lowered

_HEAD = (
    r"(?:chief|ceo|cso|cmo|coo|president|chair\w*|director|head|officer|founder|manager|executive|vice|"
    r"spokes\w+|official|"
    r"managing|leader|svp|evp|secretary|professor|responsible person)"
)
_SPEAKER = lowered(
    rf"§(\d+)§[’']s? (?:[\w&-]+,? ){{0,8}}?{_HEAD}\b|\b{_HEAD}\b[^.;§”“\"]{{0,90}}?(?: of| at| for| with|,) §(\d+)§|"
    r"§(\d+)§ (?:said|says|added|commented|stated)\b|\b(?:said|says|added|commented|stated) §(\d+)§"
)
_THING = (
    r"(?:technolog\w+|platform|drug|product|antibod\w+|vaccine|candidate|compound|therap\w+|medicine|invention|"
    r"innovation|"
    r"discover\w+|molecule|programme?|inhibitor|science|patents?|device|test|asset)"
)
SPOKEN = (
    (
        "says-ours",
        lowered(
            rf"\b(?:our|we) (?:\w+ )?(?:own |lead |first |novel |proprietary |unique )*(?:[\w-]+ ){{0,2}}?{_THING}\b"
        ),
    ),
    (
        "says-added",
        lowered(
            r"\bour (?:[\w-]+ ){0,5}?(?:portfolio|pipeline|franchise|sales force|field force|commercial\w*|"
            r"product line|offering|"
            r"footprint|presence|network|business|customers|range)\b|\b(?:add|adding|addition|complement\w*|"
            r"fits?) (?:\w+ )"
            r"{0,4}(?:to )?our\b"
        ),
    ),
)


def spoken(sentences: Sequence[Masked]) -> Iterator[tuple[int, str, Masked, int, int]]:
    """Yield whose side each telling word of direct speech shows: organisation, slot, sentence and place in it."""
    speakers: dict[int, int] = {}
    for one in sentences:
        if "§" in one.text and (match := _SPEAKER.search(one.text.lower())) is not None:
            speakers.setdefault(one.sentence.paragraph, int(next(group for group in match.groups() if group)))
    for one in sentences:
        if one.sentence.section != "quote" or one.sentence.paragraph not in speakers:
            continue
        text = one.text.lower()
        added = [match.span() for match in SPOKEN[1][1].finditer(text)]
        for name, pattern in SPOKEN:
            for match in pattern.finditer(text):
                if name == "says-added" or not any(low < match.end() and match.start() < high for low, high in added):
                    yield speakers[one.sentence.paragraph], name, one, match.start(), match.end()
