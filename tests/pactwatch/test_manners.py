"""`pactwatch sources check --manners`: a rehearsal that asks nobody."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from crawler.manners import OF_FEEDS, OF_HOSTS
from news.fetch import Host
from storage import Store
from tests.pactwatch.conftest import Pact
from tests.servers.http import Reply, web

CONFIG = """
contact: ada@reader.example
network: {{allow: [127.1.0.0/16], delay: 2s}}
sources:
  - {{key: ledger, name: Ledger, url: '{0}'}}
  - {{key: herald, name: Herald, url: 'HTTP://Herald.Example:80/Feed#top'}}
"""


def test_manners_are_scored_rule_by_rule_and_nobody_is_asked(pact: Pact, tmp_path: Path) -> None:
    with web() as site:
        (tmp_path / "config.yaml").write_text(CONFIG.format(site.serve("/feed", Reply(b"<rss/>"))), "utf-8")

        said = pact("sources", "check", "--manners").output

        assert site.connections == 0
    for name, source, _ in (*OF_HOSTS, *OF_FEEDS):
        line = next(line for line in said.splitlines() if line.startswith(name))
        assert source in line
    assert "rehearsing 30 days of polling 2 sources; nobody is asked" in said
    assert "no rules broken" in said
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".db"] == []


def test_the_score_is_printed_as_json_where_that_is_asked_for(pact: Pact, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG.format("https://ledger.example/feed"), "utf-8")

    scores = json.loads(pact("sources", "check", "--manners", "--json").stdout)

    assert [score["rule"] for score in scores] == [name for name, _, _ in (*OF_HOSTS, *OF_FEEDS)]
    assert all(score["breach"] is None and score["kept"] == score["of"] for score in scores)


def test_what_is_known_of_a_host_is_rehearsed_and_named_sources_only(pact: Pact, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG.format("https://ledger.example/feed"), "utf-8")
    pact("db", "upgrade")
    with Store.open(str(tmp_path / "pactwatch.db")) as store:
        rules = b"User-agent: *\nDisallow: /"
        store.remember_host(Host("ledger.example", None, rules, 200, datetime.now(UTC)))

    said = pact("sources", "check", "--manners", "ledger").output

    assert "polling 1 source;" in said
    assert "did not come up" in next(line for line in said.splitlines() if line.startswith("conditional"))
