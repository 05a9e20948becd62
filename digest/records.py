"""What must stand in the sender's domain so that mail is believed: SPF, DKIM and DMARC, and what of it is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

import dns.exception
import dns.resolver

from digest.compose import domain_of
from digest.signing import Signer
from news.errors import DeliveryError

PATIENCE = 5.0
"""Seconds to wait for a name server."""


@dataclass(frozen=True, slots=True)
class Record:
    """A TXT record: what it is for, where it stands, what it says, and how one that is there begins."""

    of: str
    name: str
    text: str
    begins: str


def wanted(sender: str, host: str, signer: Signer | None) -> tuple[Record, ...]:
    """Return the records for mail from a sender's address through a server; DKIM where mail is signed."""
    domain = domain_of(sender)
    dkim = () if signer is None else (Record("DKIM", signer.place, signer.record(), "v=DKIM1"),)
    return (
        Record("SPF", domain, f"v=spf1 {_server(host)} -all", "v=spf1"),
        *dkim,
        Record("DMARC", f"_dmarc.{domain}", f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}", "v=DMARC1"),
    )


def missing(records: tuple[Record, ...], server: str = "") -> Iterator[tuple[Record, str]]:
    """Yield the records that are not there, with what is there instead, "" for nothing; raises DeliveryError.

    `server` is the address of a name server with its port after a colon where it is not 53, "" for the system's.
    """
    resolver = _resolver(server)
    for record in records:
        found = _texts(resolver, record.name)
        same = [text for text in found if text.lower().startswith(record.begins.lower())]
        key = record.text.partition("p=")[2]
        if not same:
            yield record, ""
        elif record.of == "DKIM" and not any("".join(text.split()).endswith(f"p={key}") for text in same):
            yield record, same[0]


def _server(host: str) -> str:
    try:
        return f"ip{ip_address(host).version}:{host}"
    except ValueError:
        return f"a:{host}"


def _resolver(server: str) -> dns.resolver.Resolver:
    try:
        resolver = dns.resolver.Resolver(configure=not server)
        if server:
            address, _, port = server.rpartition(":") if server.count(":") == 1 else (server, "", "53")
            resolver.nameservers, resolver.port = [str(ip_address(address))], int(port)
    except (dns.exception.DNSException, ValueError) as error:
        raise DeliveryError(
            f"no name server {server or 'of the system'} can be asked ({error})", temporary=True
        ) from error
    resolver.lifetime = PATIENCE
    return resolver


def _texts(resolver: dns.resolver.Resolver, name: str) -> list[str]:
    try:
        answer = resolver.resolve(name, "TXT")
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        words = " ".join(str(error).split())
        raise DeliveryError(f"the name server does not say what stands at {name} ({words})", temporary=True) from error
    return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]
