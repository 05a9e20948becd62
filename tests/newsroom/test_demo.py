"""`pactwatch demo` as a user starts it: the whole pipeline on the sixty articles."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from news.errors import ConfigurationError
from news.story import Deal
from pactwatch.demo import demo
from storage import Store

SECONDS = 170
"""The demo promises to end by itself within three minutes."""


@dataclass(frozen=True)
class Outcome:
    """What a user sees of the demo, and what it leaves behind."""

    status: int
    out: str
    err: str
    folder: Path
    deals: tuple[Deal, ...]

    def deal(self, *names: str) -> list[Deal]:
        """Return the deals whose latest event names these parties."""
        return [d for d in self.deals if {p.name for p in d.latest.terms.parties} == {*names}]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Run the demo in a process of its own, with an empty home and variables that must not matter to it."""
    home = tmp_path_factory.mktemp("home")
    own = {"HOME": str(home), "TMPDIR": str(home), "PACTWATCH_DATABASE": str(home / "not-this-one.db")}
    ran = subprocess.run(
        [sys.executable, "-c", "from pactwatch.cli import main; main()", "demo"],
        env={"PATH": os.environ["PATH"], **own},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    folder = next(home.glob("pactwatch-demo-*"))
    assert not (home / "not-this-one.db").exists()
    with Store.open(str(folder / "pactwatch.db")) as store:
        return Outcome(ran.returncode, ran.stdout, ran.stderr, folder, store.deals())


def test_the_demo_ends_with_the_count_and_status_0(outcome: Outcome) -> None:
    assert (outcome.out.splitlines()[-1], outcome.status, outcome.err) == (
        "60 of 60 readings as expected, 1 fault as expected",
        0,
        "",
    )


def test_the_digest_is_on_the_terminal_and_saved_as_html(outcome: Outcome) -> None:
    hint = re.search(r"^open it: file://(\S+)$", outcome.out, re.MULTILINE)

    assert "Nordkap Pharma licenses OST-114 from Ostara Immune" in outcome.out
    assert hint is not None
    assert "OST-114" in Path(hint[1]).read_text(encoding="utf-8")


def test_the_expected_fault_is_named(outcome: Outcome) -> None:
    assert "fault (as expected): observer: html instead of a feed" in outcome.out


def test_three_outlets_tell_one_deal(outcome: Outcome) -> None:
    (deal,) = outcome.deal("Ostara Immune", "Nordkap Pharma")

    assert [len(event.reports) for event in deal.events] == [3]


def test_a_rumour_and_its_announcement_are_one_deal_with_the_figures_of_the_latter(outcome: Outcome) -> None:
    (deal,) = outcome.deal("Quillon Therapeutics", "Akagi Pharmaceutical")

    assert [event.terms.status for event in deal.events] == ["rumoured", "announced"]
    assert [event.terms.upfront is None for event in deal.events] == [True, False]


def test_a_text_that_a_second_outlet_copies_is_a_duplicate(outcome: Outcome) -> None:
    assert " 1 duplicate;" in outcome.out
    (deal,) = outcome.deal("Lumaris Oncology", "Zhenhai Biopharma")
    assert [len(event.reports) for event in deal.events] == [1]


def test_what_is_older_than_news_stands_under_already_out_there(outcome: Outcome) -> None:
    newest = max(deal.latest.announced for deal in outcome.deals)
    young = [deal.news for deal in outcome.deals if (newest - deal.latest.announced).days <= 7]
    old = [deal.news for deal in outcome.deals if (newest - deal.latest.announced).days > 8]

    assert (set(young), set(old)) == ({True}, {False})
    assert (
        "Lumaris licenses Silverleaf’s NK cell engager for ovarian cancer"
        in outcome.out.partition("Already out there")[2]
    )


def test_the_demo_leaves_a_folder_with_files_in_it_alone(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("mine")

    with pytest.raises(ConfigurationError, match="empty folder"):
        demo(tmp_path, io.StringIO())

    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]
