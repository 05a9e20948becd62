"""The outbox: frozen messages, leased one by one, and the backlogs that a digest closes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, and_, func, or_, select, update

from news.alert import Delivery, DeliveryKind, DeliveryState, Telling, TellingKind, Way
from news.step import BacklogOpen
from storage.base import Database, add_new
from storage.deals import insert_telling, telling_of
from storage.tables import backlogs, deliveries, recipients, tellings

_WAITING: tuple[DeliveryState, ...] = ("pending", "leased")
_UNSENT: tuple[DeliveryState, ...] = (*_WAITING, "refused", "failed")
_CARDS: tuple[TellingKind, ...] = ("first", "update")
_AT_ONCE = 100
"""Messages of which the bytes are let go in one transaction: they are up to 100 kB each."""


class Outbox(Database):
    """Deliveries and what stands in them."""

    def open_backlogs(self, recipient: str) -> tuple[BacklogOpen, ...]:
        """Return what was added since the recipient was last told what was already out there."""
        query = select(backlogs).where(backlogs.c.recipient == recipient, ~backlogs.c.closed)
        with self._read() as connection:
            rows = connection.execute(query.order_by(backlogs.c.added_at, backlogs.c.cause, backlogs.c.key)).mappings()
            return tuple(BacklogOpen(r["recipient"], r["cause"], r["key"], r["added_at"]) for r in rows)

    def record_delivery(
        self,
        delivery: Delivery,
        told: Sequence[int],
        added: Sequence[Telling],
        closed: Sequence[BacklogOpen],
        *,
        until: datetime | None = None,
    ) -> Delivery:
        """Put a message into the outbox with the tellings that stand in it, and close the backlogs that it shows.

        `until` closes the recipient's window as well. A (recipient, kind, window start) that is there already is
        returned as it is, and nothing else is touched.
        """
        row = {name: getattr(delivery, name) for name in Delivery.__dataclass_fields__ if name != "id"}
        key = (delivery.recipient, delivery.kind, delivery.window_start)
        with self._write() as connection:
            number = add_new(connection, deliveries, row)
            if number is not None:
                wanted = tellings.c.id.in_(told) & (tellings.c.state == "pending")
                connection.execute(update(tellings).where(wanted).values(state="told", delivery=number))
                for telling in added:
                    insert_telling(connection, telling, delivery=number)
                _close(connection, closed)
                _close_window(connection, delivery.recipient, until)
            stored = select(deliveries).where(
                deliveries.c.recipient == key[0], deliveries.c.kind == key[1], deliveries.c.window_start == key[2]
            )
            return Delivery(**connection.execute(stored).mappings().one())

    def close_backlogs(self, closed: Sequence[BacklogOpen], added: Sequence[Telling]) -> None:
        """Close backlogs that turned out to hold nothing to show."""
        with self._write() as connection:
            for telling in added:
                insert_telling(connection, telling)
            _close(connection, closed)

    def close_window(self, recipient: str, until: datetime) -> None:
        """Close a window in silence."""
        with self._write() as connection:
            _close_window(connection, recipient, until)

    def lease(
        self, now: datetime, hold: timedelta, *, ways: Collection[Way] = (), quiet: Collection[str] = ()
    ) -> Delivery | None:
        """Return one message that may be sent now, leased for `hold`; no two callers get the same.

        None of the `ways`, on which nothing gets through just now, and none to a recipient who is left in `quiet`.
        """
        pending = (deliveries.c.state == "pending") & or_(
            deliveries.c.not_before.is_(None), deliveries.c.not_before <= now
        )
        abandoned = (deliveries.c.state == "leased") & (deliveries.c.leased_until < now)
        query = select(deliveries.c.id).where(or_(pending, abandoned)).order_by(deliveries.c.id).limit(1)
        query = query.where(deliveries.c.way.not_in(ways), deliveries.c.recipient.not_in(quiet))
        with self._write() as connection:
            number = connection.scalar(query.with_for_update(skip_locked=True))
            if number is None:
                return None
            taken = {"state": "leased", "leased_until": now + hold, "attempts": deliveries.c.attempts + 1}
            connection.execute(update(deliveries).where(deliveries.c.id == number).values(taken))
            return Delivery(**connection.execute(select(deliveries).where(deliveries.c.id == number)).mappings().one())

    def release_leases(self) -> None:
        """Take back the leases of a sender that died; only who holds the crawler's lock may say so."""
        with self._write() as connection:
            freed = {"state": "pending", "leased_until": None}
            connection.execute(update(deliveries).where(deliveries.c.state == "leased").values(freed))

    def record_sent(self, delivery: int, now: datetime, answer: str) -> None:
        """Account for a message that was handed over."""
        values = {"state": "sent", "sent_at": now, "leased_until": None, "answer": answer}
        with self._write() as connection:
            connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(values))

    def record_unsent(
        self,
        delivery: int,
        state: Literal["pending", "refused", "failed"],
        not_before: datetime | None,
        answer: str,
    ) -> None:
        """Account for a message that was not handed over: to be tried again at `not_before`, or given up.

        One that another sender has handed over meanwhile stays sent.
        """
        values = {"state": state, "not_before": not_before, "leased_until": None, "answer": answer}
        unsent = (deliveries.c.id == delivery) & (deliveries.c.state != "sent")
        with self._write() as connection:
            connection.execute(update(deliveries).where(unsent).values(values))

    def resend(self, delivery: int, message: bytes) -> bool:
        """Let a message go out once more, with the first run that delivers; its attempts are counted anew.

        Return whether it may: one that is just being sent is left alone.
        """
        values = {"state": "pending", "not_before": None, "leased_until": None, "attempts": 0, "message": message}
        idle = (deliveries.c.id == delivery) & (deliveries.c.state != "leased")
        with self._write() as connection:
            return connection.execute(update(deliveries).where(idle).values(values)).rowcount > 0

    def forget_messages(self, before: datetime) -> int:
        """Let go of the bytes of messages older than that which wait no more; return how many.

        Their Message-ID, subject, tellings and SHA-256 stay.
        """
        forgotten = 0
        while some := self._forget(before):
            forgotten += some
        return forgotten

    def _forget(self, before: datetime) -> int:
        old = select(deliveries.c.id, deliveries.c.message).where(
            deliveries.c.fingerprint.is_(None), deliveries.c.created_at < before, deliveries.c.state.not_in(_WAITING)
        )
        with self._write() as connection:
            rows = connection.execute(old.limit(_AT_ONCE)).all()
            for number, message in rows:
                gone = {"message": b"", "fingerprint": hashlib.sha256(message).hexdigest()}
                connection.execute(update(deliveries).where(deliveries.c.id == number).values(gone))
            return len(rows)

    def deliveries(
        self, *, recipient: str | None = None, state: DeliveryState | None = None, newest: int | None = None
    ) -> tuple[Delivery, ...]:
        """Return deliveries, the oldest first; of many only the `newest`."""
        query = select(deliveries).order_by(deliveries.c.id.desc()).limit(newest)
        if recipient is not None:
            query = query.where(deliveries.c.recipient == recipient)
        if state is not None:
            query = query.where(deliveries.c.state == state)
        with self._read() as connection:
            return tuple(Delivery(**row) for row in connection.execute(query).mappings())[::-1]

    def unsent(self) -> tuple[Delivery, ...]:
        """Return what was not handed over, be it still to be tried or given up, the oldest first."""
        query = select(deliveries).where(deliveries.c.state.in_(_UNSENT)).order_by(deliveries.c.id)
        with self._read() as connection:
            return tuple(Delivery(**row) for row in connection.execute(query).mappings())

    def last_sent(self, recipient: str) -> datetime | None:
        """Return when a message was last handed over for a recipient."""
        query = select(func.max(deliveries.c.sent_at)).where(deliveries.c.recipient == recipient)
        with self._read() as connection:
            found: datetime | None = connection.scalar(query.where(deliveries.c.state == "sent"))
            return found

    def delivery(self, number: int) -> Delivery | None:
        """Return one delivery."""
        with self._read() as connection:
            row = connection.execute(select(deliveries).where(deliveries.c.id == number)).mappings().first()
            return None if row is None else Delivery(**row)

    def last_composed(self, recipient: str, kind: DeliveryKind) -> datetime | None:
        """Return when the newest delivery of a kind was put into the outbox for a recipient."""
        query = select(func.max(deliveries.c.created_at))
        with self._read() as connection:
            found: datetime | None = connection.scalar(
                query.where(deliveries.c.recipient == recipient, deliveries.c.kind == kind)
            )
            return found

    def composed_since(self, recipient: str, since: datetime, kinds: Collection[DeliveryKind]) -> int:
        """Return how many messages of these kinds were put into the outbox for a recipient since then."""
        mine = (deliveries.c.recipient == recipient) & deliveries.c.kind.in_(kinds)
        with self._read() as connection:
            return connection.scalars(select(func.count()).where(mine, deliveries.c.created_at >= since)).one()

    def told_between(self, recipient: str, after: datetime, until: datetime) -> tuple[Telling, ...]:
        """Return what stands as a card in messages that were put into the outbox in a time, `until` in it."""
        mine = (deliveries.c.recipient == recipient) & (deliveries.c.created_at > after)
        numbers = select(deliveries.c.id).where(mine, deliveries.c.created_at <= until)
        query = select(tellings).where(tellings.c.delivery.in_(numbers), tellings.c.kind.in_(_CARDS))
        with self._read() as connection:
            return tuple(telling_of(row) for row in connection.execute(query.order_by(tellings.c.id)).mappings())

    def in_delivery(self, number: int) -> tuple[Telling, ...]:
        """Return what stands in a message."""
        query = select(tellings).where(tellings.c.delivery == number).order_by(tellings.c.id)
        with self._read() as connection:
            return tuple(telling_of(row) for row in connection.execute(query).mappings())

    def last_window(self, recipient: str, kind: DeliveryKind) -> datetime | None:
        """Return when the newest window of a kind that was closed for a recipient began."""
        query = select(deliveries.c.window_start).where(deliveries.c.recipient == recipient, deliveries.c.kind == kind)
        with self._read() as connection:
            found: datetime | None = connection.scalar(query.order_by(deliveries.c.window_start.desc()).limit(1))
            return found


def _close(connection: Connection, closed: Sequence[BacklogOpen]) -> None:
    for item in closed:
        same = and_(
            backlogs.c.recipient == item.recipient,
            backlogs.c.cause == item.cause,
            backlogs.c.key == item.key,
            backlogs.c.added_at == item.added_at,
        )
        connection.execute(update(backlogs).where(same).values(closed=True))


def _close_window(connection: Connection, recipient: str, until: datetime | None) -> None:
    if until is not None:
        row = update(recipients).where(recipients.c.key == recipient)
        connection.execute(row.values(closed_until=until))
