"""Which addresses may be connected to: public ones on ports of the web, and private ones that the configuration names.

The check is made on the address that is connected to, in the resolver that Twisted asks at every connection, so that a
second DNS answer does not get through; literal addresses (decimal and IPv6-mapped forms too) pass through it as well.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import twisted.internet
from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address as TxIPv4Address
from twisted.internet.address import IPv6Address as TxIPv6Address
from twisted.internet.interfaces import IHostnameResolver
from twisted.internet.threads import deferToThreadPool
from zope.interface import implementer

from crawler.settings import CrawlSettings, Network
from crawler.text import is_endless
from news.address import canonical
from news.address import host as host_of
from news.errors import AddressError

_CARRIERS = tuple(
    ip_network(network)
    for network in (
        "::/96",  # IPv4-compatible (RFC 4291, 2.5.5.1)
        "::ffff:0:0:0/96",  # IPv4-translated (RFC 2765)
        "64:ff9b::/96",  # NAT64 (RFC 6052)
        "64:ff9b:1::/48",  # NAT64 within a network (RFC 8215)
    )
)
"""IPv6 networks whose addresses carry an IPv4 address in their last 32 bits."""
_ISATAP = 0x00005EFE
"""What stands before the IPv4 address that an interface has behind a tunnel (RFC 5214, 6.1), with a bit that varies."""
_GLOBAL_UNICAST = ip_network("2000::/3")
"""All that is given out of IPv6 so far (RFC 4291, 2.4)."""
_CLOSED = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's service for its machines, the one of its kind that looks like a public address
        "192.0.0.0/24",  # IETF protocol assignments (RFC 6890), and Oracle's service for its machines
        "192.88.99.0/24",  # 6to4 relays, given up (RFC 7526)
        "2001::/23",  # IETF protocol assignments (RFC 2928), Teredo among them
        "3fff::/20",  # documentation (RFC 9637)
    )
)
"""What Python's ipaddress does not know to be closed, or not in every version."""
# fmt: off
_OTHER_PORTS = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})
# fmt: on
"""Ports of mail, chat, file and name servers, which browsers do not ask either (fetch.spec.whatwg.org, 2.9)."""


_AUTHORITY = re.compile(r"[\w.~%-]+(?::\d*)?|\[[\w.:%~-]+\](?::\d*)?")
"""A host and its port, and nothing that two readers of an address could take for one in different ways."""


def objection(url: str) -> str:
    """Return why an address is not asked for before its name is even looked up, empty where it may be."""
    try:
        canonical(url)
        parts = urlsplit(url.strip())
        if "@" in parts.netloc:
            return "it holds a user's name; what opens a source belongs into its `auth`"
        if not _AUTHORITY.fullmatch(parts.netloc):
            return "its host can be understood in more than one way"
        if parts.port in _OTHER_PORTS:
            return "no web server is at that port"
    except (AddressError, ValueError) as error:
        return str(error)
    return "it is longer than any honest address" if is_endless(url) else ""


def is_permitted(address: str, allow: Sequence[Network]) -> bool:
    """Return whether a literal address is public or in one of the allowed networks."""
    parsed = _embedded(ip_address(address))
    if any(parsed in network for network in allow):
        return True
    if any(parsed in network for network in _CLOSED) or (parsed.version == 6 and parsed not in _GLOBAL_UNICAST):
        return False
    return parsed.is_global and not parsed.is_multicast


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64 and so on), else the address itself."""
    if isinstance(address, IPv4Address) or address in {IPv6Address("::"), IPv6Address("::1")}:
        return address
    if any(address in network for network in _CARRIERS):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if int(address) >> 32 & 0xFDFFFFFF == _ISATAP:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class Fence:
    """Resolves names for one crawl and remembers which hosts were refused."""

    def __init__(self, settings: CrawlSettings) -> None:
        """Take the allowed networks and the resolver from the settings."""
        self.look_ups = settings.at_once
        self._allow = settings.allow
        self._resolve = settings.resolve
        self.refused: set[str] = set()

    def addresses(self, host: str) -> list[str]:
        """Return the permitted addresses of a host; an unknown host has none, and so has a refused one."""
        try:
            found = list(self._resolve(host))
        except (OSError, UnicodeError):
            return []
        permitted = [address for address in found if is_permitted(address, self._allow)]
        (self.refused.add if found and not permitted else self.refused.discard)(host.rstrip(".").lower())
        return permitted

    def has_refused(self, url: str) -> bool:
        """Return whether an address was not connected to because of where it leads."""
        try:
            return urlsplit(f"//{host_of(url)}").hostname in self.refused
        except AddressError:
            return False


@contextlib.contextmanager
def fenced(fence: Fence) -> Iterator[None]:
    """Let every connection of this process ask the fence where it may lead, for as long as a crawl lasts.

    Scrapy installs a resolver in its own processes only, not for a runner inside another's.
    """
    reactor: Any = vars(twisted.internet)["reactor"]  # importing the name would install a reactor where none is
    reactor.suggestThreadPoolSize(fence.look_ups)  # as many as requests, so that a slow name server holds up no other
    before = reactor.installNameResolver(FencedResolver(reactor, fence))
    try:
        yield
    finally:
        reactor.installNameResolver(before)


@implementer(IHostnameResolver)
class FencedResolver:
    """Twisted's way to ask the fence."""

    def __init__(self, reactor: Any, fence: Fence) -> None:  # noqa: ANN401  # Twisted's reactor has no one type
        """Keep the reactor, whose thread pool does the look-ups."""
        self._reactor = reactor
        self._fence = fence

    def resolveHostName(  # noqa: N802  # Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: ANN401, N803  # likewise; zope's interfaces mean nothing to mypy
        hostName: str,  # noqa: N803  # likewise
        portNumber: int = 0,  # noqa: N803  # likewise
        addressTypes: object = None,  # noqa: N803  # likewise
        transportSemantics: str = "TCP",  # noqa: N803  # likewise
    ) -> HostResolution:
        """Give the receiver the permitted addresses of a host, one by one."""
        del addressTypes, transportSemantics
        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)

        def give(addresses: list[str]) -> None:
            for address in addresses:
                kind = TxIPv6Address if ":" in address else TxIPv4Address
                resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
            resolutionReceiver.resolutionComplete()

        pool = self._reactor.getThreadPool()
        looking = deferToThreadPool(self._reactor, pool, self._fence.addresses, hostName)
        looking.addCallbacks(give, lambda _: give([]))
        return resolution
