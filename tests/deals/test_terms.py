"""The subject of an agreement (assets, targets, modalities, indications, stage, territory), and all terms together."""

import time
from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lexicon
from deals.document import Document, prepare
from deals.terms import Found, terms_of
from news.reading import Evidence, Terms

LEXICON = lexicon.load()
TITLE = "Helvia Therapeutics and Lumaris Oncology sign licence agreement"
PARTIES = ("Helvia Therapeutics", "Lumaris Oncology")


def read(text: str, title: str = TITLE) -> Found:
    return terms_of(prepare(title, text), LEXICON, PARTIES)


def names(found: Found, field: str) -> list[str]:
    return [item.name for item in getattr(found, field)]


RELEASE = """Lumaris has licensed LMR-220, a bispecific antibody against CLDN18.2 in gastric cancer, to Helvia.

Under the agreement, Helvia receives the exclusive worldwide rights outside Japan to LMR-220, now in a Phase 1/2 trial.

Lumaris is also testing LMR-506, an antibody-drug conjugate against B7-H3, in lung cancer.

About Lumaris Oncology

Lumaris develops CAR-T therapies against CD19.
"""


def test_the_subject_of_a_release_is_what_the_agreement_is_about() -> None:
    found = read(RELEASE)

    assert names(found, "assets") == ["LMR-220"]
    assert [name.split(" (")[0] for name in names(found, "targets")] == ["Claudin 18.2"]
    assert names(found, "modalities") == ["bispecific antibody"]
    assert names(found, "indications") == ["gastric cancer"]
    assert found.stage is not None
    assert found.stage.name == "phase 1/2"
    assert found.territory is not None
    assert found.territory.evidence.quote == "worldwide rights outside Japan"


def test_the_order_of_the_paragraphs_changes_no_subject() -> None:
    parts = RELEASE.split("\n\n")
    turned = "\n\n".join([parts[2], parts[1], parts[0], *parts[3:]])

    for field in ("assets", "targets", "modalities", "indications"):
        assert names(read(turned), field) == names(read(RELEASE), field)


@pytest.mark.parametrize(
    ("text", "asset"),
    [
        ("Helvia licenses Lumaris’s antibody-based natural killer (NK) cell engager (ANKET) platform.", "ANKET"),
        ("Helvia has licensed Zelvoria®, a tablet for gout, from Lumaris.", "Zelvoria"),
        ("Helvia has acquired the rights to velparinib from Lumaris.", "velparinib"),
        ("Helvia will sell the finished device, called GlaucoScope, under an agreement with Lumaris.", "GlaucoScope"),
        ("Under the agreement Helvia gains access to Lumaris’s Hexabind platform.", "Hexabind"),
    ],
)
def test_assets_are_known_by_their_form_or_by_their_context(text: str, asset: str) -> None:
    assert names(read(text), "assets") == [asset]


@pytest.mark.parametrize(
    "text",
    [
        "Helvia and Lumaris sign an agreement on COVID-19 research in NCT01234567.",
        "Helvia and Lumaris sign an agreement worth USD 500 million.",
        "Helvia and Lumaris Oncology sign an agreement in Basel.",
        "Helvia licenses an antibody against CD19 from Lumaris.",
    ],
)
def test_trials_sums_parties_and_targets_are_no_assets(text: str) -> None:
    assert names(read(text), "assets") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Helvia will run a study of dorvelimab in asthma with Lumaris under the agreement.", {"dorvelimab"}),
        ("Under the agreement Lumaris will combine LMR-220 with Helvia's Gleneva in gastric cancer.", {"Gleneva"}),
        ("Lumaris gave Helvia a licence to the allergy drugs Gleneva and Torvexa.", {"Gleneva", "Torvexa"}),
        ("Under the agreement Helvia gets the rights to nolvatug ravtansine and salvebart.", {"salvebart"}),
        ("Lumaris agreed that Helvia takes over PollenVax, its shot against hay fever.", {"PollenVax"}),
    ],
)
def test_names_behind_studies_owners_and_in_lists_are_assets(text: str, expected: set[str]) -> None:
    assert expected <= set(names(read(text), "assets"))


def test_a_biosimilars_reference_product_is_no_asset() -> None:
    found = read("Helvia licensed LMB-06, a biosimilar to Gleneva, from Lumaris.")

    assert names(found, "assets") == ["LMB-06"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Lumaris licensed an oral nucleoside analogue to Helvia.", "nucleoside analog (small molecule)"),
        ("Lumaris licensed a dry powder inhaler to Helvia.", "dry powder inhaler (device)"),
        ("Helvia and Lumaris signed a deal on molecular glues.", "molecular glue degrader"),
        ("Under the agreement Helvia gets the rights to zenvacaptad in macular degeneration.", "aptamer"),
        ("Helvia and Lumaris, both makers of diagnostics, signed an agreement on early detection.", "diagnostic"),
    ],
)
def test_narrow_modalities_are_told_with_their_class_and_implied_ones_where_none_is_named(
    text: str, modality: str
) -> None:
    assert any(modality in name for name in names(read(text), "modalities"))


def test_a_target_named_only_in_the_body_is_told_where_no_other_is() -> None:
    text = (
        "Helvia licensed LMR-220 from Lumaris.\n\nThe two signed on Monday.\n\nNo sums were given.\n\n"
        "Its antibody binds to SARS-CoV-2."
    )

    assert names(read(text), "targets") == ["SARS-CoV-2"]


def test_a_kind_of_patient_is_no_target() -> None:
    assert names(read("Helvia licenses LMR-220 from Lumaris for HER2-positive breast cancer."), "targets") == []


def test_a_target_that_the_ontology_does_not_know_is_told_as_written() -> None:
    assert names(read("Helvia licenses an antibody targeting XYZ77 from Lumaris."), "targets") == ["XYZ77"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Helvia has licensed vorsilimab from Lumaris.", "monoclonal antibody"),
        ("Helvia has licensed LMR-301, an oral SYK inhibitor, from Lumaris.", "small molecule"),
    ],
)
def test_a_modality_that_is_only_implied_is_told(text: str, modality: str) -> None:
    assert names(read(text), "modalities") == [modality]


def test_what_a_company_is_says_nothing_about_the_agreement() -> None:
    text = (
        "Helvia, a leader in cell therapy for melanoma, today announced a licence agreement with Lumaris for a vaccine."
    )

    assert names(read(text), "modalities") == ["vaccine"]
    assert names(read(text), "indications") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Helvia gets the exclusive rights in Greater China and South Korea.", "Greater China and South Korea"),
        ("Helvia receives an exclusive worldwide licence, excluding India.", "worldwide, excluding India"),
        ("Helvia licenses the ex-China rights to the drug.", "ex-China"),
        ("Helvia will distribute the test in Poland, Hungary and Romania.", "Poland, Hungary and Romania"),
    ],
)
def test_a_territory_is_told_as_stated_with_what_is_excluded(text: str, place: str) -> None:
    found = read(text).territory

    assert found is not None
    assert found.name == place


EXPANSION = """Helvia and Lumaris have announced an expansion of their oncology collaboration, with Helvia licensing \
the Natural Killer Cell Linker (NAKLI) platform of Lumaris to make NK cell engagers against B7H3 in solid tumours.

The partners originally announced a research agreement in 2016 for up to two bispecific NK cell engagers.

To date, €13m milestone payments to Lumaris have been announced, which is eligible for up to €400m in milestones.

Under the terms of the new licence agreement, Lumaris will receive an upfront payment of €25m from Helvia and will be \
eligible for up to €1.35bn in preclinical, clinical, regulatory and commercial milestones plus royalties on net sales.

LMR-443, which targets the receptor CD123, is being evaluated in a phase 1/2 trial in acute myeloid leukaemia.

22nd December 2022"""


@pytest.mark.parametrize("order", list(permutations(range(5)))[::7])
def test_an_expansion_is_read_alike_in_every_order_of_its_paragraphs(order: tuple[int, ...]) -> None:
    parts = EXPANSION.split("\n\n")
    found = read("\n\n".join([*(parts[number] for number in order), parts[5]]), "Helvia and Lumaris expand pact")
    stated = {name: (int(money.amount or 0), money.up_to) for name, money in found.fill(Terms(kind="license")).money()}

    assert stated == {"upfront": (25_000_000, False), "milestones": (1_350_000_000, True)}
    assert [prior.year for prior in found.prior] == [2016]
    assert [names(found, field) for field in ("assets", "targets", "modalities")] == [
        ["NAKLI"],
        ["B7-H3"],
        ["NK cell engager"],
    ]


def test_a_broad_disease_gives_way_to_the_one_that_is_meant() -> None:
    text = "Helvia licenses a leukaemia drug from Lumaris. The first trial is in acute myeloid leukaemia."

    assert names(read(text), "indications") == ["acute myeloid leukaemia"]


def test_what_an_asset_is_given_with_is_no_modality_of_it() -> None:
    text = "Helvia licenses LMR-118, an siRNA, from Lumaris. A trial of LMR-118 with a therapeutic antibody follows."

    assert names(read(text), "modalities") == ["siRNA (RNAi)"]


def test_sums_of_other_companies_deals_are_no_terms() -> None:
    text = "Helvia has licensed LMR-220 from Lumaris. Genentech paid $80 million upfront for a rival drug."

    assert read(text).upfront is None


def test_what_was_found_fills_the_terms() -> None:
    found = read("Helvia pays Lumaris an upfront payment of $30 million.")
    terms = found.fill(Terms(kind="license"))

    assert (terms.kind, terms.upfront) == ("license", found.upfront)


def evidence(found: Found) -> Iterator[Evidence]:
    for field in (
        "upfront",
        "equity",
        "near_term",
        "option_fee",
        "milestones",
        "total",
        "royalties",
        "stage",
        "territory",
    ):
        value = getattr(found, field)
        if value is not None:
            yield from (value.evidence, *value.evidence.more)
    for field in ("assets", "targets", "modalities", "indications", "prior"):
        for value in getattr(found, field):
            yield from (value.evidence, *value.evidence.more)
    for prior in found.prior:
        for _, money in prior.money:
            yield from (money.evidence, *money.evidence.more)


def is_exact(document: Document, place: Evidence) -> bool:
    return place.quote == document.field(place.field)[place.start : place.end] != ""


PIECES = (
    "Helvia Therapeutics ",
    "has licensed ",
    "LMR-220",
    " from Lumaris. ",
    "an upfront payment of $30 million",
    " and ",
    "up to €400m in milestones",
    ", ",
    "tiered royalties of 8% to 14%",
    ". ",
    "\n\n",
    "under the 2016 agreement ",
    "B7-H3 ",
    "natural killer (NK) cell engagers ",
    "About Helvia ",
    "in Phase 1/2 ",
    "worldwide except Japan ",
    "“",
    "” he said. ",
    "$",
    "1,000",
    " million ",
    "é",
    "\u200b",
    "between $4 and $5 million ",
)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40), st.text(max_size=60))
def test_every_quote_is_cut_out_of_the_article_and_no_text_is_refused(pieces: list[str], title: str) -> None:
    document = prepare(title, "".join(pieces))

    assert [place for place in evidence(terms_of(document, LEXICON, PARTIES)) if not is_exact(document, place)] == []


@pytest.mark.parametrize("piece", ["A ", "the ", "$1 ", "(", "and ", "a", "1-", "A-1 ", "up to ", ". ", "in 2016 "])
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.perf_counter()
        terms_of(prepare(text[:200], text), LEXICON, PARTIES)
        return time.perf_counter() - start

    short = min(seconds(15_000) for _ in range(2))

    assert seconds(60_000) < 10 * short + 0.5


def test_a_megabyte_is_read_in_seconds() -> None:
    text = "(upfront, A-1 $5 million and up to the " * 26_000
    start = time.perf_counter()
    terms_of(prepare(TITLE, text), LEXICON, PARTIES)

    assert time.perf_counter() - start < 60
