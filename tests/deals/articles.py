"""Articles of our own, in the shapes in which trade press and companies write; all companies are invented."""

from __future__ import annotations

from datetime import date
from functools import cache

from deals.reader import ArticleText, read
from lexicon import Lexicon, load
from news.reading import Reading, Terms

# Trade press with its furniture: a login box, a promo, an older agreement with other sums, a date that stands alone.
EXPANDED_TITLE = "Norvane and Liriope Pharma expand tumour immunology collaboration"
EXPANDED = (
    "Please login to the form below\n",
    "Not currently logged in",
    EXPANDED_TITLE,
    "The companies want to find out what natural killer cells can do against cancer\n",
    (
        "Norvane and Liriope Pharma (Liriope) have announced an expansion of their tumour "
        "immunology collaboration, with "
        "Norvane licensing Liriope’s antibody-based natural killer (NK) Cell Engager platform "
        "(LIRAN) to reach the "
        "protein B7H3, which many solid tumours carry."
    ),
    (
        "The partners originally announced a research collaboration and licensing agreement in 2017 for two NK cell "
        "engagers, one of which is in clinical studies."
    ),
    "To date, €9m in milestone payments to Liriope have been announced, out of up to €310m in development milestones.",
    (
        "Under the terms of the new licence agreement, Liriope will receive an upfront payment "
        "of €30m from Norvane and will "
        "be eligible for up to €1.1bn in preclinical, clinical, regulatory and commercial "
        "milestones plus royalties on "
        "net sales."
    ),
    (
        "“Engagers are a versatile technology for patients with many cancers,” said Odile "
        "Ferrand, executive vice president "
        "of business development at Liriope."
    ),
    "Article by\nJune Hartley",
    "21st November 2026",
    "From: Research\n",
    "Subscribe to our email news alerts\n",
    "Streaming Hill\n\nStreaming Hill is an award-winning film company that works in the US and Europe...",
)

RELEASE_TITLE = "Halmar Therapeutics and Orsted Bio Enter into Exclusive License Agreement for HLM-21"
RELEASE = (
    "BASEL, Switzerland and LEEDS, UK, November 19, 2026 (Newsline) -- Halmar Therapeutics "
    "AG (SIX: HLMR), a clinical-stage "
    "company, and Orsted Bio Ltd. (“Orsted”) today announced that they have entered into an "
    "exclusive worldwide license "
    "agreement for HLM-21, an antibody against CD38 for multiple myeloma.\n\n"
    "Under the terms of the agreement, Halmar grants Orsted an exclusive license to develop "
    "and commercialize HLM-21. Halmar "
    "will receive an upfront payment of $20 million and is eligible to receive up to $300 "
    "million in milestone payments and "
    "tiered royalties on net sales.\n\n"
    "About Halmar Therapeutics\n\nHalmar Therapeutics develops antibodies for cancers of the "
    "blood.\n"
)


@cache
def lexicon() -> Lexicon:
    """Return the bundled knowledge, loaded once."""
    return load()


def reading(title: str, text: str, published: date | None = date(2026, 11, 23)) -> Reading:
    """Return what an article says."""
    return read(ArticleText(title, text, published=published, published_from="page"), lexicon())


def terms(title: str, text: str) -> Terms:
    """Return the term sheet of an article that tells of a deal."""
    found = reading(title, text).terms
    assert found is not None
    return found


def roles(title: str, text: str) -> dict[str, str]:
    """Return the parties of an article with their roles."""
    return {party.name: party.role for party in terms(title, text).parties}
