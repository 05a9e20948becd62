"""Which addresses may be connected to: public ones, and private ones that the configuration names.

The check is made on the address that is connected to, in the resolver that Twisted asks at every connection, so that a
second DNS answer does not get through; literal addresses (decimal and IPv6-mapped forms too) pass through it as well.
"""

from __future__ import annotations

import contextlib
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


def is_permitted(address: str, allow: Sequence[Network]) -> bool:
    """Return whether a literal address is public or in one of the allowed networks."""
    parsed = _embedded(ip_address(address))
    if any(parsed in network for network in allow):
        return True
    site_local = isinstance(parsed, IPv6Address) and parsed.is_site_local
    return parsed.is_global and not parsed.is_multicast and not site_local


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64 and so on), else the address itself."""
    if isinstance(address, IPv4Address) or address in {IPv6Address("::"), IPv6Address("::1")}:
        return address
    if any(address in network for network in _CARRIERS):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class Fence:
    """Resolves names for one crawl and remembers which hosts were refused."""

    def __init__(self, settings: CrawlSettings) -> None:
        """Take the allowed networks and the resolver from the settings."""
        self.look_ups = settings.concurrency
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
        (self.refused.add if found and not permitted else self.refused.discard)(host)
        return permitted

    def has_refused(self, url: str) -> bool:
        """Return whether an address was not connected to because of where it leads."""
        return (urlsplit(url.strip()).hostname or "") in self.refused


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
