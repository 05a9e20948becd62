"""Where no mail is configured: the terminal and a folder."""

from __future__ import annotations

import io
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from digest.compose import compose
from digest.terminal import TerminalOutlet
from news.alert import Delivery
from news.errors import DeliveryError
from tests.digest.samples import IDENTITY, NOW, ONE, READER, SEVEN, html, rates


def delivery(identity: str = IDENTITY) -> Delivery:
    """Return a composed message."""
    message = compose(ONE, "pactwatch@localhost", identity, rates)
    return Delivery(1, READER.key, "digest", NOW, "leased", identity, message.subject, message.content, NOW)


def test_a_digest_is_shown_and_saved_as_page_and_as_mail(tmp_path: Path) -> None:
    out = io.StringIO()

    answer = TerminalOutlet(tmp_path / "digests", out).send(delivery())

    (mail,), (page,) = (list((tmp_path / "digests").glob(f"*.{kind}")) for kind in ("eml", "html"))
    assert mail.read_bytes() == delivery().message
    assert page.read_text("utf-8").rstrip("\n") == html(ONE, rates).rstrip("\n")
    assert "Upfront ............ EUR 40m" in out.getvalue()
    assert out.getvalue().endswith(f"Open it in a browser: {page}\n")
    assert str(page) in answer


def test_the_same_message_is_saved_under_the_same_name_and_another_under_another(tmp_path: Path) -> None:
    outlet = TerminalOutlet(tmp_path, io.StringIO())

    for identity in (IDENTITY, IDENTITY, "<../../other\n@desk.example>"):
        outlet.send(delivery(identity))

    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 4
    assert all(name.startswith("2026-11-24-0630-digest-") for name in names)


def test_what_is_saved_is_for_its_owner_only(tmp_path: Path) -> None:
    TerminalOutlet(tmp_path, io.StringIO()).send(delivery())

    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_folder_that_cannot_be_made_is_named_and_nothing_counts_as_shown(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    out = io.StringIO()

    with pytest.raises(DeliveryError, match=r"file/digests.*make that folder writable") as raised:
        TerminalOutlet(tmp_path / "file" / "digests", out).send(delivery())

    assert raised.value.temporary
    assert out.getvalue() == ""


def test_a_terminal_that_knows_few_letters_shows_the_rest_as_question_marks(tmp_path: Path) -> None:
    raw = io.BytesIO()
    message = compose(SEVEN, "pactwatch@localhost", IDENTITY, rates)

    out = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    TerminalOutlet(tmp_path, out).send(replace(delivery(), message=message.content, subject=message.subject))

    assert b"Upfront ............ EUR 40m" in raw.getvalue()


def test_a_terminal_that_is_gone_is_an_error_to_try_again(tmp_path: Path) -> None:
    out = io.StringIO()
    out.close()

    with pytest.raises(DeliveryError) as raised:
        TerminalOutlet(tmp_path, out).send(delivery())

    assert raised.value.temporary


def test_no_escape_sequence_of_a_title_reaches_the_terminal(tmp_path: Path) -> None:
    out = io.StringIO()
    (card,) = ONE.cards
    event = card.deal.latest
    evil = replace(event, reports=(replace(event.reports[0], title="\x1b]0;owned\x07 \x9b31m title"),))
    shown = replace(ONE, cards=(replace(card, deal=replace(card.deal, events=(evil,))),))
    message = compose(shown, "pactwatch@localhost", IDENTITY, rates)

    TerminalOutlet(tmp_path, out).send(replace(delivery(), message=message.content, subject=message.subject))

    assert not any(ord(letter) < 32 and letter != "\n" for letter in out.getvalue())
    assert "\x9b" not in out.getvalue()
