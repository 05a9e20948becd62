"""A host that wants long pauses costs nobody else's deals."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from tests.acceptance.installation import Installation
from tests.acceptance.press import licence, publish, results
from tests.servers.http import Reply, Site, web
from tests.servers.smtp import Mailbox
from tests.waiting import wait_until

NOW = datetime.now(UTC)
LIMIT = 22.0


def test_quick_hosts_are_told_at_once_and_the_rest_is_left_for_the_next_run(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    with web() as slow:
        slow.serve("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 10\n", headers={"Content-Type": "text/plain"}))
        queued = [results(number, NOW - timedelta(minutes=number)) for number in range(90)]
        sources = {
            "slow": publish(slow, "/feed.xml", queued, ttl=600),
            "quick": publish(site, "/feed.xml", [licence(1, NOW)], ttl=600),
        }
        installed.configure(sources, f"run_limit: {LIMIT:g}s\nfirst_fetch: 90\n")
        began = time.monotonic()
        process = installed.start("run")
        wait_until(lambda: mailbox.messages, "the quick host's deal is told")
        told_after = time.monotonic() - began
        process.communicate(timeout=60)
        ended_after = time.monotonic() - began
        pages = [seen for seen in slow.seen() if seen.path.startswith("/results")]
        gaps = [b.at - a.until for a, b in zip(slow.seen(), slow.seen()[1:], strict=False)]

        assert process.returncode == 0
        assert told_after < LIMIT - 4
        assert LIMIT - 2 < ended_after < LIMIT + 15
        assert all(gap >= 10 for gap in gaps[1:]), "its pause is kept, from the moment at which robots.txt named it"

        installed.configure(sources, "run_limit: 12s\nfirst_fetch: 90\n")
        installed.run("run")
        more = [seen for seen in slow.seen() if seen.path.startswith("/results")]

        assert len(more) > len(pages)
        assert len(slow.seen("/feed.xml")) == 1
        assert len(mailbox.messages) == 1
