import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.document import Document, prepare

TITLE = "Helvia licenses LMR-220 from Lumaris"
RELEASE = """BASEL, Switzerland – Helvia Therapeutics AG has licensed LMR-220 from Lumaris Oncology for all countries.

Helvia will pay Lumaris $35 million upfront.

“We are glad that this works. It took two years,” said Regula Amstad, CEO of Helvia.

About the agreement

The agreement runs for ten years and may be ended by either side.

About Helvia Therapeutics

Helvia Therapeutics develops medicines for diseases of the eye.

Forward-Looking Statements

This release contains forward-looking statements about $999 million.

Media contact: press@helvia.example
"""


def sections(document: Document) -> dict[str, str]:
    return {sentence.text[:24]: sentence.section for sentence in document.sentences}


def test_each_sentence_knows_which_part_of_the_article_it_stands_in() -> None:
    found = sections(prepare(TITLE, RELEASE))

    assert found[TITLE[:24]] == "headline"
    assert found["BASEL, Switzerland – Hel"] == "lead"
    assert found["“We are glad that this w"] == "quote"
    assert found["It took two years,” said"] == "quote"
    assert found["The agreement runs for t"] in {"lead", "body"}
    assert found["Helvia Therapeutics deve"] == "about"
    assert found["This release contains fo"] == "legal"
    assert found["Media contact: press@hel"] == "contact"


def test_profiles_and_disclaimers_are_no_news() -> None:
    main = " ".join(sentence.text for sentence in prepare(TITLE, RELEASE).main())

    assert "diseases of the eye" not in main
    assert "$999 million" not in main
    assert "$35 million upfront" in main


def test_a_text_without_paragraph_breaks_keeps_its_parts() -> None:
    flat = prepare(TITLE, RELEASE.replace("\n\n", " "))
    main = " ".join(sentence.text for sentence in flat.main())

    assert "diseases of the eye" not in main
    assert "$999 million" not in main
    assert "$35 million upfront" in main


def test_a_title_that_stands_again_in_the_text_is_a_headline() -> None:
    document = prepare(TITLE, f"{TITLE.upper()}\n\n{RELEASE}")

    assert next(s.section for s in document.sentences if s.field == "text") == "headline"


@pytest.mark.parametrize("about", ["About 400 of the cameras are in use.", "About half of them agreed."])
def test_a_sentence_that_begins_with_about_opens_no_profile(about: str) -> None:
    assert all(sentence.is_main for sentence in prepare(TITLE, f"Helvia signed.\n\nIt works.\n\n{about}").sentences)


TEXTS = st.text(alphabet=st.sampled_from('aB .\n!"”“(1$About ') | st.characters(), max_size=200)


@given(TEXTS, TEXTS, st.integers(-5, 250), st.integers(-5, 250))
def test_evidence_is_always_cut_out_of_its_field(title: str, text: str, start: int, end: int) -> None:
    document = prepare(title, text)
    evidence = document.evidence("text", start, end)

    assert evidence.quote == text[evidence.start : evidence.end]
    for sentence in document.sentences:
        whole = document.evidence_of(sentence)
        assert whole.quote == sentence.text == document.field(whole.field)[whole.start : whole.end]


@given(TEXTS, TEXTS)
def test_every_place_of_a_sentence_leads_to_it(title: str, text: str) -> None:
    document = prepare(title, text)

    for sentence in document.sentences:
        assert document.at(sentence.field, sentence.start) is sentence
        assert document.at(sentence.field, sentence.end - 1) is sentence
    assert document.at("text", len(text)) is None
    assert [sentence.number for sentence in document.sentences] == list(range(len(document.sentences)))
