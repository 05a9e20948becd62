"""What a page is that holds no article: a wall before one, an error told with status 200, a list, a video. Pure.

An article may speak of subscribers, cookies or missing pages, and a whole one may stand above "Subscribe to read more":
words count only where they are most of what the page says, or where they end a text that is too short to be all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import lxml.etree

from crawler.described import Described
from news.article import NoArticle

_TEASER = 160
"""Words. A text this short that ends where one is asked to subscribe is the beginning of one."""
_BRIEF = 80
"""Words. A text this short that speaks of logging in holds the wall, not the article."""
_NOTICE = 250
"""Words. No notice about cookies is longer than that without being an article about them."""
_CARDS = 5
_MOST = 2_000
"""Elements that are looked at."""
_PAY = re.compile(
    r"(?:subscribe|register|sign up|become a (?:member|subscriber)|buy (?:access|this article)|upgrade)(?:,?"
    r" (?:now|today|here|free"
    r"|or log ?in|or sign ?in|and pay|for [^.]{1,20}))* (?:to|and) (?:continue|keep|finish|read|unlock|access"
    r"|view|see|get)\b"
    r"|(?:to|and) (?:continue reading|keep reading|finish reading|read (?:the (?:full|rest|whole|entire"
    r"|complete)|on|more|this)"
    r"|unlock (?:this|the|full))\b[^.]{0,60}\b(?:subscri|trial|plan|pay|buy)"
    r"|(?:this|the full|the rest of (?:this|the)) (?:article|story|content|report|text|page) is"
    r" (?:\w+ )?(?:for|available to|reserved for|exclusive to|limited to|restricted to|locked)\b"
    r"|start (?:your|a) (?:free |\d+.day )*trial|unlock (?:this|the)"
    r" (?:article|story|full)"
    r"|already (?:a |an )?(?:\w+ )?(?:subscriber|member|subscribed)|(?:premium|exclusive) (?:content|article)"
    r" for subscribers"
    r"|you(?:'|’)?(?: ha)?ve (?:reached|read|used) (?:your|all|the) [^.]{0,40}(?:free|limit|article)"
    r"|choose (?:a|your) (?:plan|subscription)",
    re.IGNORECASE,
)
_PAY_FIRST = re.compile(r"(?:subscribers?|members?|premium)[ -]only", re.IGNORECASE)
_LOG_IN = re.compile(
    r"(?:log ?in|sign ?in|log on|sign on)(?: or (?:register|sign up|create [^.]{1,20}))?(?: with [^.]{1,30})? to"
    r" (?:continue|keep|read|view|access|see)\b"
    r"|to (?:continue|read|view|access)\b[^.]{0,40}(?:log ?in|sign ?in|register|create (?:an|a free) account)"
    r"|(?:only|just) (?:for|to|visible to) (?:registered|logged-in) (?:users|readers|members)",
    re.IGNORECASE,
)
_LOG_IN_FIRST = re.compile(
    r"(?:please|you (?:must|need to|have to)) (?:be )?(?:first )?(?:log(?:ged)? ?in|sign(?:ed)? ?in"
    r"|register(?:ed)?)\b"
    r"(?! to (?:post|comment|leave|reply|join|vote|save|follow|share))|forgot(?:ten)? (?:your )?password",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"verify (?:that )?you(?: are|'re|’re) (?:a )?(?:human|not a (?:ro)?bot)|are you (?:a )?(?:human|robot)\b"
    r"|checking your browser"
    r"|enable java ?script(?: and cookies)? to (?:continue|view|proceed|access|use|run)|please enable (?:java"
    r" ?script|cookies)"
    r"|access (?:to this page (?:has been|is|was) )?denied|unusual (?:traffic|activity)|complete the"
    r" (?:security check|captcha)"
    r"|press (?:and|&) hold|just a moment|performing security verification|you have been blocked|security check"
    r" to access"
    r"|request could not be satisfied|attention required",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (?:value|care about|respect|use cookies|and our)\b|cookies?\b|your (?:privacy"
    r"|consent|choices)|consent"
    r"|our \d* ?(?:partners|vendors)|personal data|legitimate interest|accept (?:all|and)|reject all|agree"
    r" (?:to all|and)"
    r"|manage (?:options|settings|preferences|choices)|privacy (?:policy|settings|preferences)|datenschutz"
    r"|einwillig\w+|akzeptieren"
    r"|zustimmen|accepter|consentement",
    re.IGNORECASE,
)
_CONSENT_TITLE = re.compile(
    r"before you continue\b.*|(?:we value |your )?(?:privacy|cookies?|consent)\b(?: (?:is|and|matters|policy"
    r"|settings|preferences|"
    r"choices|consent|notice|wall|important|to us|&|required|options|center|centre)){0,4}[.!]?|.*\bcookie"
    r" (?:consent|wall|notice)\b.*",
    re.IGNORECASE,
)
_CONSENT_ADDRESS = re.compile(
    r"(?:^|[./_-])(?:consent|cookie-?wall|cookie-?consent|privacy-?gate|gdpr)(?:[./_-]|$)", re.IGNORECASE
)
_MISSING = re.compile(
    r"(?:(?:error|http)?[ :-]*404\b.{0,60}|.{0,30}\b(?:page|article|story|content|file|url"
    r"|document)\b.{0,25}\b(?:not (?:be )?found|"
    r"(?:no longer|not) (?:exists?|available|here)|n[o']t exist|missing|removed|has (?:moved|been (?:moved"
    r"|removed|deleted|archived)))\b.{0,40}"
    r"|not found\b.{0,40}|(?:oops|sorry|uh[- ]oh)\b.{0,80}|nothing (?:was )?found.{0,20}"
    r"|(?:seite|artikel) (?:wurde )?nicht gefunden.{0,20}|page (?:introuvable|non trouvée).{0,20}|página no"
    r" encontrada.{0,20})",
    re.IGNORECASE | re.DOTALL,
)
_MISSING_TEXT = re.compile(
    r"(?:page|article|story|content|url|link|address)\b[^.]{0,60}\b(?:can(?:no|')?t be found|(?:could |was"
    r" )?not (?:be )?found|"
    r"no longer (?:exists?|available)|does(?:n.t| not) exist|(?:been|was) (?:moved|removed|deleted|archived))",
    re.IGNORECASE,
)
_ARTICLE_TYPES = re.compile(r".*(?:Article|BlogPosting)")
_LINKED = lxml.etree.XPath(
    ".//*[self::h2 or self::h3 or self::h4][a or parent::a][string-length(normalize-space()) > 20]"
    "[not(ancestor::nav or ancestor::footer or ancestor::aside)]"
)
_PARTS = lxml.etree.XPath("(.//p | .//h2 | .//h3 | .//h4)[count(../p) < 4]")
_ASKS = lxml.etree.XPath(
    ".//*[self::p or self::h2 or self::h3 or self::h4 or self::a or self::button or self::div or self::span or"
    " self::strong]"
    "[not(ancestor::nav or ancestor::footer or self::div[div or p])][string-length() > 12 and string-length() < 300]"
    "[preceding::h1 or ancestor::main or ancestor::article]"
)
_PLAYER = lxml.etree.XPath(
    "boolean(.//video or .//iframe[contains(@src, 'youtube') or contains(@src, 'vimeo') or contains(@src, 'player')])"
)
_PASSWORD = lxml.etree.XPath("boolean(.//input[@type='password'])")
_AGREE = re.compile(r"\b(?:accept|agree|akzeptieren|zustimmen|accepter|aceptar|allow)\b", re.IGNORECASE)
_SAY = {
    "paywall": "its text ends where one is asked to subscribe",
    "login wall": "its text ends where one is asked to log in",
    "consent wall": "it asks to agree to cookies before it shows an article",
    "robot check": "it asks to prove that one is no robot",
    "not found": "it says that the article is not there, though the server said 200",
    "listing": "it lists articles and holds none",
    "video": "it holds a film and next to no text",
}


def told(kind: NoArticle) -> str:
    """Return by what that kind of page is seen, in words."""
    return _SAY[kind]


def kind_of(tree: Any, page: Described, text: str, url: str) -> NoArticle | None:  # noqa: ANN401  # lxml has no types
    """Return what a page is instead of an article, None for an article; `text` is what was extracted of it."""
    length = len(text.split())
    title = page.title or next(iter(page.headings), "") or (tree.findtext(".//title") or "")
    if length < _NOTICE and _is_consent(tree, page, text, url, title):
        return "consent wall"
    if length < _TEASER and any(_MISSING.fullmatch(said.strip()) for said in _named(tree, page)):
        return "not found"
    if length < _BRIEF and (_MISSING_TEXT.search(text) or _ROBOT.search(text) or _ROBOT.match(title)):
        return "not found" if _MISSING_TEXT.search(text) else "robot check"
    return _barred(tree, page, text, length) or _other(tree, page, text, length)


def _named(tree: Any, page: Described) -> Iterable[str]:  # noqa: ANN401  # lxml has no types
    return (*page.headings, re.split(r"\s[|–—-]\s", tree.findtext(".//title") or "")[0])


def _is_consent(tree: Any, page: Described, text: str, url: str, title: str) -> bool:  # noqa: ANN401  # lxml has no types
    parts = urlsplit(url)
    if _CONSENT_ADDRESS.search(parts.hostname or "") or _CONSENT_ADDRESS.search(parts.path):
        return True
    speaks = len(set(map(str.lower, _CONSENT.findall(text))))
    if _CONSENT_TITLE.fullmatch(title) and speaks >= 2:
        return True
    asks = any(_AGREE.search("".join(b.itertext()) or b.get("value") or "") for b in tree.iter("button", "input"))
    return asks and speaks >= 4 and not _is_article(page)


def _barred(tree: Any, page: Described, text: str, length: int) -> NoArticle | None:  # noqa: ANN401  # lxml has no types
    """Return the wall behind which the rest of a text stands."""
    if length >= _TEASER and not _is_locked(page):
        return None
    said = [text if length < _BRIEF else text[-300:]]
    if length < _NOTICE:
        said += ["".join(element.itertext()) for element in _ASKS(tree)[:_MOST]]
    pays = any(map(_PAY.search, said)) or (length < _BRIEF and _PAY_FIRST.search(text))
    if pays or _is_locked(page):
        return "paywall" if length < _NOTICE else None
    logs_in = any(map(_LOG_IN.search, said)) or (length < _BRIEF and _LOG_IN_FIRST.search(text))
    if logs_in or (length < _BRIEF and _PASSWORD(tree) and not _is_article(page)):
        return "login wall"
    return None


def _is_locked(page: Described) -> bool:
    """Return whether the publisher's own data say that the article is not for everyone."""
    free = page.node.get("isAccessibleForFree")
    tier = page.meta.get("article:content_tier", "").lower()
    return free is False or str(free).lower() == "false" or tier == "locked"


def _other(tree: Any, page: Described, text: str, length: int) -> NoArticle | None:  # noqa: ANN401  # lxml has no types
    kind = page.meta.get("og:type", "").lower()
    if length < _BRIEF and (kind.startswith("video") or ("VideoObject" in page.kinds and not _is_article(page))):
        return "video"
    if _is_article(page):
        return None
    if _lists(tree, text, length):
        return "listing"
    return "video" if length < _BRIEF / 2 and _PLAYER(tree) else None


def _lists(tree: Any, text: str, length: int) -> bool:  # noqa: ANN401  # lxml has no types
    """Return whether a text is mostly what stands under the linked headlines of a list."""
    cards = [head.getparent() for head in _LINKED(tree)[:_MOST]]
    cards = [card.getparent() if card.tag == "a" else card for card in cards]
    told = ["".join(part.itertext()).strip() for card in dict.fromkeys(cards) for part in _PARTS(card)]
    within = sum(len(said.split()) for said in told if said in text)
    return len(cards) >= _CARDS and len(told) < _MOST and within * 2 >= length


def _is_article(page: Described) -> bool:
    kind = page.meta.get("og:type", "").lower()
    return kind == "article" or any(_ARTICLE_TYPES.fullmatch(name) for name in page.kinds)
