"""How fast digests are composed on one core, and how much memory that takes.

    make bench-digest            or: python -m benchmarks.digest [--digests 1000] [--deals 20]

Each digest has other deals: licences with all terms, their quotes, sums in euros that are converted, comparable deals
and the words that matched. Twenty of them are more than fits into a page, so that each is also cut and its text
attached. Times are processor time of this process.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace

from digest.compose import compose
from lexicon import load_rates
from news.alert import Digest
from tests.digest.samples import ALIKE, IDENTITY, LICENCE, NOW, SENDER, card, deal, digest, named


def main() -> None:
    """Compose digests and print what it cost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--digests", type=int, default=1000, help="how many (%(default)s)")
    parser.add_argument("--deals", type=int, default=20, help="deals in each (%(default)s)")
    asked = parser.parse_args()
    compose(_digest(0, asked.deals), SENDER, IDENTITY, load_rates)  # what is loaded once is no digest's cost
    before, begun, size = _peak(), time.process_time(), 0
    for number in range(asked.digests):
        size += len(compose(_digest(number, asked.deals), SENDER, IDENTITY, load_rates).content)
    spent = time.process_time() - begun
    print(f"{asked.digests:,} digests of {asked.deals} deals: {asked.digests / spent:.1f} per second of one core")
    print(f"{spent / asked.digests * 1000:.1f} ms and {size / asked.digests / 1000:.0f} kB each")
    print(f"peak memory: {_peak():.0f} MB, of which {_peak() - before:.1f} MB came with the number of digests")


def _digest(number: int, deals: int) -> Digest:
    cards = []
    for nth in range(deals):
        terms = replace(LICENCE, assets=(named(f"OST-{number}-{nth}"),))
        made = deal(number * deals + nth + 100, terms, f"Nordkap licenses programme {nth} of {number}")
        cards.append(replace(card(made), comparable=ALIKE))
    return replace(digest(*cards), composed_at=NOW)


def _peak() -> float:
    """Return the most memory that this process has held so far, in MB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    main()
