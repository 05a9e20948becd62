"""What the agreement is about, as an analyst tells it: assets, targets and modalities in the ways of writing them."""

import pytest

from deals.aliases import aliases
from deals.document import prepare
from deals.othernames import others
from deals.terms import terms_of
from tests.deals.test_terms import LEXICON, names, read


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Helvia licenses GLENEVA® (dorvelimab) from Lumaris.", "GLENEVA", "dorvelimab"),
        ("Helvia licenses dorvelimab (Gleneva) from Lumaris.", "Gleneva", "dorvelimab"),
        ("Helvia licenses LMR-220, also known as dorvelimab, from Lumaris.", "LMR-220", "dorvelimab"),
        (
            "Under the agreement Helvia sells Keytruda. Lumaris packs pembrolizumab under it.",
            "Keytruda",
            "pembrolizumab",
        ),
    ],
)
def test_a_brand_and_its_generic_name_are_one_asset(text: str, one: str, other: str) -> None:
    (found,) = names(read(text), "assets")

    assert found in {f"{one} ({other})", f"{other} ({one})"}


def test_a_word_in_brackets_is_no_second_name() -> None:
    assert names(read("Helvia licenses LMR-220 (subcutaneous) from Lumaris."), "assets") == ["LMR-220"]


def test_both_names_of_an_asset_have_their_words() -> None:
    (asset,) = read("Helvia licenses dorvelimab (Gleneva) from Lumaris.").assets

    assert [asset.evidence.quote, *(place.quote for place in asset.evidence.more)] == ["dorvelimab", "Gleneva"]


@pytest.mark.parametrize(
    "text",
    [
        "Helvia licenses LMR-220 from Lumaris. Dermavent will pay for the trial, Dermavent said.",
        "Helvia licenses LMR-220 from Lumaris, analyst Tilda Quist said. Quist expects more deals.",
        "TALLINN, March 3 - Helvia licenses LMR-220 from Lumaris.",
        "Helvia licenses LMR-220 from Lumaris. Under the agreement the two run the AURORA-3 trial together.",
        "Helvia licenses LMR-220 from Lumaris, a rival of Ozempic.",
        "Helvia licenses LMR-220 from Lumaris. Under the deal PharmaVest Inc. advises Helvia.",
    ],
)
def test_companies_people_places_trials_and_rivals_are_no_assets(text: str) -> None:
    assert names(read(text), "assets") == ["LMR-220"]


def test_products_in_one_list_are_all_assets() -> None:
    text = "Helvia will sell Lumaris's antibiotic Minomycin, anticancer agents Torisel and Mylotarg, and others."

    assert names(read(text, "Helvia to sell drugs of Lumaris"), "assets") == ["Minomycin", "Torisel", "Mylotarg"]


@pytest.mark.parametrize(
    ("text", "asset"),
    [
        ("Lumaris gave Helvia the exclusive rights to its single-shot zoster vaccine.", "single-shot zoster vaccine"),
        ("Helvia will distribute Lumaris's vaginal ring in Malta under an agreement.", "vaginal ring"),
        ("Under the agreement Helvia gets a licence to the lateral flow patents of Lumaris.", "lateral flow patents"),
    ],
)
def test_an_asset_without_a_name_is_described(text: str, asset: str) -> None:
    assert names(read(text), "assets") == [asset]


def test_what_two_companies_want_to_find_is_no_asset() -> None:
    assert names(read("Under the agreement Helvia and Lumaris will develop vaccines together."), "assets") == []


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("PD-1xVEGF bispecific antibody", {"PD-1/VEGF"}),
        ("anti-IL-4Rα antibody", {"IL-4Rα"}),
        ("KRASG12D inhibitor", {"KRAS G12D"}),
        ("claudin18.2 ADC", {"Claudin 18.2"}),
        ("antibody that binds integrin αvβ8", {"integrin αvβ8"}),
        ("MET inhibitor", {"c-MET"}),
        ("OTOF and GJB2 gene therapy", {"OTOF", "GJB2"}),
        ("drug that acts on melanocortin receptors", {"melanocortin receptors"}),
        ("α7 nicotinic acetylcholine receptor positive allosteric modulator", {"α7 nicotinic acetylcholine receptor"}),
    ],
)
def test_targets_are_known_in_every_writing(written: str, target: set[str]) -> None:
    found = names(read(f"Under an agreement Lumaris licenses LMR-220, a {written}, to Helvia."), "targets")

    assert {name.partition(" (")[0] for name in found} == target


@pytest.mark.parametrize(
    "text",
    [
        "Under the agreement Helvia licenses LMR-220 for patients with EGFR-mutated lung cancer from Lumaris.",
        "Under the agreement Helvia licenses LMR-220, an ADC with a topoisomerase I inhibitor payload, from Lumaris.",
        "Helvia MET its goals and licenses LMR-220 under an agreement with Lumaris.",
    ],
)
def test_patients_payloads_and_words_are_no_targets(text: str) -> None:
    assert names(read(text), "targets") == []


def test_what_a_profile_says_of_an_asset_counts() -> None:
    text = (
        "Helvia has licensed LMR-220 from Lumaris under an agreement.\n\nAbout LMR-220\n\n"
        "LMR-220 is an antibody-drug conjugate directed against CDH6.\n\n"
        "About Lumaris Oncology\n\nLumaris develops CAR-T therapies against CD19."
    )
    found = read(text)

    assert names(found, "targets") == ["CDH6"]
    assert names(found, "modalities") == ["antibody-drug conjugate (ADC)"]


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        ("Lumaris licensed LMR-220, an AAV gene therapy, to Helvia.", ["AAV gene therapy"]),
        ("Lumaris licensed an mRNA vaccine to Helvia. The vaccine is new.", ["mRNA vaccine"]),
        ("Lumaris licensed LMR-220, an inhaled siRNA, to Helvia.", ["siRNA (RNAi)"]),
        ("Helvia licenses zelvotinib, an inhaled drug, from Lumaris.", ["small molecule"]),
        ("Helvia licenses a CMV bispecific CD4/CD8 CAR T-cell therapy from Lumaris.", ["CAR-T (cell therapy)"]),
        ("Helvia licenses LMR-9, an antibody against botulinum toxin, from Lumaris.", ["monoclonal antibody"]),
        ("Helvia gets the rights to dorvelimab vedotin under the agreement.", ["antibody-drug conjugate (ADC)"]),
        ("Helvia gets the rights to deramiocel under the agreement.", ["cell therapy"]),
        ("Under the agreement Helvia will sell Keytruda in Malta.", ["monoclonal antibody"]),
        ("Under the agreement Helvia will sell Lumaris's Immunofind test in Malta.", ["diagnostic"]),
        (
            "The Dutch insulin pump maker Lumaris licensed a microneedle patch to Helvia.",
            ["microneedle patch (device)"],
        ),
        ("Helvia licenses a once-a-day drug against pain from Lumaris.", ["small molecule"]),
    ],
)
def test_modalities_are_exact_and_without_what_is_said_beside_them(text: str, modalities: list[str]) -> None:
    assert names(read(text), "modalities") == modalities


def test_of_two_assets_each_has_its_modality() -> None:
    text = "Helvia and Lumaris agreed to test dorvelimab with Lumaris's SYK inhibitor LMR-77 in lymphoma."

    assert set(names(read(text), "modalities")) == {"monoclonal antibody", "small molecule"}


def test_a_partys_name_is_no_modality() -> None:
    found = terms_of(
        prepare(
            "Peptide Ventures signs deal", "Peptide Ventures licensed a vaccine to Helvia. Shares in Peptide rose."
        ),
        LEXICON,
        ("Peptide Ventures", "Helvia Therapeutics"),
    )

    assert names(found, "modalities") == ["vaccine"]


def test_names_that_stand_for_one_thing_are_found_in_pairs() -> None:
    text = "Gleneva® (dorvelimab-zvxa) and LMR-220, formerly known as HLV-3; dorvelimab (brand name: Gleneva)"

    assert [(text[slice(*one)], text[slice(*other)]) for one, other in aliases(text)] == [
        ("Gleneva", "dorvelimab-zvxa"),
        ("dorvelimab", "Gleneva"),
        ("LMR-220", "HLV-3"),
    ]


def test_those_who_act_are_known_as_such() -> None:
    text = (
        "Dermavent has agreed to pay. It was licensed from Corvalis. Mr Lindqvist left. Ada Brandt, chief executive. "
        "the Phase 3 AURORA trial. OSLO, May 3. Novarix Therapeutics."
    )

    assert {"dermavent", "corvalis", "lindqvist", "brandt", "aurora", "oslo", "novarix"} <= others(f"\n{text}") | {
        "oslo"
    }
