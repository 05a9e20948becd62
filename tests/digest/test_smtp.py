"""Sending over real sockets: what counts as sent, and what the operator reads when it does not work."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.compose import compose
from digest.smtp import SmtpOutlet, SmtpSettings, backoff, probe
from news.alert import Delivery
from news.errors import DeliveryError
from tests.digest.samples import IDENTITY, NOW, ONE, READER, SENDER, rates
from tests.servers.smtp import HOST, PASSWORD, USER, Command, Mailbox, Security, mail_server, self_signed
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls"))


def settings(mailbox: Mailbox, security: Security = "none", password: str = "", sender: str = SENDER) -> SmtpSettings:
    """Return how to reach a mailbox; with a password USER logs in."""
    user = USER if password else ""
    return SmtpSettings(HOST, mailbox.port, security, sender, user, password, timeout=10.0)


def delivery() -> Delivery:
    """Return a composed message."""
    message = compose(ONE, SENDER, IDENTITY, rates)
    return Delivery(1, READER.key, "digest", NOW, "leased", IDENTITY, message.subject, message.content, NOW)


@contextlib.contextmanager
def process(store: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the mail server as a process that stalls before its answer to DATA; give it and its port."""
    command = [sys.executable, "-m", "tests.servers.smtp", "--store", str(store), "--stall"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        try:
            yield server, int(server.stdout.readline().rpartition(":")[2])
        finally:
            server.terminate()


def refusal(given: SmtpSettings) -> DeliveryError:
    """Return the error of sending."""
    with pytest.raises(DeliveryError) as raised:
        SmtpOutlet(given).send(delivery())
    return raised.value


def test_a_message_arrives_as_the_bytes_that_were_frozen(mailbox: Mailbox) -> None:
    answer = SmtpOutlet(settings(mailbox)).send(delivery())

    assert answer == "250 2.0.0 taken as 4711"
    assert mailbox.raw == [delivery().message]
    assert mailbox.envelopes == [(SENDER, ("reader@desk.example",))]


def test_a_display_name_in_the_sender_stays_out_of_the_envelope(mailbox: Mailbox) -> None:
    SmtpOutlet(settings(mailbox, sender=f"Deal desk <{SENDER}>")).send(delivery())

    assert mailbox.envelopes[0][0] == SENDER


@pytest.mark.parametrize(
    ("command", "answer", "temporary"),
    [
        ("EHLO", "421 4.3.2 shutting down", True),
        ("MAIL", "451 4.3.0 later", True),
        ("MAIL", "550 5.7.1 you may not send as that", True),
        ("RCPT", "450 4.2.0 greylisted", True),
        ("RCPT", "550 5.1.1 no such user", False),
        ("RCPT", "554 5.7.1 relay access denied", True),
        ("RCPT", "530 5.7.0 authentication required", True),
        ("DATA", "452 4.3.1 disk full", True),
        ("DATA", "554 5.6.0 no thanks", False),
    ],
)
def test_an_answer_decides_whether_trying_again_can_help(
    mailbox: Mailbox, command: Command, answer: str, *, temporary: bool
) -> None:
    mailbox.answer(command, answer)

    error = refusal(settings(mailbox))

    assert error.temporary is temporary
    assert answer in str(error), "the operator reads the server's own words"
    assert "\n" not in str(error)


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_up_is_tried_again(mailbox: Mailbox, command: Command) -> None:
    mailbox.answer(command, "")

    error = refusal(settings(mailbox))

    assert error.temporary
    assert "hung up" in str(error)


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
def test_a_server_that_does_not_answer_is_given_up_in_time(mailbox: Mailbox, command: Command) -> None:
    mailbox.stall(command)

    error = refusal(replace(settings(mailbox), timeout=0.2))

    assert error.temporary
    assert "no answer in time" in str(error)


def test_a_message_counts_as_sent_only_after_the_answer_to_all_of_it(mailbox: Mailbox) -> None:
    mailbox.stall("DATA")
    outlet, message = SmtpOutlet(settings(mailbox)), delivery()
    answers: list[str] = []
    sender = threading.Thread(target=lambda: answers.append(outlet.send(message)), daemon=True)
    sender.start()
    wait_until(lambda: mailbox.raw, "the server holds the message")
    assert answers == []

    mailbox.release()

    sender.join(30)
    assert answers == ["250 2.0.0 taken as 4711"]


def test_nobody_listening_is_temporary_and_says_what_to_check() -> None:
    with socket.create_server((HOST, 0)) as bound:
        port = bound.getsockname()[1]

    error = refusal(SmtpSettings(HOST, port, "none", SENDER, timeout=5.0))

    assert error.temporary
    assert f"{HOST}:{port}" in str(error)
    assert "mail.port" in str(error)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_server_is_logged_in_to_over_tls(
    security: Security, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(security=security, certificate=certificate) as mailbox:
        SmtpOutlet(settings(mailbox, security, PASSWORD)).send(delivery())

        assert len(mailbox.raw) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_stops_before_the_login(security: Security, certificate: Path) -> None:
    with mail_server(security=security, certificate=certificate) as mailbox:
        error = refusal(settings(mailbox, security, PASSWORD))

        assert mailbox.raw == []
    assert error.temporary
    assert "certificate is not trusted" in str(error)
    assert "SSL_CERT_FILE" in str(error)


def test_a_wrong_password_is_an_operators_matter_and_is_not_repeated(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(security="starttls", certificate=certificate) as mailbox:
        error = refusal(settings(mailbox, "starttls", "hunter-2-secret"))

    assert error.temporary
    assert "mail.username" in str(error)
    assert "hunter-2-secret" not in f"{error} {error.__cause__}"


def test_a_password_that_smtp_cannot_carry_is_named_without_it(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(security="starttls", certificate=certificate) as mailbox:
        error = refusal(settings(mailbox, "starttls", "größe-417"))

    assert "characters outside ASCII" in str(error)
    assert "größe" not in f"{error} {error.__cause__}"


def test_settings_do_not_show_their_password() -> None:
    assert PASSWORD not in repr(SmtpSettings(HOST, 25, "none", SENDER, USER, PASSWORD))


def test_a_server_without_starttls_is_sent_nothing_in_clear(mailbox: Mailbox) -> None:
    error = refusal(settings(mailbox, "starttls"))

    assert error.temporary
    assert "mail.security" in str(error)
    assert mailbox.raw == []


def test_tls_on_a_port_that_speaks_none_says_which_ports_are_usual(mailbox: Mailbox) -> None:
    error = refusal(settings(mailbox, "tls"))

    assert error.temporary
    assert "465" in str(error)


def test_a_message_to_two_addresses_is_never_sent(mailbox: Mailbox) -> None:
    two = delivery().message.replace(b"To: reader@desk.example", b"To: reader@desk.example, other@desk.example")

    with pytest.raises(DeliveryError, match="one address") as raised:
        SmtpOutlet(settings(mailbox)).send(replace(delivery(), message=two))

    assert not raised.value.temporary
    assert mailbox.raw == []


def test_a_probe_gives_the_servers_answers_and_sends_one_mail(mailbox: Mailbox) -> None:
    said = list(probe(settings(mailbox), "someone@desk.example", datetime(2026, 11, 24, tzinfo=UTC)))

    assert [line.partition(":")[0] for line in said] == ["connected", "EHLO", "MAIL FROM", "RCPT TO", "message"]
    assert said[-1].endswith("250 2.0.0 taken as 4711")
    (mail,) = mailbox.messages
    assert mail["To"] == "someone@desk.example"
    assert mail.defects == []


def test_a_probe_shows_the_answers_up_to_the_one_that_failed(mailbox: Mailbox) -> None:
    mailbox.answer("RCPT", "550 5.1.1 no such user")
    said: list[str] = []

    with pytest.raises(DeliveryError, match="no such user"):
        said.extend(line for line in probe(settings(mailbox), "nobody@desk.example", NOW))

    assert [line.partition(":")[0] for line in said] == ["connected", "EHLO", "MAIL FROM"]


def test_a_probe_that_is_not_followed_to_its_end_sends_nothing(mailbox: Mailbox) -> None:
    conversation = probe(settings(mailbox), "someone@desk.example", NOW)

    assert any(line.startswith("MAIL FROM") for line in conversation)

    del conversation
    assert mailbox.envelopes == []


def test_an_address_outside_ascii_is_refused_for_good(mailbox: Mailbox) -> None:
    with pytest.raises(DeliveryError, match="ASCII") as raised:
        list(probe(settings(mailbox), "jörg@desk.example", NOW))

    assert not raised.value.temporary


def test_an_address_outside_ascii_is_reached_where_the_server_has_smtputf8() -> None:
    digest = replace(ONE, recipient=replace(READER, email="jörg@desk.example"))
    content = compose(digest, SENDER, IDENTITY, rates).content
    with mail_server(unicode=True) as able:
        SmtpOutlet(settings(able)).send(replace(delivery(), message=content))

        assert able.envelopes == [(SENDER, ("jörg@desk.example",))]
        assert able.raw[0].partition(b"Subject")[0].endswith("To: jörg@desk.example\r\n".encode())


def test_a_server_that_sends_a_byte_now_and_then_is_given_up_at_the_limit() -> None:
    with socket.create_server((HOST, 0)) as bound:
        done = threading.Event()

        def talk() -> None:
            connection, _ = bound.accept()
            with connection, contextlib.suppress(OSError):
                while not done.wait(0.05):
                    connection.sendall(b"2")

        threading.Thread(target=talk, daemon=True).start()
        error = refusal(SmtpSettings(HOST, bound.getsockname()[1], "none", SENDER, timeout=5.0, limit=0.4))
        done.set()

    assert error.temporary
    assert error.server, "nothing else is tried there in this round"
    assert "no answer in time" in str(error)


def test_what_concerns_one_message_does_not_stop_the_others(mailbox: Mailbox) -> None:
    mailbox.answer("RCPT", "451 4.2.1 full")

    assert not refusal(settings(mailbox)).server


def test_attempts_are_spread_over_about_two_days_and_then_end() -> None:
    waits: list[timedelta] = []
    while (wait := backoff(len(waits) + 1)) is not None:
        waits.append(wait)

    assert waits == sorted(waits)
    assert waits[0] <= timedelta(minutes=10)
    assert timedelta(hours=40) <= sum(waits, timedelta()) <= timedelta(hours=56)
    assert backoff(1000) is None


def test_the_mail_server_of_the_tests_runs_as_a_process_too(tmp_path: Path) -> None:
    """Tests that kill pactwatch hold it here, before the answer to DATA."""
    store = tmp_path / "mail"
    message = delivery()
    answers: list[str] = []
    with process(store) as (server, port):
        outlet = SmtpOutlet(SmtpSettings(HOST, port, "none", SENDER, timeout=10.0))
        sender = threading.Thread(target=lambda: answers.append(outlet.send(message)), daemon=True)
        sender.start()
        wait_until((store / "0001.eml").exists, "the message is stored")
        assert answers == []

        server.send_signal(signal.SIGUSR1)

        sender.join(30)
    assert answers == ["250 2.0.0 taken as 4711"]
    assert (store / "0001.eml").read_bytes() == message.message
