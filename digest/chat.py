"""Chat and push services: a digest as a short text, handed to Apprise, which knows how each of them is spoken to.

The only importer of Apprise. An address of it (`slack://…`, `ntfy://…`, docs/ways-out.md) is a secret as a whole and
appears in no message, no error and no log. What comes from outside cannot call anyone's attention ("@everyone"), nor
hide where a link leads.
"""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from digest.brief import Brief, brief
from digest.compose import Message
from digest.dollars import in_dollars
from digest.subject import is_update, subject
from digest.wording import clean, count, join, label, link, shorten
from lexicon.rates import Source as RatesSource
from news.alert import Card, Delivery, Digest, Line
from news.errors import DeliveryError

_CARD_FACTS = 12
_TURNS = str.maketrans({"@": "＠", "<": "‹", ">": "›", "`": "'", "|": "¦"})
"""What chats take for a mention, a link or code, and what looks alike and is only text."""
_LINK = re.compile(r"\]\s*\(")
_SCHEME = re.compile(r"[a-z][a-z0-9]{0,30}")


@dataclass(frozen=True, slots=True)
class Chats:
    """Hands deliveries to the services of their recipients; `addresses` are Apprise's."""

    addresses: Mapping[str, str] = field(repr=False)
    rates: RatesSource

    def compose(self, digest: Digest, identity: str) -> Message:  # noqa: ARG002  # chats know no identities
        """Return a digest as a title and a text."""
        cards = [_card(card, self.rates, alone=len(digest.cards) == 1) for card in digest.cards]
        unsure = [f"Perhaps: {_line(line)}" for line in digest.perhaps]
        older = [f"Already out there: {_line(line)}" for line in digest.backlog.lines] if digest.backlog else []
        text = "\n\n".join([*cards, *(["\n".join(unsure)] if unsure else []), *(["\n".join(older)] if older else [])])
        said = subject(digest, self.rates)
        content = {"title": plain(said), "body": text or plain(_nothing(digest))}
        return Message(said, json.dumps(content, ensure_ascii=False).encode())

    def send(self, delivery: Delivery) -> str:
        """Hand a message to its service and return that it was taken; raises DeliveryError."""
        address = self.addresses.get(delivery.recipient)
        if address is None:
            said = f"{delivery.recipient} has no chat any more; this message was made for one"
            raise DeliveryError(said, temporary=False)
        message = json.loads(delivery.message)
        service = service_of(address)
        if service is None:
            raise DeliveryError(f"the chat of {delivery.recipient} is no address that Apprise knows", temporary=True)
        if not _notify(service, message["title"], message["body"]):
            advice = "it is tried again, and if this goes on, check its address and what it allows"
            raise DeliveryError(f"the {scheme_of(address)} chat did not take the message; {advice}", temporary=True)
        return f"{scheme_of(address)} took it"


def plain(text: str) -> str:
    """Return text from outside as a chat shows it: nobody is called, and a link is where it says it is."""
    return _LINK.sub("] (", clean(text)).translate(_TURNS)


def scheme_of(address: str) -> str:
    """Return the name of a service, which is all of an address that may be shown."""
    scheme = clean(unquote(address)).partition("://")[0].lower()
    return scheme if _SCHEME.fullmatch(scheme) else "unknown"


def service_of(address: str) -> Any | None:  # noqa: ANN401  # one of Apprise's hundred services
    """Return what speaks to a service, None where Apprise knows no such address.

    No redirect is followed, nothing is kept on disk, no picture of anybody's is named, and a text that is longer than
    the service takes goes out in several messages.
    """
    apprise = _apprise()
    asset = apprise.AppriseAsset(
        app_id="pactwatch",
        app_desc="pactwatch",
        app_url="",
        image_url_mask=None,
        image_url_logo=None,
        http_redirects=False,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the services are loaded now; one still asks for imghdr
        service = apprise.Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if service is not None and "overflow=" not in address:
        service.overflow_mode = apprise.OverflowMode.SPLIT
    return service


def _apprise() -> Any:  # noqa: ANN401  # the library
    """Load the library, which only who writes to a chat waits for; its own log may name addresses and stays silent."""
    import apprise  # noqa: PLC0415  # see above

    quiet = logging.getLogger("apprise")
    quiet.propagate = False
    quiet.disabled = True
    return apprise


def _notify(service: Any, title: str, body: str) -> bool:  # noqa: ANN401  # see service_of
    apprise = _apprise()
    everyone = apprise.Apprise(asset=service.asset)
    everyone.add(service)
    try:
        return bool(everyone.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT))
    except Exception:  # noqa: BLE001  # what one of a hundred services raises may hold its address: it is not repeated
        return False


def _card(card: Card, rates: RatesSource, *, alone: bool) -> str:
    """Return a deal: in full where it stands alone, else in a line with its link."""
    told = brief(card.deal, card.matches, in_dollars(card.deal.latest, rates))
    head = plain(join(["Update" if is_update(card) else "", told.line], ": "))
    changes = [f"{label(c.field)}: {c.was} → {c.now}" for c in card.telling.changes] if is_update(card) else []
    facts = [f"{said.label}: {said.value}" for said in told.facts] if alone else []
    lines = [*changes, *facts[:_CARD_FACTS]]
    return "\n".join(filter(None, [head, *map(plain, lines), _foot(told)]))


def _foot(told: Brief) -> str:
    return join([_address(told.url), told.label], " ")


def _line(line: Line) -> str:
    return join([plain(shorten(line.title, 200)), plain(line.reason), _address(line.url), f"D{line.deal}"])


def _address(url: str) -> str:
    """Return an address as a chat shows it: what stands in one can call somebody too (".../@everyone")."""
    return quote(link(url).replace("](", "%5D("), safe=":/?#[]!$&'()*+,;=%~")


def _nothing(digest: Digest) -> str:
    return f"{count(digest.health.sources, 'source')} watched" if digest.health else "Nothing new"
