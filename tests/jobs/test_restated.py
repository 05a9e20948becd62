"""What a publisher changed, told from what only reads differently."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.restated import Texts, fingerprint, is_cut, restated
from news.article import Article
from news.reading import Evidence, Money, Named, Party, Royalties, Terms
from tests.jobs.house import NOW, lexicon

URL = "https://ledger.example/1"
ARTICLE = Article(1, URL, "ledger", "Ledger", "Harrow licenses NPB-101", "", NOW)


def said(words: str, url: str = URL) -> Evidence:
    return Evidence(words, 0, len(words), url=url)


def money(words: str, amount: int, *, up_to: bool = False) -> Money:
    return Money(said(words), Decimal(amount), "USD", up_to=up_to)


def changes(was: Terms, now: Terms, before: str, after: str) -> list[tuple[str, str, str]]:
    texts = Texts.of(replace(ARTICLE, text=before), replace(ARTICLE, text=after))
    return [(c.field, c.was, c.now) for c in restated(was, now, texts, lexicon().companies.key)]


PLAIN = Terms(
    "license",
    parties=(Party("Northpoint Bio", "licensor", said("Northpoint")), Party("Harrow", "licensee", said("Harrow"))),
)
OLD, NEW = "Northpoint gives, Harrow pays $20 million.", "Northpoint gives, Harrow pays $25 million."


def test_a_figure_counts_where_its_words_are_gone_or_the_new_ones_are_new() -> None:
    was, now = (replace(PLAIN, upfront=money(f"${n} million", n)) for n in (20, 25))

    assert len(changes(was, now, OLD, NEW)) == 1
    assert changes(was, now, OLD + NEW, OLD + NEW) == [], "both stood there all the time: only the reading differs"


def test_a_figure_of_another_article_is_not_this_publishers_to_change() -> None:
    was = replace(
        PLAIN, upfront=replace(money("$20 million", 20), evidence=said("$20 million", "https://wire.example/"))
    )

    assert changes(was, PLAIN, OLD, "Nothing of it.") == []


def test_a_figure_that_rounds_to_the_same_or_is_only_said_with_up_to_is_no_change() -> None:
    was = replace(PLAIN, milestones=money("up to $300 million", 300_000_000, up_to=True))
    now = replace(PLAIN, milestones=money("$300.4 million", 300_400_000))

    assert changes(was, now, "up to $300 million", "$300.4 million") == []


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ({}, {"royalties": Royalties("royalties", said("royalties"))}, []),
        ({"status": "rumoured"}, {"status": "announced"}, ["status"]),
        ({"status": "announced"}, {"status": "rumoured"}, []),
        ({"event": "new"}, {"event": "termination"}, ["event"]),
        ({"territory": Named("Japan", said("Japan"))}, {"territory": Named("Asia", said("Asia"))}, ["territory"]),
        ({"territory": Named("Japan", said("Japan"))}, {}, []),
        ({"assets": (Named("A-1", said("A-1")),)}, {"assets": (Named("A-2", said("A-2")),)}, ["assets"]),
        ({"assets": (Named("A-1", said("A-1")),)}, {}, []),
    ],
)
def test_what_is_told_of_a_field(was: dict[str, object], now: dict[str, object], told: list[str]) -> None:
    before, after = (replace(PLAIN, **each) for each in (was, now))  # type: ignore[arg-type]  # fields by their names

    assert [
        field for field, _, _ in changes(before, after, "It is A-1 in Japan.", "It is A-2 in Asia; royalties.")
    ] == told


def test_who_gives_and_who_takes_is_told_where_it_is_the_other_way_round() -> None:
    giver, taker = PLAIN.parties
    swapped = replace(PLAIN, parties=(replace(giver, role="licensee"), replace(taker, role="licensor")))
    unsure = replace(PLAIN, parties=tuple(replace(p, role="partner") for p in PLAIN.parties))

    assert [field for field, _, _ in changes(PLAIN, swapped, OLD, NEW)] == ["parties"]
    assert changes(PLAIN, unsure, OLD, NEW) == []


def test_a_party_more_is_no_correction_and_one_that_is_gone_is() -> None:
    more = replace(PLAIN, parties=(*PLAIN.parties, Party("Oakmere Labs", "partner", said("Oakmere"))))

    assert changes(PLAIN, more, OLD, f"{OLD} Oakmere helps.") == []
    assert [field for field, _, _ in changes(more, PLAIN, f"{OLD} Oakmere helps.", OLD)] == ["parties"]
    assert changes(more, PLAIN, f"{OLD} Oakmere helps.", f"{OLD} Oakmere looks on.") == [], "it is named still"


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=60)
def test_no_text_differs_from_itself_or_is_a_part_of_what_is_shorter(one: str, other: str) -> None:
    assert fingerprint(one, other) == fingerprint(f" {one}\n", other)
    assert not is_cut(one, one)
    assert not (is_cut(one, other) and is_cut(other, one))


def test_the_beginning_with_an_invitation_behind_it_is_a_part() -> None:
    whole = " ".join(f"word{n}" for n in range(100))
    beginning = " ".join(whole.split()[:30])

    assert is_cut(whole, beginning)
    assert is_cut(whole, f"{beginning} Subscribe to read on")
    assert not is_cut(whole, whole.replace("word5", "other"))
    assert not is_cut(whole, "We take all of this back: there is no agreement between the two companies")


def test_an_article_compared_with_itself_changes_nothing() -> None:
    full = replace(PLAIN, upfront=money("$20 million", 20), stage=Named("Phase 1", said("Phase 1")))

    assert changes(full, full, OLD, NEW) == []
