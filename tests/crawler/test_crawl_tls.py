"""A secure connection is one that somebody vouches for."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from news.fetch import FeedTarget
from tests.crawler.conftest import Crawling
from tests.servers.http import Reply, Site, web

ADDRESS = "127.1.1.1"


@pytest.fixture
def unvouched(tmp_path: Path) -> Iterator[Site]:
    """Run a host whose certificate is right in everything, but signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ADDRESS)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(ADDRESS))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    (tmp_path / "both.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "both.pem")
    with web(ADDRESS, tls) as running:
        running.serve("/feed", Reply(b"<rss/>"))
        yield running


def test_a_certificate_that_nobody_vouches_for_is_refused(crawling: Crawling, unvouched: Site) -> None:
    url = unvouched.url("/feed").replace("http:", "https:")

    assert crawling(FeedTarget("s", url)).fault(url) == "tls"
    assert unvouched.seen() == []
