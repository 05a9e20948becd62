"""What opens a source goes to the source's own host, and is never part of an address that is kept or shown. Pure."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote_plus, urlsplit, urlunsplit

from news.address import host
from news.article import Fault
from news.errors import AddressError
from news.fetch import Credentials

_MOST_ENCODINGS = 4


def opened(url: str, credentials: Credentials | None) -> str:
    """Return the address to ask for, with the query parameters that open it."""
    if credentials is None or not credentials.query:
        return url
    parts = urlsplit(closed(url, credentials))
    added = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in credentials.query)
    return urlunsplit(parts._replace(query=f"{parts.query}&{added}" if parts.query else added))


def closed(url: str, credentials: Credentials | None) -> str:
    """Return an address without the parameters that open it: a redirect often repeats what it was asked for.

    A page to log in repeats the whole address in a parameter of its own (`next=`), which goes too.
    """
    if credentials is None or not credentials.query:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    rest = (part for part in parts.query.split("&") if not _opens(part, credentials))
    return urlunsplit(parts._replace(query="&".join(rest)))


def _opens(part: str, credentials: Credentials) -> bool:
    """Return whether a parameter is one that opens a source, or holds an address with it, however often encoded."""
    if not set(credentials.query).isdisjoint(parse_qsl(part, keep_blank_values=True)):
        return True
    forms = [part]
    for _ in range(_MOST_ENCODINGS):
        forms.append(unquote_plus(forms[-1]))
    return any(f"{name}={value}" in form for name, value in credentials.query for form in forms)


def kept(url: str, to: str, credentials: Credentials | None) -> Credentials | None:
    """Return what of the credentials goes with a redirect: all on the same host, nothing elsewhere or in the clear.

    RFC 9110, 15.4, has them removed where a redirect leads to another origin; from http to https on the same host is
    a step up, and the way back is none. What was taken away once does not come back with a second redirect.
    """
    try:
        same = host(url) == host(to)
    except AddressError:
        return None
    downgrade = urlsplit(url.strip()).scheme == "https" and urlsplit(to.strip()).scheme != "https"
    return credentials if same and not downgrade else None


def masked(fault: Fault, credentials: Credentials | None) -> Fault:
    """Return a fault whose words do not hold what opens the source."""
    words = fault.message
    for _, value in (*credentials.headers, *credentials.query) if credentials else ():
        for form in {value, quote(value, safe=""), quote(value)} - {""}:
            words = words.replace(form, "***")
    return Fault(fault.name, words)
