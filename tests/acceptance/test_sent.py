"""`digest show`, `resend` and `why-missing`, and `doctor mail`, as an operator uses them."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.acceptance.installation import Installation
from tests.acceptance.press import licence, publish
from tests.servers.http import Site
from tests.servers.smtp import Mailbox

NOW = datetime.now(UTC)


def test_what_was_refused_is_shown_explained_and_sent_again_to_the_right_address(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    installed.configure({"ledger": publish(site, "/feed.xml", [licence(1, NOW)])})
    mailbox.answer("RCPT", "550 5.1.1 no such user")
    installed.run("run", status=1)

    (row,) = installed.json("digest", "show")
    assert (row["id"], row["state"]) == (1, "refused")
    assert "no such user" in row["answer"]
    why = installed.run("digest", "why-missing", "someone@example.org", "D1")
    assert "me has not got D1" in why
    assert "refused" in why
    assert "digest resend 1" in why

    config = installed.folder / "config.yaml"
    config.write_text(
        config.read_text("utf-8").replace("{email: someone@example.org", "{email: ana@example.org"), "utf-8"
    )
    mailbox.answer("RCPT", "250")
    installed.run("digest", "resend", "1")
    installed.run("run")

    (mail,) = mailbox.messages
    assert (mail["To"], mail["Message-ID"]) == ("ana@example.org", row["message_id"])
    assert mail["List-Unsubscribe"].startswith("<mailto:pactwatch@example.org?subject=unsubscribe%20")
    assert "me has got D1" in installed.run("digest", "why-missing", "me", "1")
    shown = installed.run("digest", "show", "1")
    assert "told: D1 (first)" in shown
    assert "250 2.0.0" in shown
    assert "there is no deal D7" in installed.run("digest", "why-missing", "me", "D7", status=2)

    checked = installed.run("doctor", "mail")
    assert "MAIL FROM:<pactwatch@example.org>" in checked
    assert 'SPF: example.org  TXT  "v=spf1 ip4:127.0.0.1 -all"' in checked
    assert "_dmarc.example.org" in checked
    assert len(mailbox.messages) == 1, "doctor sends nothing"


def test_doctor_says_that_the_server_has_no_smtputf8_where_it_is_wanted(installed: Installation, site: Site) -> None:
    installed.configure({"ledger": publish(site, "/feed.xml", [licence(1, NOW)])})
    config = installed.folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("security: none", "security: none, smtputf8: true"), "utf-8")

    assert "error    mail.smtputf8: the server has no SMTPUTF8" in installed.run("doctor", "mail", status=1)
