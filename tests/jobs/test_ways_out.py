"""Webhook, chat and feeds on a whole installation, against a real server."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from digest.chat import Chats, plain
from digest.compose import Message
from digest.webhook import Endpoint, Webhooks, key_of, signature
from jobs.context import Feeds, WayOut
from jobs.delivering import deliver
from jobs.feeding import feed_after, write_feeds
from jobs.writer import writer
from lexicon import load_rates
from news.alert import Delivery, Digest, Line, Recipient, Way, When
from news.errors import DeliveryError
from news.reading import Party
from tests.jobs.house import LICENCE, NOW, WORDS, House, sum_of
from tests.servers.hooks import Hooks, hooks
from tests.stories.reports import parties

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
PAGE = (Path(__file__).parents[2] / "docs" / "ways-out.md").read_text()
HOSTILE = "<script>@everyone ]]> & [free](https://evil.example)\u202e\x00"
ATOM = "{http://www.w3.org/2005/Atom}"


def verifier() -> Callable[[Mapping[str, str], bytes, str, set[str]], bool]:
    """Return the function of the documentation."""
    snippet = re.search(r"```python\n(.+?)```", PAGE, re.DOTALL)
    assert snippet is not None
    names: dict[str, Any] = {}
    exec(snippet[1], names)  # noqa: S102  # what the page tells others to run
    found: Callable[[Mapping[str, str], bytes, str, set[str]], bool] = names["verified"]
    return found


def delivered(house: House, way: Way, out: WayOut) -> list[Delivery]:
    """Tell the recipient another way, compose and send what is due; return the outbox."""
    house.me = Recipient("me", "", When("each-run"), "UTC", way=way)
    house.configure("ledger")
    house.pipeline = replace(house.pipeline, ways={way: out})
    return again(house)


def again(house: House) -> list[Delivery]:
    async def sending() -> None:
        with writer() as write:
            await deliver(house.pipeline, write, house.now, run_ends=True)

    asyncio.run(sending())
    return list(house.store.deliveries())


def webhooks(server: Hooks, clock: Callable[[], datetime] = lambda: datetime.now(UTC), **limits: float) -> Webhooks:
    return Webhooks({"me": Endpoint(f"{server.url}/hook?token=t0p", key_of(SECRET))}, load_rates, clock, **limits)


def test_a_deal_is_posted_once_and_the_documented_snippet_verifies_it(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(25_000_000)))

    with hooks() as server:
        (delivery,) = delivered(house, "webhook", webhooks(server))
        again(house)

    (posted,) = server.posted
    verified, taken = verifier(), set[str]()
    assert (delivery.state, delivery.way, delivery.answer) == ("sent", "webhook", "200 OK")
    assert not verified(posted.headers, posted.body + b" ", SECRET, taken)
    assert not verified(posted.headers, posted.body, "whsec_" + base64.b64encode(bytes(32)).decode(), taken)
    assert verified(posted.headers, posted.body, SECRET, taken)
    assert not verified(posted.headers, posted.body, SECRET, taken)
    told = json.loads(posted.body)
    assert (told["id"], told["kind"]) == (posted.headers["webhook-id"], "digest")
    assert (told["deals"][0]["id"], told["deals"][0]["telling"]) == ("D1", "first")
    assert told["deals"][0]["deal"]["upfront"]["amount"] == 25_000_000.0
    assert house.tellings() == [("first", "told", 1)]


def test_a_message_from_an_hour_ago_is_refused_by_who_verifies_it() -> None:
    for age, fresh in ((3600, False), (0, True)):
        sent = int(time.time()) - age
        headers = {"webhook-id": "1", "webhook-timestamp": str(sent)}
        headers["webhook-signature"] = signature(key_of(SECRET), "1", sent, b"{}")
        assert verifier()(headers, b"{}", SECRET, set()) == fresh


def test_a_webhook_that_fails_is_tried_again_later_with_the_same_id_and_bytes(house: House) -> None:
    house.hears(LICENCE)

    with hooks(503, 200) as server:
        (first,) = delivered(house, "webhook", webhooks(server, lambda: house.now))
        house.later(minutes=6)
        (second,) = again(house)

    assert (first.state, second.state, second.attempts) == ("pending", "sent", 2)
    one, other = server.posted
    assert (one.headers["webhook-id"], one.body) == (other.headers["webhook-id"], other.body)
    assert one.headers["webhook-signature"] != other.headers["webhook-signature"]


@pytest.mark.parametrize(
    ("status", "state"), [(400, "refused"), (410, "refused"), (401, "pending"), (404, "pending"), (500, "pending")]
)
def test_an_answer_is_refused_for_good_only_where_it_concerns_the_message(
    house: House, status: int, state: str
) -> None:
    house.hears(LICENCE)

    with hooks(status) as server:
        (delivery,) = delivered(house, "webhook", webhooks(server))

    assert delivery.state == state
    assert f"({status}" in delivery.answer


def test_a_redirect_is_not_followed_and_what_is_secret_of_the_address_is_not_told(house: House) -> None:
    house.hears(LICENCE)

    with hooks() as elsewhere, hooks(307, location=elsewhere.url) as server:
        (delivery,) = delivered(house, "webhook", webhooks(server))

    assert (delivery.state, len(server.posted), elsewhere.posted) == ("pending", 1, [])
    assert "a redirect is not followed" in delivery.answer
    assert "t0p" not in delivery.answer + repr(webhooks(server))
    assert SECRET not in repr(webhooks(server))


def test_a_webhook_that_never_answers_is_left_at_the_deadline(house: House) -> None:
    house.hears(LICENCE)

    with hooks(0) as server:
        (delivery,) = delivered(house, "webhook", webhooks(server, timeout=30.0, deadline=0.2))

    assert delivery.state == "pending"
    assert delivery.answer == "the webhook at 127.0.0.1: no answer in time; it is tried again"


@pytest.mark.parametrize("key", ["", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%", SECRET[6:]])
def test_a_key_that_is_none_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(ValueError, match="it is whsec_ and the base64 of 24 to 64 random bytes"):
        key_of(key)


def chats(server: Hooks) -> Chats:
    return Chats({"me": server.url.replace("http://", "json://") + "/t0p"}, load_rates)


def test_a_deal_reaches_a_chat_with_its_terms_and_its_link(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(25_000_000)))

    with hooks() as server:
        (delivery,) = delivered(house, "chat", chats(server))

    (posted,) = server.posted
    said = json.loads(posted.body)
    assert (delivery.state, delivery.answer) == ("sent", "json took it")
    assert "Harrow Pharma licenses NPB-101 from Northpoint Bio" in said["title"]
    assert "Upfront: EUR 25m (about USD" in said["message"]
    assert "https://ledger.example/1" in said["message"]


def test_a_chat_that_fails_is_tried_again_and_its_address_is_not_told(house: House) -> None:
    house.hears(LICENCE)

    with hooks(500, 200) as server:
        (first,) = delivered(house, "chat", chats(server))
        house.later(minutes=6)
        (second,) = again(house)

    assert (first.state, second.state) == ("pending", "sent")
    assert "t0p" not in first.answer + repr(chats(server))


def test_a_chat_does_not_follow_a_redirect(house: House) -> None:
    house.hears(LICENCE)

    with hooks() as elsewhere, hooks(307, location=elsewhere.url) as server:
        (delivery,) = delivered(house, "chat", chats(server))

    assert (delivery.state, elsewhere.posted) == ("pending", [])


def test_what_stands_in_an_article_calls_nobody_and_hides_no_link() -> None:
    said = plain(HOSTILE)

    assert not set("@<>`|\x00\u202e") & set(said)
    assert "](" not in said


class Speechless(Chats):
    """A chat for which nothing can be composed that has the first deal in it."""

    def compose(self, digest: Digest, identity: str) -> Message:
        """Fail as an adapter does."""
        if any(card.deal.id == 1 for card in digest.cards):
            raise DeliveryError(f"no words for {digest.kind}", temporary=True)
        return super().compose(digest, identity)


def test_a_reader_whose_message_cannot_be_composed_costs_no_other_reader_theirs(house: House) -> None:
    readers = [Recipient("a-room", "", When("each-run"), way="chat"), house.me]
    search = replace(house.search, to=("a-room", "me"))
    house.store.configure(house.store.sources(), [search], readers, house.now)
    house.hears(LICENCE)
    house.pipeline = replace(house.pipeline, ways={"chat": Speechless({}, load_rates)})

    (only,) = again(house)

    assert (only.recipient, only.state) == ("me", "sent")
    assert [of for of, _ in house.pipeline.tally.faults] == ["digest for a-room", "D1 for a-room"]
    assert house.store.tellings(recipient="a-room", state="pending") != (), "it waits for the next run"


@pytest.mark.parametrize("when", [When("immediate"), When("each-run"), When("times", (NOW.time(),))])
def test_a_deal_that_cannot_be_composed_costs_no_other_deal_its_message(house: House, when: When) -> None:
    house.me = Recipient("me", "", when, way="chat")
    house.configure("ledger")
    house.hears(LICENCE)
    house.hears(replace(LICENCE, parties=parties("Zelkova Bio", "Ostara Pharma"), assets=()))
    house.later(days=1)
    house.pipeline = replace(house.pipeline, ways={"chat": Speechless({}, load_rates)})

    house.run_ends()

    assert [t.deal for t in house.store.tellings(state="told")] == [2]
    assert [t.deal for t in house.pending()] == [1]
    assert [of for of, _ in house.pipeline.tally.faults] == ["digest for me", "D1 for me"]
    house.pipeline = replace(house.pipeline, ways={"chat": Chats({}, load_rates)})
    house.later(days=1)
    house.run_ends()
    assert house.pending() == (), "it is told once it can be"


def test_an_address_in_a_chat_calls_nobody_either() -> None:
    line = Line(1, "A title", "https://ledger.example/@everyone?q=<!channel>&r=a%40b](x)#`x`|y", "Ledger", NOW.date())
    digest = Digest("digest", Recipient("me", "", When("each-run")), NOW, NOW, perhaps=(line,))

    body = json.loads(Chats({}, load_rates).compose(digest, "<1@x>").content)["body"]

    assert not set("@<>`|") & set(body)
    assert "https://ledger.example/%40everyone?q=%3C%21channel%3E&r=a%40b" in body.replace("!", "%21")


def test_an_address_that_no_service_has_is_put_off_without_being_told() -> None:
    message = Delivery(1, "me", "digest", NOW, "leased", "<1@x>", "s", b'{"title":"t","body":"b"}', NOW, way="chat")

    with pytest.raises(DeliveryError, match="is no address that Apprise knows") as told:
        Chats({"me": "nonsense://t0p"}, load_rates).send(message)
    assert "t0p" not in str(told.value)


def fed(house: House, folder: Path) -> tuple[ET.Element, dict[str, Any]]:
    write_feeds(house.store, Feeds(folder, "https://feeds.example/deals/"), load_rates, house.now)
    return ET.parse(folder / "nk.atom").getroot(), json.loads((folder / "nk.json").read_text())  # noqa: S314  # our own


def test_a_feed_has_what_rfc_4287_asks_for(house: House, tmp_path: Path) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(25_000_000)))

    root, _ = fed(house, tmp_path)

    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for holder in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(holder.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", holder.findtext(f"{ATOM}id", ""))
        assert datetime.fromisoformat(holder.findtext(f"{ATOM}updated", "")).tzinfo is not None
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "pactwatch"
    own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == ["https://feeds.example/deals/nk.atom"]
    (entry,) = entries
    (link,) = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert link.get("href") == "https://ledger.example/1"
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert (content.get("type"), "<b>Upfront:</b> EUR 25m" in (content.text or "")) == ("html", True)


def test_a_feed_has_what_json_feed_asks_for(house: House, tmp_path: Path) -> None:
    house.hears(LICENCE)

    root, feed = fed(house, tmp_path)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["feed_url"]) == ("pactwatch: nk", "https://feeds.example/deals/nk.json")
    (item,) = feed["items"]
    assert item["id"] == root.findtext(f"{ATOM}entry/{ATOM}id")
    assert item["content_html"]
    assert item["content_text"]
    assert item["url"] == "https://ledger.example/1"


def test_ids_stay_and_a_new_revision_changes_updated_only(house: House, tmp_path: Path) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(None)))
    _, before = fed(house, tmp_path)
    house.later(hours=1)
    _, same = fed(house, tmp_path)
    house.hears(replace(LICENCE, upfront=sum_of(25_000_000)))
    _, after = fed(house, tmp_path)
    house.later(hours=1)
    _, later = fed(house, tmp_path)

    assert (before, after) == (same, later)
    (one,), (other,) = before["items"], after["items"]
    assert (one["id"], one["date_published"]) == (other["id"], other["date_published"])
    moved = datetime.fromisoformat(other["date_modified"]) - datetime.fromisoformat(one["date_modified"])
    assert moved == timedelta(hours=1)


def test_a_feed_that_would_be_the_same_is_not_written_again(house: House, tmp_path: Path) -> None:
    house.hears(LICENCE)
    into = Feeds(tmp_path / "feeds")

    first = write_feeds(house.store, into, load_rates, house.now)

    assert [path.name for path in first] == ["nk.atom", "nk.json"]
    assert write_feeds(house.store, into, load_rates, house.now) == []


def test_nothing_of_a_hostile_article_is_markup_in_a_feed(house: House, tmp_path: Path) -> None:
    parties = (Party(HOSTILE, "licensor", WORDS), Party("Harrow Pharma", "licensee", WORDS))
    house.hears(replace(LICENCE, parties=parties))

    root, feed = fed(house, tmp_path)

    text = root.findtext(f"{ATOM}entry/{ATOM}content", "")
    assert text == feed["items"][0]["content_html"]
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert not set("\x00\u202e") & set(text)


def test_a_feed_that_cannot_be_written_is_a_fault_and_ends_no_run(house: House, tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("a file, not a folder")
    house.pipeline = replace(house.pipeline, settings=replace(house.pipeline.settings, feeds=Feeds(tmp_path / "feeds")))

    feed_after(house.pipeline)

    ((of, fault),) = house.pipeline.tally.faults
    assert (of, fault.name) == ("feeds", "feeds not written")
