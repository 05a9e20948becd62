from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest

from pactwatch.newsroom.mailbox import mail_server


def message(subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "pactwatch@example.org", "ana@example.org", subject
    mail.set_content("Sollévia licenses SLV-08 for CHF 30 million.")
    return mail


def test_a_mailbox_keeps_what_it_is_sent_in_order_and_whole() -> None:
    with mail_server() as mailbox:
        with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10) as client:
            for subject in ("first", "second"):
                client.send_message(message(subject))
        kept = mailbox.mails["ana@example.org"]

    assert [mail["Subject"] for mail in kept] == ["first", "second"]
    assert kept[0].get_content().strip() == "Sollévia licenses SLV-08 for CHF 30 million."


def test_a_closed_mailbox_takes_nothing() -> None:
    with mail_server() as mailbox:
        port = mailbox.port

    with pytest.raises(ConnectionError):
        smtplib.SMTP("127.0.0.1", port, timeout=10)
