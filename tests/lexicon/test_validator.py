"""The ontology's files hold no slip; each kind of slip is named with its file, its line and what to do."""

from importlib.resources import files

import pytest

from tests.lexicon.validator import problems

CONCEPTS = ("modalities.tsv", "targets.tsv", "indications.tsv")
NOTE = "# targets: id, name, other forms\n"


def bundled(name: str) -> str:
    return files("lexicon").joinpath("data", name).read_text(encoding="utf-8")


def test_the_bundled_ontology_holds_no_slip() -> None:
    found = problems({name: bundled(name) for name in CONCEPTS}, bundled("products.tsv"))

    assert "\n".join(found) == ""


def test_a_table_without_a_slip_is_let_through() -> None:
    text = f"{NOTE}b7-h3\tB7-H3\tCD276 | B7 homologue 3\n\n# others\nmet\tc-MET\t~MET | HGFR\nros1\tROS1\t\n"

    assert problems({"targets.tsv": text}) == []


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("met\tc-MET", 2, "2 columns: separate id, name and other forms by one tab each"),
        ("met  c-MET  HGFR", 2, "1 columns: separate"),
        ("met\tc-MET\tHGFR\tx", 2, "4 columns: separate"),
        ("c_Met\tc-MET\tHGFR", 2, "the id 'c_Met': write it in small letters"),
        ("met\t\tHGFR", 2, "an empty form: remove it"),
        ("met\tc-MET\tHGFR | ", 2, "an empty form: remove it"),
        ("met\tc-MET\tHGFR|HGF receptor", 2, "a bar too many"),
        ("met\tc-MET\tHGF  receptor", 2, "spaces or a bar too many"),
        ("met\tc-MET\tHGF\u200b receptor", 2, "letters that do not show"),
        ("met\tc-MET\te\u0301toile", 2, "letters that do not show or are put together"),
        ("met\tc-MET\tM", 2, "one letter is found everywhere"),
        ("met\tc-MET\tmet", 2, "an everyday word: put ~ before it"),
        ("met\t~MET\t", 2, "a name cannot be unsure"),
        ("met\tc-MET\tHGFR | hgfrs", 2, "'hgfrs' is found as 'HGFR' anyway: remove one of them"),
        ("a\tCDX\t\nb\tCDY\tCD X | cdx", 3, "'cdx' is a form of 'a' (lexicon/data/targets.tsv:2) already"),
        ("a\tCDX\t\na\tCDY\t", 3, "the id 'a' stands at lexicon/data/targets.tsv:2 too: rename or join"),
    ],
)
def test_a_slip_is_named_with_file_and_line_and_what_to_do(rows: str, line: int, words: str) -> None:
    found = problems({"targets.tsv": f"{NOTE}{rows}\n"})

    assert [problem for problem in found if problem.startswith(f"lexicon/data/targets.tsv:{line}: ")] != []
    assert any(words in problem for problem in found), found


def test_a_form_of_two_files_is_named_in_the_second() -> None:
    (found,) = problems({"targets.tsv": f"{NOTE}a\tCDX\t\n", "modalities.tsv": "# modalities\nb\tthe b\tCDX\n"})

    assert found == (
        "lexicon/data/modalities.tsv:2: 'CDX' is a form of 'a' (lexicon/data/targets.tsv:2) already: "
        "let it stand with one of them"
    )


def test_a_file_has_a_note_and_an_end() -> None:
    found = problems({"targets.tsv": "a\tCDX\t"})

    assert [problem.split(":")[1] for problem in found] == ["1", "1"]
    assert "let its first line say what the columns are" in found[0]
    assert "add a line break" in found[1]


def test_the_modality_of_a_product_is_in_the_ontology() -> None:
    (found,) = problems({"modalities.tsv": "# m\nvaccine\tvaccine\t\n"}, "# p\nabcmab\tantibody\tAbco\nx\tvaccine\t\n")

    assert found.startswith("lexicon/data/products.tsv:2: the modality 'antibody' is no id of modalities.tsv")
