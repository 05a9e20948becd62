"""Candidates for a comparison, the same on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from news.contract import terms_to_json
from news.reading import Terms
from storage import Store
from storage.tables import deals, stories
from tests.digest.samples import LICENCE, NOW, deal, named

OWN = deal(999, LICENCE, "A")


def put(store: Store, terms: Terms, day: date, *, kept: bool = True) -> int:
    """Store a deal as it is kept, without articles; return its id."""
    row = {"revision": 1, "first_seen": NOW, "kept": kept, "news": False, "late": False}
    with store._write() as connection:
        number: int = connection.scalars(deals.insert().values(row).returning(deals.c.id)).one()
        told = {"deal": number, "kind": terms.kind, "terms": terms_to_json(terms), "announced": day}
        connection.execute(stories.insert().values(told))
    return number


def test_deals_of_the_same_stage_and_a_modality_are_given_those_with_an_upfront_first(store: Store) -> None:
    silent = put(store, replace(LICENCE, upfront=None), date(2026, 3, 1))
    old = put(store, LICENCE, date(2025, 3, 1))
    new = put(store, replace(LICENCE, modalities=(named("vaccine"), *LICENCE.modalities)), date(2026, 1, 1))
    put(store, replace(LICENCE, stage=named("Phase 2")), date(2026, 1, 1))
    put(store, replace(LICENCE, stage=None), date(2026, 1, 1))
    put(store, replace(LICENCE, modalities=(named("NK cell"),)), date(2026, 1, 1))
    put(store, LICENCE, date(2027, 1, 1))
    put(store, LICENCE, date(2026, 1, 1), kept=False)

    assert [each.id for each in store.alike(OWN)] == [new, old, silent]


def test_nothing_is_like_a_deal_of_which_stage_or_modality_are_unknown(store: Store) -> None:
    put(store, LICENCE, date(2026, 1, 1))

    assert store.alike(deal(999, replace(LICENCE, stage=None), "A")) == ()
    assert store.alike(deal(999, replace(LICENCE, modalities=()), "A")) == ()


def test_a_name_with_signs_of_the_query_language_is_only_a_name(store: Store) -> None:
    odd = replace(LICENCE, modalities=(named('100%_"odd"\\'),))
    number = put(store, odd, date(2026, 1, 1))

    assert {each.id for each in store.alike(deal(999, odd, "A"))} <= {number}
    assert store.alike(deal(999, replace(LICENCE, modalities=(named("%"),)), "A")) == ()
