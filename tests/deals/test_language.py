"""Why an article cannot be judged at all."""

import pytest

from deals.language import language_of, not_read


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "The company has signed an agreement with a partner for the development of a drug in "
                "Europe and the United States."
            ),
        ),
        (
            "fr",
            (
                "La société a signé un accord avec un partenaire pour le développement du médicament "
                "dans les pays de l’Union."
            ),
        ),
        (
            "de",
            (
                "Das Unternehmen hat mit einem Partner einen Vertrag über die Entwicklung des Wirkstoffs "
                "und den Vertrieb geschlossen."
            ),
        ),
        (
            "es",
            (
                "La compañía ha firmado un acuerdo con un socio para el desarrollo del medicamento en "
                "los países de la Unión."
            ),
        ),
        (
            "it",
            (
                "La società ha firmato un accordo con un partner per lo sviluppo del farmaco nei paesi "
                "della Unione e in Asia."
            ),
        ),
        ("ja", "両社は新薬の開発に関するライセンス契約を締結したと発表した。"),
    ],
)
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert language_of("", text) == language


def test_the_text_is_believed_rather_than_the_feed() -> None:
    assert language_of("", "The company has signed an agreement with a partner for the drug.", "de") == "en"


def test_another_language_is_not_read_for_that_reason() -> None:
    assert not_read("Titre", "La société a signé un accord avec un partenaire.", "fr") == "language"


def test_a_wall_before_the_text_is_named() -> None:
    assert (
        not_read("Halmar licenses antibody", "Subscribe to continue reading. Already a subscriber? Sign in.", "en")
        == "wall"
    )


def test_a_login_box_above_a_whole_article_is_no_wall() -> None:
    text = "Please log in. " + "Halmar Therapeutics has licensed an antibody for multiple myeloma to Orsted Bio. " * 8

    assert not_read("Halmar licenses antibody", text, "en") is None


def test_too_little_text_is_named() -> None:
    assert not_read("Halmar", "", "en") == "too short"
