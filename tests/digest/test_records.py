"""Which DNS records the sender's domain lacks, asked of a real name server on a loopback address."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from digest.records import missing, wanted
from digest.signing import Signer
from news.errors import DeliveryError

SENDER = "Desk <pactwatch@desk.example>"


@contextmanager
def name_server(texts: Mapping[str, str]) -> Iterator[str]:
    """Give the address of a name server that knows these TXT records."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind(("127.0.0.1", 0))
        bound.settimeout(0.05)
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                with suppress(TimeoutError):
                    question, asker = bound.recvfrom(4096)
                    bound.sendto(_answer(question, texts), asker)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"127.0.0.1:{bound.getsockname()[1]}"
        finally:
            done.set()
            thread.join(10)


def _answer(question: bytes, texts: Mapping[str, str]) -> bytes:
    asked = dns.message.from_wire(question)
    reply = dns.message.make_response(asked)
    reply.flags |= dns.flags.RA
    name = asked.question[0].name
    text = texts.get(name.to_text(omit_final_dot=True))
    if text is None:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    else:
        parts = " ".join(f'"{text[start : start + 200]}"' for start in range(0, len(text), 200))
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", parts))
    return reply.to_wire()


@pytest.fixture(scope="module")
def signer() -> Signer:
    form = serialization.PrivateFormat.PKCS8
    pem = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, form, serialization.NoEncryption()
    )
    return Signer("pw", "desk.example", pem.decode())


def test_what_is_there_is_not_asked_for_and_what_is_another_is_shown(signer: Signer) -> None:
    records = wanted(SENDER, "smtp.desk.example", signer)
    spf, dkim, dmarc = records
    own = {spf.name: "v=spf1 include:_spf.desk.example -all", dkim.name: dkim.text, dmarc.name: "v=DMARC1; p=reject"}
    with name_server(own) as server:
        assert list(missing(records, server)) == []
    with name_server({dkim.name: "v=DKIM1; k=rsa; p=b3RoZXI="}) as server:
        lacking = {record.of: instead for record, instead in missing(records, server)}

    assert lacking == {"SPF": "", "DKIM": "v=DKIM1; k=rsa; p=b3RoZXI=", "DMARC": ""}


def test_records_name_the_server_as_it_is_reached_and_the_key_where_it_is_looked_for(signer: Signer) -> None:
    spf, dkim, dmarc = wanted(SENDER, "192.0.2.7", signer)

    assert (spf.name, spf.text) == ("desk.example", "v=spf1 ip4:192.0.2.7 -all")
    assert (dkim.name, dkim.text) == ("pw._domainkey.desk.example", signer.record())
    assert dmarc.name == "_dmarc.desk.example"
    assert [record.of for record in wanted(SENDER, "smtp.desk.example", None)] == ["SPF", "DMARC"]


def test_a_name_server_that_is_none_is_an_error_of_one_line(signer: Signer) -> None:
    with pytest.raises(DeliveryError, match="no name server") as raised:
        list(missing(wanted(SENDER, "smtp.desk.example", signer), "nowhere"))

    assert "\n" not in str(raised.value)
