"""Where the rights hold: `territory(document, skipped) -> Named | None`, as stated, with what is excluded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from deals.document import Document, Sentence
from news.reading import Named

_PLACE = (
    r"(?:(?:mainland |Greater |the People['’]s Republic of )?China|Hong Kong|Macau|Macao|Taiwan|Japan|(?:South |"
    r"the Republic of )?Korea|India|Indonesia|Malaysia|Singapore|Thailand|"
    r"Vietnam|the Philippines|Philippines|Australia|New Zealand|Asia(?:[- ]Pacific)?|Southeast Asia|South(?:[- "
    r"]East)? Asia|Israel|Turkey|Türkiye|Saudi Arabia|the Middle East|Middle East|MENA|"
    r"the Gulf(?: states)?|GCC|Africa|sub-Saharan Africa|South Africa|North Africa|Europe(?:an Union)?|the "
    r"European Union|the EU|EU|the European Economic Area|EEA|Western Europe|Eastern Europe|"
    r"Central and Eastern Europe|the United Kingdom|United Kingdom|the UK|UK|Great Britain|Ireland|Germany|France|"
    r"Italy|Spain|Portugal|Switzerland|Austria|Belgium|the Netherlands|"
    r"Netherlands|Luxembourg|Scandinavia|the Nordics?(?: countries| region)?|Nordic countries|Sweden|Norway|"
    r"Denmark|Finland|Iceland|the Baltics?(?: states)?|Poland|the Czech Republic|"
    r"Czech Republic|Hungary|Romania|Greece|Russia|CIS|the Commonwealth of Independent States|the United States(?: "
    r"of America)?|United States|the U\.?S\.?A?\.?|U\.S\.|US|USA|America|"
    r"Canada|North America|Mexico|Latin America|South America|Central America|Brazil|Argentina|Chile|Colombia|Peru|"
    r"Ecuador|the Americas|emerging markets|Puerto Rico|Egypt|Pakistan|"
    r"Bangladesh|Oceania|the rest of the world)"
)
_LIST = rf"{_PLACE}(?:(?:,\s|\s&\s|\sand\s|,\sand\s|\sor\s)(?:in\s|certain other |other |parts of )?{_PLACE}){{0,14}}"
_EXCEPT = (
    r"(?:,?\s\(?(?:excluding|except(?:ing)?(?: for| in)?|outside(?: of)?|apart from|with the exception of|other "
    r"than|save for|without|but not)\s(?:in\s)?)"
)
_WORLD = re.compile(
    rf"\b(?:world-?wide|world wide|global(?:ly)?|the (?:whole |entire )?world|ex-(?:China|US|U\.S\.|Japan|"
    rf"Europe))\b(?:\s(?:rights|licen[sc]e|markets|basis|development|commerciali[sz]ation)){{0,3}}"
    rf"(?:{_EXCEPT}(?:certain |selected )?{_LIST})?",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    rf"\b(?:outside(?: of)?|all countries (?:except|outside)|all markets outside|everywhere (?:except|outside)|the "
    rf"world (?:except|outside))\s(?:in\s)?{_LIST}"
)
_WHERE = re.compile(rf"\b(?:in|for|throughout|across|within|of|to)\s(?:all of |parts of )?(?P<list>{_LIST})(?![’'\w])")
_BEFORE = re.compile(
    rf"(?<![\w-])(?P<list>{_PLACE})\s(?:rights|licen[sc]e|commercial rights|distribution rights|marketing rights)\b"
)
_RIGHTS = re.compile(
    r"\b(?:rights?|licen[sc]\w*|commerciali[sz]\w*|distribut\w*|market(?:ing)?|sell|sale|promot\w*|exclusive\w*|"
    r"territor\w*|launch|register\w*|develop)\b",
    re.IGNORECASE,
)
_NOT_RIGHTS = re.compile(
    r"\b(?:leader|leading|headquarter\w*|based|company|subsidiary|University|trial|study|patients|people|cases|"
    r"approved|market share|sales|clinics)\b",
    re.IGNORECASE,
)
_WORLD_RIGHTS = re.compile(
    r"\b(?:rights?|licen[sc]\w*|commerciali[sz]\w*|exclusive\w*|basis|distribut\w*)\b", re.IGNORECASE
)


def territory(document: Document, skipped: Collection[int] = ()) -> Named | None:
    """Return where the rights hold: the widest statement first, in the order of the article."""
    sentences = [s for s in document.main() if s.number not in skipped and _RIGHTS.search(s.text)]
    for sentence in sentences:
        for found in _in_sentence(document, sentence):
            return found
    return None


def _in_sentence(document: Document, sentence: Sentence) -> Iterator[Named]:
    text = sentence.text
    for match in _WORLD.finditer(text):
        around = text[max(0, match.start() - 60) : match.end() + 60]
        if _WORLD_RIGHTS.search(around):
            yield Named(_world(match.group()), document.evidence_of(sentence, match.start(), match.end()))
    for match in _OUTSIDE.finditer(text):
        yield Named(" ".join(match.group().split()), document.evidence_of(sentence, match.start(), match.end()))
    for pattern in (_BEFORE, _WHERE):
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 90) : match.start()]
            if pattern is _BEFORE or (_RIGHTS.search(around) and not _NOT_RIGHTS.search(around[-40:])):
                yield Named(
                    " ".join(match["list"].split()),
                    document.evidence_of(sentence, match.start("list"), match.end("list")),
                )


def _world(written: str) -> str:
    """Return "worldwide", with what is excluded, or "ex-China" as written."""
    words = " ".join(written.split())
    if words.lower().startswith("ex-"):
        return words.split()[0]
    match = re.search(_EXCEPT, words, re.IGNORECASE)
    return f"worldwide{words[match.start() :].replace('(', '')}" if match else "worldwide"
