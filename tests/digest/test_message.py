"""The bytes of a message: headers that nothing from outside can break, and bodies that any server carries."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.compose import compose, message_id
from digest.subject import subject
from digest.wording import clean
from news.alert import Digest
from news.reading import Evidence, Terms
from news.story import Change
from tests.digest.samples import (
    EMPTY,
    IDENTITY,
    LICENCE,
    MODEST,
    NOW,
    ONE,
    READER,
    SENDER,
    SEVEN,
    TWENTY,
    card,
    deal,
    digest,
    html,
    money,
    named,
    party,
    plain_text,
    rates,
)

SECRET = b"0" * 32
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
}
NASTY = st.text(max_size=80) | st.sampled_from(
    [
        "Deal\r\nBcc: everybody@desk.example",
        "Deal\n\n<script>alert(1)</script>",
        "=?utf-8?q?Bcc:_x?=",
        "\u202eevil\u2066 \ud800 \x00\x1b[31m \u2028 ",
        "<img src=x onerror=alert(1)>\"'&{{ 7*7 }}{% raw %}",
        "長" * 300,
        "x" * 1200,
        ".\r\n.\r\nMAIL FROM:<x@y>",
    ]
)


def parsed(of: Digest) -> EmailMessage:
    """Return a composed digest as a mail program reads it."""
    return message_from_bytes(compose(of, SENDER, IDENTITY, rates).content, policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    """Return the text of a part."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def from_outside(text: str) -> Digest:
    """Return a digest in which everything that an article gave is this text."""
    terms = replace(
        LICENCE,
        parties=(party(text, "licensor"), party(text, "licensee")),
        assets=(named(text),),
        upfront=replace(money("40000000", text), evidence=Evidence(text, 0, len(text), url=text)),
    )
    change = Change("upfront", text, text, Evidence(text, 0, 1), Evidence(text, 0, 1))
    told = card(deal(1, terms, text, text), "update", (change,), why=text)
    return replace(digest(told), perhaps=(replace(SEVEN.perhaps[0], title=text, url=text, reason=text, outlet=text),))


@MODEST
@given(NASTY)
def test_no_text_from_outside_breaks_a_header_or_a_body(text: str) -> None:
    shown = from_outside(text)
    message = parsed(shown)

    assert set(message.keys()) == HEADERS
    assert message["Subject"] == subject(shown, rates)
    assert message["To"] == READER.email
    assert message.defects == []
    assert [part.defects for part in message.walk() if part.defects] == []
    assert body(message, "plain") == plain_text(shown, rates)
    assert body(message, "html").rstrip("\n") == html(shown, rates).rstrip("\n")


@MODEST
@given(NASTY)
def test_every_server_can_carry_the_bytes(text: str) -> None:
    content = compose(from_outside(text), SENDER, IDENTITY, rates).content

    assert content.isascii()
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) < 998
    assert not any(b"\r" in line or b"\n" in line for line in lines), "CRLF and nothing else ends a line"


@MODEST
@given(NASTY)
def test_operators_text_cannot_add_a_header_either(text: str) -> None:
    shown = replace(ONE, recipient=replace(READER, email=text), in_reply_to=text)

    message = message_from_bytes(compose(shown, text, text, rates).content, policy=policy.compat32)

    assert set(message.keys()) <= HEADERS | {"In-Reply-To", "References"}


def test_the_same_digest_gives_the_same_bytes() -> None:
    assert compose(SEVEN, SENDER, IDENTITY, rates) == compose(replace(SEVEN), SENDER, IDENTITY, rates)


def test_a_message_names_its_recipient_in_to_and_no_search_in_any_header() -> None:
    message = parsed(ONE)

    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    assert message["To"] == "reader@desk.example"
    assert "nk-engagers" not in headers
    assert READER.key not in headers


def test_a_mail_program_sees_an_automatic_message_of_a_list() -> None:
    message = parsed(ONE)

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<pactwatch.desk.example>"
    assert message["Message-ID"] == IDENTITY
    assert message["Date"].datetime == NOW
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_an_update_is_threaded_to_the_mail_that_told_the_deal() -> None:
    message = parsed(replace(ONE, in_reply_to="<first@desk.example>"))

    assert message["In-Reply-To"] == message["References"] == "<first@desk.example>"
    assert "In-Reply-To" not in parsed(ONE)


def test_an_international_domain_is_written_in_ascii() -> None:
    content = compose(
        replace(ONE, recipient=replace(READER, email="a@bücher.example")), "desk@münchen.example", IDENTITY, rates
    )

    message = message_from_bytes(content.content, policy=policy.default)
    assert message["To"] == "a@xn--bcher-kva.example"
    assert message["From"].addresses[0].addr_spec == "desk@xn--mnchen-3ya.example"


def test_a_message_id_is_the_same_for_the_same_delivery_and_shows_nobody() -> None:
    one = message_id(SECRET, "analyst-7", "digest", NOW, "desk.example")

    assert re.fullmatch(r"<[0-9a-f]{40}@desk\.example>", one)
    assert one == message_id(SECRET, "analyst-7", "digest", NOW.astimezone(UTC), "desk.example")
    others = {
        message_id(b"1" * 32, "analyst-7", "digest", NOW, "desk.example"),
        message_id(SECRET, "analyst-8", "digest", NOW, "desk.example"),
        message_id(SECRET, "analyst-7", "alert", NOW, "desk.example"),
        message_id(SECRET, "analyst-7", "digest", NOW + timedelta(seconds=1), "desk.example"),
    }
    assert len(others | {one}) == 5


@pytest.mark.parametrize("domain", ["", "a b", "x>\r\nBcc: y", "." * 300, "ex ample.org>"])
def test_a_message_id_is_well_formed_whatever_the_senders_domain(domain: str) -> None:
    assert re.fullmatch(r"<[0-9a-f]{40}@[a-z0-9.-]+>", message_id(SECRET, "me", "digest", NOW, domain))


@MODEST
@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)), st.text(max_size=20))  # noqa: DTZ001  # made aware below
def test_any_moment_and_time_zone_can_be_shown(moment: datetime, zone: str) -> None:
    shown = replace(EMPTY, composed_at=moment.replace(tzinfo=UTC), recipient=replace(READER, time_zone=zone))

    assert parsed(shown)["Date"].datetime == moment.replace(tzinfo=UTC, microsecond=0)


@MODEST
@given(NASTY)
def test_cleaned_text_is_one_line_that_stays_as_it_is(text: str) -> None:
    once = clean(text)

    assert clean(once) == once
    assert len(once.splitlines()) <= 1
    assert once.encode().decode() == once


def test_what_has_no_room_in_the_page_is_attached_as_text() -> None:
    message = parsed(TWENTY)

    attached = list(message.iter_attachments())
    assert [part.get_filename() for part in attached] == ["pactwatch-digest.txt"]
    assert attached[0].get_content_type() == "text/plain"
    assert str(attached[0].get_content()).replace("\r\n", "\n") == plain_text(TWENTY, rates)
    assert message.defects == []
    assert compose(TWENTY, SENDER, IDENTITY, rates) == compose(TWENTY, SENDER, IDENTITY, rates)
    assert max(map(len, compose(TWENTY, SENDER, IDENTITY, rates).content.split(b"\r\n"))) < 998


def test_a_deal_of_which_nothing_is_known_still_makes_a_message() -> None:
    bare = card(deal(3, Terms("other")))

    message = parsed(digest(bare))

    assert message["Subject"] == "Deal D3 · 23–24 Nov"
    assert "No payments are mentioned" in body(message, "plain")
