"""Whether two reports can tell the same news, and how much speaks for it: the two relations that grouping is made of.

`contradict` is what keeps two agreements of the same parties apart: another asset, another territory, other sums, a
step that is not the beginning. `bond` is what brings two outlets' words together: the parties, what it is about, equal
sums, a common text, and days that are near each other. Both are symmetric and know nothing of any order of arrival.

A common text never outweighs a contradiction: a company's second release is often its first with another name in it.
"""

from __future__ import annotations

from datetime import timedelta

from stories.facts import Facts, shared
from stories.sketch import contained
from stories.terms import agreeing

SAME_STORY = timedelta(days=10)
"""How far apart two outlets may date the same news: weeklies and trade press come late."""
SAME_STEP = timedelta(days=2)
"""How far apart, where one calls it new and the other a later step, which may as well follow it within days."""
SAME_SIGNING = timedelta(days=3)
"""How far apart two reports that share one party of two may be, though they name the asset and the sums alike."""
COPIED = 0.6
"""A text of which so much stands in another is a copy of it, or an extract."""
_KINSHIP = 0.25
"""Less common text than this is chance: names, titles, terms of the trade."""
_LOOK_NEW = frozenset({"new", "expansion", "amendment"})
"""Events that one outlet calls new and another does not."""
_APART_KINDS = frozenset({"manufacturing", "clinical-collaboration"})
"""Kinds that outlets do not mix up with others: without a sum or a subject in common they are others."""


def contradict(one: Facts, other: Facts) -> bool:
    """Return whether two reports cannot tell the same news."""
    alike, different = agreeing(one.terms, other.terms)
    if one.settled != other.settled or not _same_event(one, other, alike=bool(alike)):
        return True
    if different and not alike and one.settled:  # of a rumour every outlet has figures of its own
        return True
    if not alike and one.region and other.region and one.region.isdisjoint(other.region):
        return True
    return _other_parties(one, other, alike) or differ(one, other, alike=alike)


def bond(one: Facts, other: Facts) -> float:
    """Return how much speaks for two reports telling the same news, if nothing speaks against it: 0 for nothing."""
    parties = shared(one.parties, other.parties)
    if not parties and one.parties and other.parties:  # most pairs end here, before their texts are compared
        return 0.0
    alike, _ = agreeing(one.terms, other.terms)
    common = contained(one.sketch, other.sketch)
    subject = bool(one.subjects & other.subjects)
    if parties < 2 and not _one_side(one, other, parties, alike=bool(alike and subject), common=common):
        return 0.0
    apart = abs(one.day - other.day)
    if apart > SAME_STORY and not recalls(one, other):
        return 0.0
    same_kind = one.terms.kind == other.terms.kind
    if not (same_kind or alike or subject) and {one.terms.kind, other.terms.kind} & _APART_KINDS and common < COPIED:
        return 0.0
    near = max(0.0, 1 - apart / SAME_STORY)
    text = 4 * common if common >= _KINSHIP else 0.0
    return text + 2 * min(alike, 3) + 1.5 * subject + parties + 1.5 * near + 0.5 * same_kind


def recalls(one: Facts, other: Facts) -> bool:
    """Return whether two reports tell one event though months lie between them: a recap has the same figures.

    Without them nothing proves it, and one round sum is no proof either.
    """
    alike, different = agreeing(one.terms, other.terms)
    enough = alike >= 2 or (alike == 1 and not one.subjects.isdisjoint(other.subjects))
    return enough and not different and one.terms.event == other.terms.event


def differ(one: Facts, other: Facts, *, alike: int = 0) -> bool:
    """Return whether both name assets (else targets) and none of them is the same.

    One outlet has the code, another the generic name: with the target, two sums and the days in common they are one.
    """
    if one.assets and other.assets:
        if one.assets & other.assets:
            return False
        near = abs(one.day - other.day) <= SAME_SIGNING
        return not (one.targets & other.targets and alike >= 2 and near)
    return bool(one.targets and other.targets) and one.targets.isdisjoint(other.targets)


def _other_parties(one: Facts, other: Facts, alike: int) -> bool:
    """Return whether the parties speak against it: none in common, or each has one that the other does not name.

    An agreement of three that one outlet tells as A and B, another as B and C, is known by its asset and two sums.
    """
    if not (one.parties and other.parties):
        return False
    common = shared(one.parties, other.parties)
    if common == 0:
        return True
    if common >= min(2, len(one.parties), len(other.parties)):
        return False
    return not _same_signing(one, other, alike)


def _same_signing(one: Facts, other: Facts, alike: int) -> bool:
    return alike >= 2 and bool(one.assets & other.assets) and abs(one.day - other.day) <= SAME_SIGNING


def _one_side(one: Facts, other: Facts, parties: int, *, alike: bool, common: float) -> bool:
    """Return whether two reports belong together that have one party in common, or none because one names nobody."""
    if parties == 1:
        return alike or common >= COPIED
    return not (one.parties and other.parties) and common >= COPIED


def _same_event(one: Facts, other: Facts, *, alike: bool) -> bool:
    """Return whether two articles may tell one event, whatever each of them calls it."""
    events = {one.terms.event, other.terms.event}
    if len(events) == 1:
        return True
    if "termination" in events or not ("new" in events or alike):
        return False
    return abs(one.day - other.day) <= (SAME_STORY if _LOOK_NEW.issuperset(events) else SAME_STEP)
