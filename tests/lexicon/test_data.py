"""The bundled tables hold what their first lines promise; test_validator.py looks closer at the ontology's."""

import re
from importlib.resources import files

import lexicon
from lexicon.phrases import phrase_key
from lexicon.tables import forms, rows

TABLES = {"modalities.tsv": 3, "targets.tsv": 3, "indications.tsv": 3, "companies.tsv": 4}


def table(name: str) -> str:
    return files("lexicon").joinpath("data", name).read_text(encoding="utf-8")


def test_every_table_loads() -> None:
    loaded = lexicon.load()

    assert len(loaded.ontology.concepts) > 1000
    assert loaded.companies.known("Takeda")


def test_every_row_is_written_as_the_first_line_of_its_table_says() -> None:
    for name, columns in TABLES.items():
        text = table(name)
        assert text.startswith("# ")
        assert text.endswith("\n")
        assert [cells for _, cells in rows(text, columns, needed=1) if len(cells) != columns] == []
        assert re.findall(r"^ .*| +$|  |\| *\||\|\s*$", text, re.MULTILINE) == []


def test_no_form_of_a_company_belongs_to_another() -> None:
    owners: dict[str, str] = {}
    for _, (name, others, *_rest) in rows(table("companies.tsv"), 4, needed=1):
        for form in (name, *forms(others)):
            assert owners.setdefault(phrase_key(form), name) == name
