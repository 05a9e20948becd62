"""The ways out beside the mail, put together: what a run hands its deliveries to, and what only shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import click

from digest.chat import Chats
from digest.compose import Message
from digest.webhook import Webhooks
from jobs.context import Clock, WayOut
from lexicon import load_rates
from news.alert import Delivery, Digest, Way
from pactwatch.waysout import Channels


def ways_of(channels: Channels, clock: Clock) -> Mapping[Way, WayOut]:
    """Return the ways out of an installation; a webhook's or chat's secret is looked up when a message is sent."""
    return {
        "webhook": Webhooks(channels.webhooks, load_rates, clock),
        "chat": Chats(channels.chats, load_rates),
    }


def shown_only(ways: Mapping[Way, WayOut]) -> Mapping[Way, WayOut]:
    """Return ways that compose as these do and hand nothing over: they print what would be sent."""
    return {name: _Shown(way) for name, way in ways.items()}


@dataclass(frozen=True, slots=True)
class _Shown:
    way: WayOut

    def compose(self, digest: Digest, identity: str) -> Message:
        """Return what the way itself would compose."""
        return self.way.compose(digest, identity)

    def send(self, delivery: Delivery) -> str:
        """Print a message."""
        show(delivery)
        return "shown"


def show(delivery: Delivery) -> None:
    """Print what goes out another way than mail."""
    text = delivery.message.decode("utf-8", "replace")
    click.echo(f"To: {delivery.recipient} ({delivery.way})\nSubject: {delivery.subject}\n\n{text}\n")
