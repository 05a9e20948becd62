"""What to do about a source that does not answer as it should: one line by the name of its fault."""

from __future__ import annotations

_LATER = "nothing to do: it is asked again by itself"
_ELSEWHERE = "look for its new address: `pactwatch sources add` with the site's address finds what there is"
_ADVICE = {
    "html instead of a feed": "`pactwatch sources add` with the site's address finds its feed; a page that lists "
    "articles is read with `kind: listing`",
    "challenge page": "the publisher keeps programs out; ask for a feed, or take the source out",
    "not a feed": _ELSEWHERE,
    "empty body": _ELSEWHERE,
    "not a sitemap": "take away `kind: sitemap`, or name the sitemap itself",
    "broken sitemap": _LATER,
    "no list": 'name its links with a CSS selector: `links: ".news h3 a"`',
    "no links": "look at the page and mend `links:`",
    "http 401": "it wants a login: name it with `auth:`",
    "http 402": "it is for subscribers: name what opens it with `auth:`",
    "http 403": "it refuses us: with `auth:` where it wants a login, else ask the publisher",
    "http 404": _ELSEWHERE,
    "http 410": "take it out of config.yaml; it is not asked again",
    "http 451": "take it out of config.yaml",
    "robots.txt disallows": "the publisher asks programs not to read it: ask for leave, or take it out",
    "dns": "see whether the address is spelled right",
    "connection refused": _LATER,
    "address refused": "look at the address; a network of your own is opened by its name in `network.allow`",
    "redirect loop": _ELSEWHERE,
    "too large": "look for a feed of fewer items",
    "tls": "its certificate is wrong; tell the publisher",
    "empty feed": _LATER,
    "worker timeout": "it cannot be read in time; look for another feed",
    "worker out of memory": "it is too much to be read; look for another feed",
}


def advice(fault: str) -> str:
    """Return what to do about a fault; most pass by themselves."""
    return _ADVICE.get(fault, _LATER)
