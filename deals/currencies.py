"""How currencies are written: signs and codes before a sum, words and codes behind it, each with its ISO 4217 code."""

from __future__ import annotations

import re

_ALL_CODES = (
    "USD EUR GBP JPY CNY CHF SEK DKK NOK AUD CAD NZD HKD SGD KRW INR TWD ILS BRL RUB PLN CZK HUF TRY ZAR MXN THB "
    "MYR SAR AED"
)
CODES = frozenset(_ALL_CODES.split())
_SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₩": "KRW", "₹": "INR", "₪": "ILS",
    "RMB": "CNY", "CN¥": "CNY", "CNH": "CNY", "RS": "INR", "RS.": "INR", "SFR": "CHF", "NIS": "ILS", "EURO": "EUR",
    "EUROS": "EUR", "STG": "GBP", "JP¥": "JPY", "NTD": "TWD", "DOLLARS": "USD", "USDOLLARS": "USD", "POUNDS": "GBP",
}  # fmt: skip
_DOLLARS = {
    "US": "USD", "USD": "USD", "U.S.": "USD", "A": "AUD", "AU": "AUD", "AUD": "AUD", "AUS": "AUD", "C": "CAD",
    "CA": "CAD", "CAN": "CAD", "CAD": "CAD", "CDN": "CAD", "NZ": "NZD", "NZD": "NZD", "HK": "HKD", "HKD": "HKD",
    "S": "SGD", "SG": "SGD", "SGD": "SGD", "NT": "TWD", "NTD": "TWD", "R": "BRL",
}  # fmt: skip
_WORDS = {
    "dollar": "USD", "dlr": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "stg": "GBP", "sterling": "GBP",
    "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "won": "KRW", "franc": "CHF", "kronor": "SEK",
    "krona": "SEK", "kroner": "DKK", "krone": "DKK", "crown": "SEK", "rupee": "INR", "shekel": "ILS", "reais": "BRL",
    "€": "EUR", "$": "USD", "£": "GBP",
}  # fmt: skip
_NATIONS = {
    "us": "USD", "u.s.": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "new zealand": "NZD",
    "hong kong": "HKD", "singapore": "SGD", "taiwan": "TWD", "norwegian": "NOK", "danish": "DKK", "swedish": "SEK",
    "chinese": "CNY", "korean": "KRW", "south korean": "KRW", "swiss": "CHF", "japanese": "JPY", "british": "GBP",
    "uk": "GBP", "indian": "INR", "israeli": "ILS",
}  # fmt: skip

_CODE = "|".join(sorted(CODES))
BEFORE = (
    r"(?:(?<![A-Za-z])(?:(?:US|U\.S\.|USD|AUD|AUS|AU|CAD|CAN|Can|CDN|CA|NZD|NZ|HKD|HK|SGD|SG|NTD|NT)\s?|[ACSR])\$|"
    r"\$\s?(?:US|CA|AU)(?=\s?\d)|"
    r"(?<![A-Za-z])(?:CN|JP)¥|[$€£¥￥₩₹₪]|(?<![A-Za-z])(?:RMB|CNH|Rs\.?|SFr|NIS|[Ee]uros?|EURO?|NTD|"
    r"(?:US )?[Dd]ollars|[Pp]ounds|" + _CODE + r"))"
)
AFTER = (
    r"(?:(?i:(?:US|U\.S\.|American|Canadian|Australian|New Zealand|Hong Kong|Singapore|Taiwan|Norwegian|Danish|"
    r"Swedish|Chinese|"
    r"South Korean|Korean|Swiss|Japanese|British|UK|Indian|Israeli)[\s-]{1,2})?(?i:dollars?|dlrs?|bucks|euros?|"
    r"pounds?(?: sterling)?|stg|"
    r"sterling|yen|yuan|renminbi|rmb|won|francs?|kronor|krona|kroner|krone|crowns?|rupees?|shekels?|reais)(?![A-Za-z])"
    r"|(?:" + _CODE + r")(?![A-Za-z])|[€£$](?!\s?\d))"
)
_NATION = re.compile(r"(.+?)[\s-]+(\w+)$")
RARELY_MONEY = ("won", "pound", "crown", "franc", "buck")
"""Words that mean money only behind a million or so: "25 won", "lost 30 pounds"."""


def before(sign: str, *, dollar: str = "USD", yen: str = "JPY") -> str:
    """Return the code of what stands before a sum; `dollar` and `yen` say what the plain signs mean in this text."""
    written = re.sub(r"\s", "", sign).upper()
    if written == "$":
        return dollar
    if written in {"¥", "￥"}:
        return yen
    if "$" in written:
        return _DOLLARS.get(written.replace("$", ""), "USD")
    return _SIGNS.get(written, written)


def after(words: str, *, dollar: str = "USD") -> str:
    """Return the code of what stands behind a sum."""
    written = words.strip()
    if written.upper() in CODES:
        return written.upper()
    lowered = written.lower().replace(" sterling", "")
    match = _NATION.match(lowered)
    if match and (nation := _NATIONS.get(match[1])) is not None:
        return nation
    code = _WORDS.get(lowered, _WORDS.get(lowered.removesuffix("s"), "USD"))
    return dollar if code == "USD" and lowered.startswith(("dollar", "$")) else code
