"""Which story a report belongs to, and which deal a story belongs to."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from lexicon import load
from news.reading import DealEventName, Terms
from stories.facts import party_keys
from stories.grouping import Placement, place
from tests.stories.reports import DAY, EXPANSION, LICENCE, deal, money, named, parties, report

LONG_AGO = DAY - timedelta(days=3000)


def key(name: str) -> str:
    """Fold a company's name, as the lexicon does in the product."""
    return name.casefold().removesuffix(" inc")


def test_another_outlet_with_the_same_parties_and_sum_tells_the_same_story() -> None:
    known = deal(1, (LICENCE, DAY))

    assert place(report(2, LICENCE, on=DAY + timedelta(days=1)), [known], key) == Placement(known, known.events[0])


def test_an_outlet_that_names_no_sum_and_no_asset_still_tells_the_same_story() -> None:
    known = deal(1, (LICENCE, DAY))
    brief = Terms("license", parties=parties("Borealis Pharma Inc", "Northpoint Bio"))

    assert place(report(2, brief), [known], key).story == known.events[0]


def test_other_parties_are_another_deal() -> None:
    other = replace(LICENCE, parties=parties("Northpoint Bio", "Zelkova"))

    assert place(report(2, other), [deal(1, (LICENCE, DAY))], key) == Placement(None, None)


def test_one_shared_party_joins_only_with_the_asset_and_a_sum() -> None:
    known = deal(1, (LICENCE, DAY))
    one_side = replace(LICENCE, parties=parties("Northpoint Bio"))

    assert place(report(2, one_side), [known], key).story == known.events[0]
    assert place(report(2, replace(one_side, upfront=None)), [known], key) == Placement(None, None)


def test_two_deals_of_one_day_on_different_assets_are_kept_apart() -> None:
    other = replace(LICENCE, assets=named("NPB-900"), targets=(), upfront=None)

    assert place(report(2, other), [deal(1, (LICENCE, DAY))], key) == Placement(None, None)


def test_a_brand_in_one_outlet_and_the_generic_name_in_another_are_one_asset() -> None:
    known = deal(1, (replace(LICENCE, assets=named("Gleneva (dorvelimab)"), upfront=None), DAY))

    for asset in ("Gleneva", "dorvelimab", "LMR-1 (dorvelimab)"):
        assert place(report(2, replace(LICENCE, assets=named(asset))), [known], key).story == known.events[0]


def test_figures_that_contradict_each_other_are_kept_apart() -> None:
    other = replace(LICENCE, upfront=money(60_000_000))

    assert place(report(2, other), [deal(1, (LICENCE, DAY))], key) == Placement(None, None)


def test_an_expansion_is_a_new_story_of_the_known_deal() -> None:
    known = deal(1, (LICENCE, LONG_AGO))

    assert place(report(2, EXPANSION), [known], key) == Placement(known, None)


def test_an_expansion_between_parties_of_two_deals_goes_to_the_one_that_shares_its_subject() -> None:
    first = deal(1, (LICENCE, LONG_AGO))
    second = deal(2, (replace(LICENCE, assets=named("NPB-202"), targets=()), LONG_AGO))

    assert place(report(3, EXPANSION), [first, second], key) == Placement(second, None)


def test_an_expansion_between_parties_of_two_deals_without_a_subject_starts_its_own() -> None:
    vague = replace(EXPANSION, assets=(), targets=())
    known = [deal(1, (LICENCE, LONG_AGO)), deal(2, (replace(LICENCE, assets=named("X-1")), LONG_AGO))]

    assert place(report(3, vague), known, key) == Placement(None, None)


def test_a_rumour_and_its_announcement_are_two_stories_of_one_deal() -> None:
    rumour = replace(LICENCE, status="rumoured", upfront=money(90_000_000))
    known = deal(1, (rumour, DAY - timedelta(days=20)))

    assert place(report(2, LICENCE), [known], key) == Placement(known, None)


def test_a_recap_years_later_with_the_same_sum_tells_the_old_story() -> None:
    known = deal(1, (LICENCE, LONG_AGO))

    assert place(report(2, LICENCE), [known], key).story == known.events[0]


def test_a_retelling_months_later_without_any_figure_proves_nothing() -> None:
    known = deal(1, (replace(LICENCE, upfront=None), LONG_AGO))

    assert place(report(2, replace(LICENCE, upfront=None)), [known], key) == Placement(None, None)


def test_a_new_deal_years_later_with_the_same_round_upfront_is_no_recap() -> None:
    first = replace(LICENCE, assets=(), targets=(), total=money(800_000_000))
    known = deal(1, (first, LONG_AGO))

    assert place(report(2, replace(first, total=money(1_100_000_000))), [known], key) == Placement(None, None)
    assert place(report(2, replace(first, total=None)), [known], key) == Placement(None, None)


def test_a_recap_months_later_with_two_of_its_figures_tells_the_old_story() -> None:
    first = replace(LICENCE, assets=(), targets=(), total=money(800_000_000))
    known = deal(1, (first, DAY - timedelta(days=120)))

    assert place(report(2, first), [known], key).story == known.events[0]


@pytest.mark.parametrize("event", ["closing", "option-exercise", "milestone", "termination"])
def test_a_step_that_follows_within_days_is_an_event_of_its_own(event: DealEventName) -> None:
    known = deal(1, (LICENCE, DAY - timedelta(days=8)))
    step = Terms("license", event=event, parties=LICENCE.parties, assets=LICENCE.assets)

    assert place(report(2, step), [known], key) == Placement(known, None)
    assert place(report(2, replace(step, upfront=LICENCE.upfront)), [known], key) == Placement(known, None)


def test_an_expansion_that_a_second_outlet_calls_new_is_told_once() -> None:
    known = deal(1, (LICENCE, LONG_AGO), (EXPANSION, DAY))

    assert place(report(2, replace(EXPANSION, event="new"), on=DAY + timedelta(days=6)), [known], key) == Placement(
        known, known.events[1]
    )


def test_a_termination_on_the_day_of_a_new_deal_is_another_event() -> None:
    known = deal(1, (LICENCE, DAY))

    assert place(report(2, replace(LICENCE, event="termination")), [known], key) == Placement(known, None)


def test_the_end_of_an_agreement_on_another_asset_does_not_end_the_one_we_know() -> None:
    known = deal(1, (LICENCE, LONG_AGO))
    end = Terms("license", event="termination", parties=LICENCE.parties, assets=named("NPB-900"))

    assert place(report(2, end), [known], key) == Placement(None, None)


def test_a_code_is_the_same_asset_with_and_without_its_hyphen() -> None:
    known = deal(1, (LICENCE, DAY))

    assert place(report(2, replace(LICENCE, assets=named("NPB 101"))), [known], key).story == known.events[0]
    assert place(report(2, replace(LICENCE, assets=named("npb101"))), [known], key).story == known.events[0]


def test_rumours_of_one_deal_differ_in_their_figures() -> None:
    rumour = replace(LICENCE, status="rumoured", upfront=money(90_000_000))
    known = deal(1, (rumour, DAY - timedelta(days=2)))

    assert place(report(2, replace(rumour, upfront=money(60_000_000))), [known], key).story == known.events[0]


def test_an_outlet_that_leaves_out_the_third_party_tells_the_same_story() -> None:
    three = replace(LICENCE, parties=parties("Northpoint Bio", "Borealis Pharma", "Zelkova"))
    known = deal(1, (three, DAY))

    assert place(report(2, LICENCE), [known], key).story == known.events[0]


def test_the_names_of_one_company_are_one_party() -> None:
    companies = load().companies
    known = deal(1, (replace(LICENCE, parties=parties("Northpoint Bio, Inc.", "Merck & Co., Inc.")), DAY))
    msd = replace(LICENCE, parties=parties("MSD", "Northpoint Bio"))
    darmstadt = replace(LICENCE, parties=parties("Merck KGaA", "Northpoint Bio"), upfront=None)

    assert place(report(2, msd), [known], companies.key).story == known.events[0]
    assert place(report(2, darmstadt), [known], companies.key) == Placement(None, None)


def test_the_order_of_candidates_does_not_matter() -> None:
    known = [deal(n, (LICENCE, DAY)) for n in range(1, 6)]
    shuffled = random.Random(7).sample(known, len(known))  # noqa: S311  # a fixed shuffle, nothing secret

    assert place(report(9, LICENCE), known, key) == place(report(9, LICENCE), shuffled, key)


def test_party_keys_are_sorted_and_each_once() -> None:
    terms = replace(LICENCE, parties=parties("Zelkova", "Borealis", "zelkova inc"))

    assert party_keys(terms, key) == ("borealis", "zelkova")


def test_what_was_taken_for_a_new_deal_joins_the_old_one_once_an_outlet_calls_it_an_expansion() -> None:
    old, taken = deal(1, (LICENCE, LONG_AGO)), deal(2, (replace(EXPANSION, event="new"), DAY))

    found = place(report(3, EXPANSION), [old, taken], key)

    assert found.deal is not None
    assert (found.deal.id, found.joined) == (1, (2,))
    assert [event.story for event in found.deal.events] == [10, 20]
    assert found.story == taken.events[0]


def test_the_original_that_is_found_last_is_of_the_deal_that_an_outlet_called_new() -> None:
    told = deal(1, (replace(EXPANSION, event="new"), DAY))
    step = replace(told.events[0], reports=(*told.events[0].reports, report(7, EXPANSION)))
    known = replace(told, events=(step,))

    assert place(report(3, LICENCE, on=LONG_AGO), [known], key) == Placement(known, None)


def test_deals_of_which_people_spoke_do_not_become_one_by_a_later_step() -> None:
    old, taken = deal(1, (LICENCE, LONG_AGO)), deal(2, (replace(EXPANSION, event="new"), DAY))

    assert place(report(3, EXPANSION), [old, taken], key, settled={1, 2}).joined == ()
    spoken = place(report(3, EXPANSION), [old, taken], key, settled={2})
    assert spoken.deal is not None
    assert (spoken.deal.id, spoken.joined) == (2, (1,))


def test_a_deal_that_has_stood_for_a_month_becomes_no_other_by_a_later_step() -> None:
    old, taken = deal(1, (LICENCE, LONG_AGO)), deal(2, (replace(EXPANSION, event="new"), DAY))
    late = replace(report(3, EXPANSION), fetched_at=taken.first_seen + timedelta(days=31))

    assert place(late, [old, taken], key).joined == ()


def test_what_ends_is_what_was_begun_before_and_not_what_is_told_the_same_day() -> None:
    old, same_day = deal(1, (LICENCE, LONG_AGO)), deal(2, (replace(LICENCE, upfront=None), DAY))
    end = Terms("license", event="termination", parties=LICENCE.parties, assets=LICENCE.assets)

    assert place(report(3, end), [old, same_day], key) == Placement(old, None)


def test_of_a_sum_that_a_person_set_the_articles_sum_counts_too() -> None:
    known = deal(1, (LICENCE, DAY))
    said = replace(known.events[0], terms=replace(LICENCE, upfront=money(30_000_000)))
    corrected = replace(known, events=(said,))

    for sum_ in (25_000_000, 30_000_000):
        again = report(2, replace(LICENCE, upfront=money(sum_)))
        assert place(again, [corrected], key, settled={1}) == Placement(corrected, said)
