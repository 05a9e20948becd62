"""Some 140 articles of our own in 42 stories: facts in stories.tsv, ways of telling in styles.txt.

A style is what one kind of outlet makes of the facts; `copy`, `short`, `padded`, `retitled` and `unquoted` are what
other outlets make of the release (`wire`): as it is, cut after its lead, with contacts added, under another title,
without its quotes. Companies are invented beside real ones; no text is anybody else's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent
FIRST = date(2026, 9, 1)
_AGREEMENTS = {
    "license": ("License Agreement", "an exclusive license agreement for", "has licensed"),
    "option": ("Option and License Agreement", "an option and license agreement for", "takes an option to license"),
    "collaborate": (
        "Research Collaboration",
        "a research collaboration and license agreement on",
        "will develop with it",
    ),
    "expand": (
        "Expansion of Collaboration",
        "an expansion of their license agreement to include",
        "extends its pact to",
    ),
    "supply": ("Manufacturing Agreement", "a manufacturing agreement for", "has ordered the production of"),
    "test": ("Clinical Collaboration", "a clinical trial collaboration to evaluate", "will test with its own medicine"),
    "market": ("Distribution Agreement", "an exclusive distribution agreement for", "will market"),
    "end": ("Termination of License Agreement", "the termination of their license agreement for", "gives back"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One article of the corpus, and the story that it tells."""

    story: str
    style: str
    title: str
    text: str
    day: date


def articles() -> list[Told]:
    """Return all articles, story by story."""
    styles = _styles()
    rows = (line.split("\t") for line in (FOLDER / "stories.tsv").read_text(encoding="utf-8").splitlines())
    return [told for row in rows if not row[0].startswith("#") for told in _story(row, styles)]


def _styles() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for block in (FOLDER / "styles.txt").read_text(encoding="utf-8").split("= ")[1:]:
        name, title, text = block.split("\n", 2)
        found[name] = (title.removeprefix("! "), text.strip())
    return found


def _story(row: list[str], styles: dict[str, tuple[str, str]]) -> list[Told]:
    facts = _facts(row)
    first = FIRST + timedelta(days=int(row[1]))
    headline, release = (part.format_map(facts) for part in styles["wire"])
    told: list[Told] = []
    for late, style in enumerate(row[11].split()):
        if style in styles:
            title, text = (part.format_map(facts) for part in styles[style])
        else:
            title, text = _edited(style, headline, release, facts)
        told.append(Told(row[0], style, title, text, first + timedelta(days=late // 2)))
    return told


def _edited(style: str, title: str, text: str, facts: dict[str, str]) -> tuple[str, str]:
    """Return what another outlet makes of a release."""
    paragraphs = text.split("\n\n")
    if style == "short":
        return title, "\n\n".join(paragraphs[:2])
    if style == "retitled":
        return f"{facts['taker']} secures rights to {facts['asset']}", text
    if style == "unquoted":
        return title, "\n\n".join(p for p in paragraphs if not p.startswith("“"))
    if style == "padded":
        return title, f"{text}\n\nContacts\nPress office of {facts['giver']}, telephone and e-mail on request."
    assert style == "copy", style
    return title, text


def _facts(row: list[str]) -> dict[str, str]:
    _, day, giver, taker, asset, what, use, where, upfront, total, verb, _ = row
    name, phrase, short = _AGREEMENTS[verb]
    article, agreement, event = phrase.partition(" ")[0], *_cut(phrase)
    region = " worldwide" if where == "worldwide" else f" in {where}"
    sums = {
        "terms": f"Under the terms of the agreement, {giver} will receive an upfront payment of {upfront} and is "
        f"eligible for milestone payments, for a total potential value of up to {total}, plus tiered royalties.",
        "terms_trade": f"{taker} hands over {upfront} upfront; with milestones the deal could be worth as much "
        f"as {total}.",
        "terms_daily": f"{giver} gets an upfront payment of {upfront} now.",
        "terms_brief": f"{giver} receives {upfront} upfront; the total value could reach {total}.",
        "price": f"for {upfront} upfront",
    }
    if upfront == "-":
        sums = dict.fromkeys(sums, "Financial terms were not disclosed.") | {"price": "in new pact"}
    return {
        **sums,
        "giver": giver,
        "taker": taker,
        "asset": asset,
        "what": what,
        "use": use,
        "use_cap": use[0].upper() + use[1:],
        "region": "" if verb in {"end", "test", "supply"} else region,
        "region_daily": "" if verb in {"end", "test", "supply"} or where == "worldwide" else f" for {where}",
        "Agreement": name,
        "agreement": f"{article} {agreement}",
        "agreement_bare": name.lower(),
        "event": event,
        "event_short": short,
        "buys": {"end": "returns", "test": "tests"}.get(verb, "bets on"),
        "after": f"The two companies expect to begin the next steps for {asset} within the coming months.",
        "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")[int(day) % 5],
    }


def _cut(phrase: str) -> tuple[str, str]:
    """Return the agreement without its article, and the words that lead to its subject."""
    words = phrase.split()
    last = -2 if words[-2:] in (["to", "include"], ["to", "evaluate"]) else -1
    return " ".join(words[1:last]), " ".join(words[last:])
