"""Whether an article announces an agreement (keep), perhaps does, or does not, with the reason in words.

The score is the probability that it does, from its signs, its grammar and its wording with learned weights
(deals/features.py, deals/parties.py, deals/wording.py). Rumours, non-binding letters, round-ups, contract services and
purchases of a single product are "perhaps" whatever the score says, as careful readers differ on them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deals.kinds import OTHER_KINDS, PERHAPS_KINDS, agreement_kind, kind_of
from deals.reasons import reason_against, reason_for
from deals.weights import probability
from lexicon import Lexicon
from news.reading import DEAL_KINDS, DealEventName, Kind, Status

KEEP = 0.37
PERHAPS = 0.18
_UNSIGNED = 0.1
_CERTAIN = 0.6
_RULED = 0.02
"""Thresholds of the score, chosen by cross-validation. Talks and letters are perhaps at most, and so from a lower one
on; where only one party is found, an agreement must be all the surer. `_RULED` is about how many of those that headline
or first sentence say to be other news careful readers keep, or perhaps keep."""


_TAKEN_OVER = frozenset(
    {"t#take-over", "f#take-over", "t#merger-agreement", "t#per-share", "f#per-share", "t#offering", "f#offering"}
)
# Headlines (t) and first sentences (f) that leave no doubt: all of the first set, none of the second.
_WRITTEN: tuple[tuple[Kind, str, str], ...] = (
    ("financing", "t#royalty-finance", "t#licence-agreement t#licence-noun"),
    (
        "financing",
        "f#royalty-finance t#royalties",
        "t#licence-agreement t#licence-noun t#licence-verb t#obtain t#grant f#licence-noun",
    ),
    ("acquisition", "t#merger-agreement f#take-over", "t#rights t#licence-noun t#licence-verb t#licence-agreement"),
    ("legal", "t#court", "b#lawsuit-end l#lawsuit-end f#lawsuit-end t#settle t#licence-agreement t#grant"),
    ("event", "t#present", "t+deal"),
    ("earnings", "t#results-period", "t#sign-agreement t#partner-with t#licence-agreement"),
    ("earnings", "t#update", "t#sign-agreement t#partner-with t#licence-agreement"),
    (
        "other",
        "t#awareness",
        "t#licence-agreement t#licence-noun t#licence-verb b#upfront t#amend t#study-together e#changed",
    ),
    ("other", "t#promotion", "t+deal"),
    ("regulatory", "t#permit", "t#licence-agreement"),
    ("other", "t+none", "b#life-1 t#life f#life b#milestone b#royalties b#licence-noun b#licence-verb e#changed"),
    ("regulatory", "t#approval t+none", "t#milestone t#rights"),
    ("regulatory", "t#application t+none", "t#milestone t#rights"),
)
_OTHER_NEWS: tuple[tuple[Kind, frozenset[str], frozenset[str]], ...] = tuple(
    (kind, frozenset(needed.split()), frozenset(excused.split())) for kind, needed, excused in _WRITTEN
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an article is: the score, whether it is kept or perhaps, its kind, and why.

    `likelihood` is what the weights alone say; `ruled` whether headline or first sentence leave no doubt that it is
    other news, whatever the weights say.
    """

    keep: bool
    perhaps: bool
    score: float
    kind: Kind
    reason: str
    likelihood: float
    ruled: bool = False


def recognise(
    features: frozenset[str],
    event: DealEventName,
    status: Status,
    names: tuple[str, ...],
    lexicon: Lexicon,
    *,
    roundup: bool,
) -> Recognised:
    """Return the judgement on an article, given its features and what was read of its event, status and parties."""
    score = likelihood = round(probability(features, lexicon.learned["recognise"]), 4)
    if (ruled := other_news(features)) is not None:
        return replace(ruled, likelihood=likelihood)
    unsigned = status in {"rumoured", "non-binding"} and len(names) > 1 and score >= _UNSIGNED
    unsigned = unsigned and not _TAKEN_OVER & features
    unlikely = score < PERHAPS or (score < KEEP and len(names) < 2)
    if unlikely and not unsigned:
        score = min(score, round(PERHAPS / 2, 4))
        kind = kind_of(features, OTHER_KINDS, lexicon)
        return Recognised(False, False, score, kind, reason_against(kind, features), likelihood)
    among = PERHAPS_KINDS if score < KEEP else DEAL_KINDS
    if event == "option-exercise":
        among = tuple(kind for kind in among if kind != "option")  # what was an option is a licence now
    kind = agreement_kind(features, among, lexicon)
    if kind == "distribution" and {"t#informatics", "f#informatics"} & features and "t#distribution" not in features:
        kind = "collaboration"
    doubt = _doubt(kind, status, names, features, score, roundup=roundup)
    keep = score >= KEEP and not doubt
    if not keep:
        score = min(score, KEEP)
    reason = reason_for(kind, event, names)
    if not keep:
        reason = f"{reason}; {doubt or 'not sure that it is the main news'}"
    return Recognised(keep, not keep, score, kind, reason, likelihood)


def other_news(features: frozenset[str]) -> Recognised | None:
    """Return the judgement on an article that is other news whatever else it mentions, or None.

    Its features without the grammar and the wording are enough (`features` and `together` of deals/features.py).
    """
    for kind, needed, excused in _OTHER_NEWS:
        if needed <= features and not excused & features:
            return Recognised(False, False, _RULED, kind, reason_against(kind, features), _RULED, ruled=True)
    return None


def _doubt(
    kind: Kind, status: Status, names: tuple[str, ...], features: frozenset[str], score: float, *, roundup: bool
) -> str:
    """Return why careful readers would differ, or "" where they would not."""
    informatics = "t#informatics" in features or {"f#informatics", "l#services"} <= features
    doubts = (
        (roundup, "a round-up of several deals"),
        (status == "rumoured", "talks or a rumour, nothing signed"),
        (status == "non-binding", "a non-binding letter"),
        (kind == "manufacturing", "contract manufacturing or services"),
        (kind == "acquisition", "the purchase of a product"),
        (informatics, "an IT, telehealth or reseller partnership"),
        (len(names) < 2 and score < _CERTAIN, "no second party named"),
    )
    return next((words for doubted, words in doubts if doubted), "")
