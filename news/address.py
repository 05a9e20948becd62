"""The identity of web addresses: when two of them name the same resource.

`canonical` only does what cannot change the resource: the syntax-based normalisation of RFC 3986, 6.2.2 (case, percent
encoding, dot segments), the scheme-based one of 6.2.3 (default port, empty path), and dropping the fragment, which is
never sent. It also drops parameters that exist to track readers. It leaves alone what merely looks equal on most sites:
a trailing slash, "www.", the order of parameters, http against https.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from news.errors import AddressError

_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|hsctatracking"
    r"|oly_anon_id|oly_enc_id|vero_id|wickedid|ncid|cmpid|s_cid|icid|trk|at_medium|at_campaign|at_custom\w*|pk_campaign"
    r"|pk_kwd|pk_source|piwik_campaign|__twitter_impression|ref_src|rss_?source)\Z",
    re.IGNORECASE,
)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})?")
_UNSAFE = re.compile(r"[^!-~]|[\"<>\\^`{|}]")
_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """Return the form under which an address is compared and stored; idempotent.

    Raises AddressError for what is no absolute http or https address.
    """
    parts = _split(url)
    query = "&".join(p for p in parts.query.split("&") if p and not _TRACKING.match(p.partition("=")[0]))
    path = _without_dots(_encoded(parts.path)) or "/"
    return urlunsplit((parts.scheme, _authority(url, parts), path, _encoded(query), ""))


def host(url: str) -> str:
    """Return the host, lower-case, with its port where that is not the scheme's own; raises AddressError."""
    return _authority(url, _split(url)).rpartition("@")[2]


def same_site(one: str, other: str) -> bool:
    """Return whether two addresses are on the same host, "www." aside; raises AddressError."""
    return host(one).removeprefix("www.") == host(other).removeprefix("www.")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in _PORTS and bool(parts.hostname)
        _ = parts.port
    except ValueError as error:
        raise AddressError(f"{url!r} is no address: {error}") from error
    if not known:
        raise AddressError(f"{url!r} is no http or https address")
    return parts


def _host(url: str, parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        return name
    try:
        name = name.encode("idna").decode() if not name.isascii() else name
    except UnicodeError as error:
        raise AddressError(f"{url!r} has no valid host") from error
    if not name or _UNSAFE.search(name) or "%" in name:
        raise AddressError(f"{url!r} has no valid host")
    return name.lower()


def _authority(url: str, parts: SplitResult) -> str:
    name = _host(url, parts)
    name = f"[{name}]" if ":" in name else name
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    port = f":{parts.port}" if parts.port not in {None, _PORTS[parts.scheme]} else ""
    return f"{_encoded(user)}{name}{port}"


def _encoded(text: str) -> str:
    """Return text with percent-encoding in its normal form (RFC 3986, 6.2.2.1 and 6.2.2.2)."""
    text = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text)
    return _ESCAPE.sub(_normal_escape, text)


def _normal_escape(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else f"%{found[1].upper()}"


def _without_dots(path: str) -> str:
    """Return a path without dot segments (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for number, segment in enumerate(segments):
        last = number == len(segments) - 1
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
        if last and segment in {".", ".."}:
            kept.append("")
    return "/".join(kept)
