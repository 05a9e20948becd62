"""What stands on an article's page and is not the article: found by what it says, cut where it stands.

Extraction leaves a few paragraphs of furniture. Those that can be nothing else are dropped wherever they stand; what
opens a closing block (related stories, newsletter, comments) ends the text when it comes in its second half.
"""

from __future__ import annotations

import re

_ANYWHERE = re.compile(
    r"(?:please )?(?:log ?in|sign ?in|register|subscribe)(?: (?:to|for|now|here|or|below|with|in|the|our|your|form|free"
    r"|newsletter|account|e-?mail|alerts?|news|updates?|daily|weekly|register|subscribe|log|sign|continue|reading|read"
    r"|more|full|article|site))*[.!:]?"
    r"|not currently logged in|forgot(?:ten)? (?:your )?password\??|remember me|create (?:an )?account"
    r"|(?:share|tweet|print|e-?mail|save|bookmark|copy link|facebook|twitter|linkedin|whatsapp|reddit|x)"
    r"(?:[ ,|/·•]+(?:this|article|page|on|via|share|tweet|print|e-?mail|save|copy link|facebook|twitter|linkedin"
    r"|whatsapp|reddit|x))*"
    r"|advertisement|sponsored(?: content)?|add my company|skip to (?:main )?content|back to top|cookie settings"
    r"|we use cookies\b.*|this (?:web)?site uses cookies\b.*|by continuing to (?:use|browse)\b.*"
    r"|accept (?:all )?cookies"
    r"|\d+ (?:min(?:ute)?s? read|comments?|shares?)|view (?:all|more).{0,40}|(?:read|see|find out|learn) more[ .:»›>]*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:related (?:articles?|stories|news|content|posts?|topics|links?)"
    r"|more (?:from|on|news|stories|articles)\b.{0,40}"
    r"|you (?:may|might) also (?:like|be interested).{0,30}|recommended(?: for you| reading| stories)?|read next"
    r"|latest (?:news|intelligence|stories|articles|jobs)|most (?:read|popular|viewed)|trending(?: now)?"
    r"|editors?'? picks?"
    r"|(?:sign up|subscribe) (?:to|for) (?:our|the|free)\b.{0,120}|(?:join|get) (?:our|the) newsletter.{0,80}"
    r"|never miss .{0,80}|leave a (?:comment|reply)|comments?(?: \(\d+\))?|newsletter(?: sign-?up)?"
    r"|subscribe to our e-?mail.{0,60}|popular (?:posts|articles)|upcoming (?:events|webinars)"
    r"|featured (?:jobs|events))[.:]?",
    re.IGNORECASE,
)


def trim(text: str, title: str) -> str:
    """Return the paragraphs of a text without furniture, and without the title where it stands again above them."""
    paragraphs = [p for p in text.split("\n\n") if not _ANYWHERE.fullmatch(p.strip())]
    if paragraphs and paragraphs[0].strip().casefold() == title.strip().casefold():
        del paragraphs[0]
    words = [len(p.split()) for p in paragraphs]
    for number, paragraph in enumerate(paragraphs):
        if _CLOSING.fullmatch(paragraph.strip()) and sum(words[:number]) * 2 > sum(words):
            return "\n\n".join(paragraphs[:number])
    return "\n\n".join(paragraphs)
