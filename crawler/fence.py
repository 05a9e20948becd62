"""Which addresses may be connected to: public ones, and private ones that the configuration names.

The check is made on the address that is connected to, in the resolver that Twisted asks at every connection, so that a
second DNS answer does not get through; literal addresses (decimal and IPv6-mapped forms too) pass through it as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address as TxIPv4Address
from twisted.internet.address import IPv6Address as TxIPv6Address
from twisted.internet.interfaces import IHostnameResolver
from twisted.internet.threads import deferToThreadPool
from zope.interface import implementer

from crawler.settings import CrawlSettings, Network

_NAT64 = ip_network("64:ff9b::/96")


def is_permitted(address: str, allow: Sequence[Network]) -> bool:
    """Return whether a literal address is public or in one of the allowed networks."""
    parsed = _embedded(ip_address(address))
    if any(parsed in network for network in allow):
        return True
    return parsed.is_global and not parsed.is_multicast


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class Fence:
    """Resolves names for one crawl and remembers which hosts were refused."""

    def __init__(self, settings: CrawlSettings) -> None:
        """Take the allowed networks and the resolver from the settings."""
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
        if found and not permitted:
            self.refused.add(host)
        return permitted


@implementer(IHostnameResolver)
class FencedResolver:
    """Twisted's way to ask the fence; installed by Scrapy (TWISTED_DNS_RESOLVER) at the start of a crawl."""

    def __init__(self, reactor: Any, fence: Fence) -> None:  # noqa: ANN401  # Twisted's reactor has no one type
        """Keep the reactor, whose thread pool does the look-ups."""
        self._reactor = reactor
        self._fence = fence

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> FencedResolver:  # noqa: ANN401  # Scrapy's hook
        """Make the resolver of a crawl from its settings."""
        return cls(reactor, crawler.settings["PACTWATCH_FENCE"])

    def install_on_reactor(self) -> None:
        """Make it the reactor's resolver."""
        self._reactor.installNameResolver(self)

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
        deferToThreadPool(self._reactor, pool, self._fence.addresses, hostName).addCallback(give)
        return resolution
