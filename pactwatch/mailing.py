"""What `doctor mail` finds: the conversation with the mail server, and the records in the sender's domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

from digest.records import Record, missing, wanted
from digest.smtp import probe
from news.errors import PactwatchError
from pactwatch.config import Config, Mail
from pactwatch.wiring import now_utc, smtp_settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says; only "error" makes the exit status 1, and "unasked" is what nobody was asked about."""

    verdict: Literal["ok", "unasked", "warning", "error"]
    of: str
    words: str


def mail_checks(config: Config, *, dns: bool, server: str) -> Iterator[Finding]:
    """Yield each step with its answer, then the records; `dns` asks which are there, a `server` or the system's."""
    mail = config.mail
    if mail is None:
        yield Finding(
            "error", "mail", f"no mail server is configured; add `mail: {{host: …, from: …}}` to {config.path}"
        )
        return
    try:
        signer = smtp_settings(config, mail).signer
        yield from _conversation(config, mail)
    except PactwatchError as error:
        yield Finding("error", "mail", " ".join(str(error).split()))
        return
    if mail.security == "none" and not _loopback(mail.host):
        yield Finding(
            "warning", "mail.security", "mail goes in the clear, for anybody on the way to read; use starttls or tls"
        )
    yield from _stopping(mail)
    records = wanted(mail.sender, mail.host, signer)
    if signer is None:
        yield Finding("warning", "DKIM", "messages are not signed; name a selector in `mail.dkim` and its key")
    yield from _records(records, dns=dns, server=server)


def _conversation(config: Config, mail: Mail) -> Iterator[Finding]:
    """Yield each step with its answer; to end before a recipient is named sends no mail."""
    offers = ""
    for said in probe(smtp_settings(config, mail), mail.sender, now_utc()):
        step, _, answer = said.partition(": ")
        yield Finding("ok", step, answer)
        if step == "EHLO":
            offers = answer
        if step.startswith("MAIL FROM"):
            break
    if mail.smtputf8:
        yield _unicode(offers)


def _unicode(offers: str) -> Finding:
    """Return whether a server takes addresses outside ASCII, as the configuration says."""
    if "SMTPUTF8" in offers.upper().split():
        return Finding("ok", "mail.smtputf8", "the server has SMTPUTF8")
    words = "the server has no SMTPUTF8: say `smtputf8: false`, and name addresses in ASCII"
    return Finding("error", "mail.smtputf8", words)


def _records(records: tuple[Record, ...], *, dns: bool, server: str) -> Iterator[Finding]:
    if not dns:
        for record in records:
            yield Finding("unasked", record.of, f'{record.name}  TXT  "{record.text}" (whether it is there: --dns)')
        return
    try:
        lacking = dict(missing(records, server))
    except PactwatchError as error:
        yield Finding("error", "DNS", str(error))
        return
    for record in records:
        if record not in lacking:
            yield Finding("ok", record.of, f"{record.name} has it")
            continue
        found = f"; it says {lacking[record]!r}" if lacking[record] else ""
        yield Finding("warning", record.of, f'missing: {record.name}  TXT  "{record.text}"{found}')


def _stopping(mail: Mail) -> Iterator[Finding]:
    if mail.unsubscribe.startswith("https://"):
        yield Finding("ok", "List-Unsubscribe", f"by one click at {mail.unsubscribe}")
    else:
        yield Finding("ok", "List-Unsubscribe", f"by a mail to {mail.unsubscribe or mail.sender}, which a person reads")


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
