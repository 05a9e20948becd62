"""Golden cases: articles with the reading that is expected of them, two files each in one folder.

NAME.txt holds header lines (`title`; where known `published`, `published_from`, `language`, `url`), a line `---` and
the text, paragraphs apart by an empty line. NAME.json holds the expected reading, by the conventions of
pactwatch/newsroom. What is written reads back as the same article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from deals.reader import ArticleText, read
from lexicon import Lexicon
from lexicon.text import fold
from pactwatch.articles import article_of, usual_origin
from pactwatch.newsroom.expected import differences

Expected = Mapping[str, Any]
_KNOWN = "known.txt"
_WORDS_IN_NAME = 8
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Case:
    """An article and the reading that is expected of it."""

    name: str
    article: ArticleText
    expected: Expected

    def differences(self, lexicon: Lexicon) -> tuple[str, ...]:
        """Return one line per difference between what is expected and what is read today; none where it is read so."""
        return differences(self.expected, read(self.article, lexicon), lexicon)


def cases_in(folder: Path) -> tuple[Case, ...]:
    """Return the cases of a folder by name.

    Raises ValueError naming the file that cannot be used or has no other half, OSError as it is.
    """
    halves = {suffix: {p.stem for p in folder.glob(f"*{suffix}")} for suffix in (".txt", ".json")}
    halves[".txt"] -= {_KNOWN.removesuffix(".txt")} - halves[".json"]
    for suffix, other in ((".txt", ".json"), (".json", ".txt")):
        for name in sorted(halves[suffix] - halves[other]):
            raise ValueError(f"{folder / name}{suffix} cannot be used: there is no {name}{other} beside it")
    return tuple(_case(folder / f"{name}.txt") for name in sorted(halves[".txt"]))


def known_in(folder: Path) -> dict[str, str]:
    """Return the cases that are known to be read wrongly, with the reason: lines `NAME: reason` of known.txt.

    The file stands in the folder, or beside a folder that is called `cases`.
    """
    places = (folder / _KNOWN, *((folder.parent / _KNOWN,) if folder.name == "cases" else ()))
    path = next((place for place in places if place.is_file()), None)
    lines = [] if path is None else path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): reason.strip() for name, _, reason in pairs}


def _case(path: Path) -> Case:
    try:
        article = article_of(path.read_text(encoding="utf-8"))
        return Case(path.stem, article, _expected(path.with_suffix(".json").read_text(encoding="utf-8")))
    except ValueError as error:
        raise ValueError(f"{path} and its .json cannot be used: {error}") from error


def _expected(content: str) -> Expected:
    expected = json.loads(content)
    if not isinstance(expected, dict) or not {"keep", "perhaps", "kind"} <= expected.keys():
        raise ValueError("an expected reading has keep, perhaps and kind")
    return expected


def as_kept(article: ArticleText) -> ArticleText:
    """Return an article as its files will give it back: a title of one line, plain line ends, nothing but UTF-8."""
    title, text = (t.encode("utf-8", "replace").decode() for t in (article.title, article.text))
    return ArticleText(
        title=" ".join(title.split()),
        text=text.replace("\r\n", "\n").replace("\r", "\n").strip(),
        url=" ".join(article.url.split()),
        published=article.published,
        published_from=article.published_from,
        language=" ".join(article.language.split()),
    )


def write(folder: Path, case: Case) -> tuple[Path, Path]:
    """Write the two files of a case and return their paths, the text first; makes the folder where it is missing.

    Raises FileExistsError where one of them is there already, OSError where they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text, expected = (folder / f"{case.name}{suffix}" for suffix in (".txt", ".json"))
    if expected.exists():
        raise FileExistsError(expected)
    with text.open("x", encoding="utf-8", newline="\n") as file:
        file.write(_as_text(case.article))
    with expected.open("x", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(case.expected, ensure_ascii=False, indent=2) + "\n")
    return text, expected


def _as_text(article: ArticleText) -> str:
    published = article.published.isoformat() if article.published else ""
    origin = "" if article.published_from == usual_origin(article.published) else article.published_from
    headers = {
        "title": article.title,
        "published": published,
        "published_from": origin,
        "language": article.language,
        "url": article.url,
    }
    head = "".join(f"{key}: {value}\n" for key, value in headers.items() if value or key == "title")
    return f"{head}---\n{article.text}\n"


def name_of(article: ArticleText) -> str:
    """Return a file name for an article: the first words of its title, else of its text, in plain small letters."""
    words = re.findall(r"[a-z0-9]+", fold(article.title or article.text[:200]).text)
    return "-".join(words[:_WORDS_IN_NAME])[:_LONGEST_NAME].strip("-") or "article"


def names_of(articles: Iterable[ArticleText]) -> list[str]:
    """Return a file name for each of several articles; those of the same title are numbered from the second on."""
    names: dict[str, None] = {}
    for article in articles:
        name = name_of(article)
        numbered = (f"{name}-{number}" if number > 1 else name for number in count(1))
        names[next(each for each in numbered if each not in names)] = None
    return list(names)
