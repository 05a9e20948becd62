"""The headers by which a mailing is known as one, can be stopped, and is known to be ours."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim  # type: ignore[import-untyped]  # it ships no types
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from digest.compose import compose, readdressed
from digest.signing import Signer, check_key
from news.alert import Digest
from tests.digest.samples import IDENTITY, ONE, SENDER, rates

PAGE = "https://desk.example/stop?reader=4f"
MAILTO = "mailto:desk@desk.example?subject=unsubscribe%204f"


def composed(digest: Digest) -> EmailMessage:
    """Return a message as a mail program reads it."""
    return message_from_bytes(compose(digest, SENDER, IDENTITY, rates).content, policy=policy.default)


@pytest.fixture(scope="module")
def key() -> str:
    """Return a new key in PEM."""
    made = rsa.generate_private_key(65537, 2048)
    form = serialization.PrivateFormat.PKCS8
    return made.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def test_a_page_takes_one_click_and_an_address_does_not() -> None:
    by_page, by_mail = composed(replace(ONE, stop=PAGE)), composed(replace(ONE, stop=MAILTO))

    assert (by_page["List-Unsubscribe"], by_page["List-Unsubscribe-Post"]) == (
        f"<{PAGE}>",
        "List-Unsubscribe=One-Click",
    )
    assert (by_mail["List-Unsubscribe"], by_mail["List-Unsubscribe-Post"]) == (f"<{MAILTO}>", None)


@pytest.mark.parametrize("stop", ["", "http://desk.example/", "https://x/\r\nBcc: a@b.example", "javascript:1"])
def test_nothing_but_an_https_or_mailto_address_becomes_a_header(stop: str) -> None:
    message = composed(replace(ONE, stop=stop))

    assert message["List-Unsubscribe"] is None
    assert message["Bcc"] is None


def test_a_signature_holds_for_what_is_sent_and_breaks_when_it_is_changed(key: str) -> None:
    signer = Signer("pactwatch", "desk.example", key)
    signed = signer.signed(compose(replace(ONE, stop=PAGE), SENDER, IDENTITY, rates).content)

    def record(name: bytes, timeout: float = 5) -> bytes:  # noqa: ARG001  # as dkimpy asks for it
        assert name == b"pactwatch._domainkey.desk.example."
        return signer.record().encode()

    assert dkim.verify(signed, dnsfunc=record)
    assert not dkim.verify(signed.replace(b"List-Unsubscribe-Post", b"List-Unsubscribe-Past"), dnsfunc=record)
    assert not dkim.verify(b"From: other@desk.example\r\n" + signed, dnsfunc=record)
    assert message_from_bytes(signed, policy=policy.default)["Message-ID"] == IDENTITY


@pytest.mark.parametrize("text", ["", "-----BEGIN PRIVATE KEY-----\nsecret-417\n-----END PRIVATE KEY-----"])
def test_what_is_no_key_is_refused_in_words_that_show_nothing_of_it(text: str) -> None:
    with pytest.raises(ValueError, match="RSA key") as raised:
        check_key(text)

    assert "secret" not in str(raised.value)
    assert raised.value.__suppress_context__


def test_a_key_is_not_part_of_what_is_printed(key: str) -> None:
    assert key.splitlines()[1] not in repr(Signer("pactwatch", "desk.example", key))


def test_a_message_to_another_address_is_the_same_otherwise() -> None:
    content = compose(ONE, SENDER, IDENTITY, rates).content
    again = readdressed(content, "new@desk.example")

    assert message_from_bytes(again, policy=policy.default)["To"] == "new@desk.example"
    assert readdressed(again, ONE.recipient.email) == content
