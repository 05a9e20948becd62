"""The bundled tables hold what their first lines promise; a slip in them would show as a wrong card."""

import re
from collections import Counter
from importlib.resources import files

import lexicon
from lexicon.phrases import phrase_key
from lexicon.tables import forms, rows

TABLES = {"modalities.tsv": 3, "targets.tsv": 3, "indications.tsv": 3, "companies.tsv": 2}
CONCEPTS = ("modalities.tsv", "targets.tsv", "indications.tsv")


def table(name: str) -> str:
    return files("lexicon").joinpath("data", name).read_text(encoding="utf-8")


def twice(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_every_table_loads() -> None:
    loaded = lexicon.load()

    assert len(loaded.ontology.concepts) > 1000
    assert loaded.companies.known("Takeda")


def test_every_row_is_written_as_the_first_line_of_its_table_says() -> None:
    for name, columns in TABLES.items():
        text = table(name)
        assert text.startswith("# ")
        assert text.endswith("\n")
        assert [cells for _, cells in rows(text, columns) if len(cells) != columns] == []
        assert re.findall(r"^ .*| +$|  |\| *\||\|\s*$", text, re.MULTILINE) == []


def test_ids_are_unique_over_all_kinds_and_made_of_plain_words() -> None:
    ids = [cells[0] for name in CONCEPTS for _, cells in rows(table(name), 3)]

    assert twice(ids) == []
    assert [identity for identity in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity)] == []


def test_no_form_stands_for_two_concepts() -> None:
    keys = [
        key
        for name in CONCEPTS
        for _, (_, shown, others) in rows(table(name), 3)
        for key in {phrase_key(form) for form in (shown, *forms(others))}
    ]

    assert twice(keys) == []


def test_no_concept_lists_a_form_that_folding_makes_anyway() -> None:
    for name in CONCEPTS:
        for number, (identity, shown, others) in rows(table(name), 3):
            keys = [phrase_key(form) for form in (shown, *forms(others))]
            assert (name, number, identity, twice(keys)) == (name, number, identity, [])


def test_no_form_of_a_company_belongs_to_another() -> None:
    owners: dict[str, str] = {}
    for _, (name, others) in rows(table("companies.tsv"), 2):
        for form in (name, *forms(others)):
            assert owners.setdefault(phrase_key(form), name) == name
