"""What is said of fifty and more wrong searches: word for word, with the caret under the culprit."""

import pytest

import lexicon
from alerts.query import DEEPEST, LONGEST, parse
from alerts.refused import MOST_WORDS
from news.errors import QuerySyntaxError

ONTOLOGY = lexicon.load().ontology
FIELDS = (
    "the fields are title:, body:, source:, language:, type:, event:, status:, party:, licensor:, licensee:, asset:, "
    "target:, modality:, indication:, stage:, territory:, concept: and, compared, upfront, equity, near_term, "
    "option_fee, milestones, total, royalty, announced; a word with a colon goes in quotes"
)
KINDS = (
    "write one of license, option, collaboration, co-development, co-commercialisation, distribution, manufacturing, "
    "clinical-collaboration, joint-venture"
)
WRONG = [
    ("", "^", "the search is empty: write words, or a phrase in double quotes"),
    ('"NK cell', "^", 'this quote is not closed: add a " at the end of the phrase'),
    ('""', "^", "the phrase holds no letter and no digit: write words between the quotes"),
    ('"®"', "^", "the phrase holds no letter and no digit: write words between the quotes"),
    ("a AND b OR c", "        ^", "AND and OR are mixed: write (a AND b) OR …, or a AND (b OR …)"),
    ("NK cell OR engager", "        ^", "AND and OR are mixed: write (NK AND cell) OR …, or NK AND (cell OR …)"),
    (
        '"NK cell" NEAR/5 engager AND Sanofi',
        "                         ^",
        'NEAR/5 and AND are mixed: write ("NK cell" NEAR/5 engager) AND …',
    ),
    (
        "a NEAR/5 b NEAR/3 c",
        "           ^",
        "NEAR/5 and NEAR/3 are mixed: write (a NEAR/5 b) NEAR/3 …, or a NEAR/5 (b NEAR/3 …)",
    ),
    ("(a OR b", "^", "this parenthesis is not closed: add a ) where it ends"),
    ("a)", " ^", "this parenthesis closes nothing: open it, or leave it out"),
    ("()", "^", "the parentheses are empty: write something between them, or leave them out"),
    ("a AND", "     ^", "something is missing at the end: write a word, or a phrase in double quotes"),
    ("AND a", "^", "something is missing before AND: write a word or a phrase"),
    ("a OR OR b", "     ^", "something is missing before OR: write a word or a phrase"),
    ("NOT a", "^", "this is true of all that is not excluded: name something that must be there"),
    ("a OR NOT b", "     ^", "this is true of all that is not excluded: name something that must be there"),
    ("upfront:none", "^", "this is true of all that is not excluded: name something that must be there"),
    ("NK or engager", "   ^", 'write OR; to look for the word itself, write "or" in quotes'),
    ("licencee:Sanofi", "^", "unknown field licencee: did you mean licensee?"),
    ("colour:red", "^", f"unknown field colour: {FIELDS}"),
    ("company:Sanofi", "^", "unknown field company: did you mean party?"),
    ("foo > 5", "^", f"unknown field foo: {FIELDS}"),
    ("party:", "      ^", "party: is asked for nothing: write a word or a phrase behind the colon"),
    ("party: AND a", "       ^", "party: is asked for nothing: write a word or a phrase behind the colon"),
    ("party:(Sanofi OR Roche)", "      ^", "party: takes one value: write (party:one OR party:other)"),
    (
        "type:lisence",
        "     ^",
        f"unknown type lisence: {KINDS}",
    ),
    (
        "event:sold",
        "      ^",
        "unknown event sold: write one of new, expansion, amendment, option-exercise, milestone, termination, closing",
    ),
    ("status:closing", "       ^", "unknown status closing: did you mean closed?"),
    ("language:english", "         ^", "english is no code of a language: write two letters, as in language:en"),
    ("concept:nkce", "        ^", "unknown concept nkce: did you mean nk-cell-engager?"),
    ("concept:nk-cell-engagers", "        ^", "unknown concept nk-cell-engagers: did you mean nk-cell-engager?"),
    ("concept:zzz", "        ^", 'unknown concept zzz: write the words instead, as in "zzz"'),
    ("title > 5", "      ^", "title cannot be compared: write title:word"),
    ("upfront 20m", "^", "upfront wants a comparison, such as upfront >= 20m EUR; the word itself goes in quotes"),
    (
        "upfront:20m",
        "        ^",
        "upfront:20m is not known: write upfront >= 20m EUR, upfront:stated, upfront:undisclosed or upfront:none",
    ),
    ("upfront => 20m", "        ^", "=> is not known: write one of > >= < <= ="),
    ("upfront > lots", "          ^", 'this is no number: write one such as "20m EUR" or "10%"'),
    ("upfront >", "         ^", 'this is no number: write one such as "20m EUR" or "10%"'),
    ("upfront > 20m EUT", "              ^", "unknown currency EUT: did you mean EUR?; before a word write AND"),
    (
        "upfront > 20m XQZ",
        "              ^",
        "unknown currency XQZ: write a code such as EUR, USD, GBP, CHF, JPY or CNY; before a word write AND",
    ),
    ("upfront > $20m EUR", "          ^", "USD and EUR contradict each other: write one of them"),
    ("upfront > 20%", "          ^", "upfront is a sum: write one such as upfront >= 20m EUR"),
    ("royalty > 20m", "          ^", "royalties are a rate: write a percentage such as royalty > 10%"),
    ("royalty > 110%", "          ^", "royalties are a rate: write a percentage such as royalty > 10%"),
    ("announced > 2026-02-30", "            ^", "this is no day: write one such as 2026-01-31"),
    ("announced > yesterday", "            ^", "this is no day: write one such as 2026-01-31"),
    ("announced:2026-01-01", "          ^", "announced:2026-01-01 is not known: write announced > 2026-01-31"),
    ("a NEAR b", "  ^", "NEAR wants a number of words: write NEAR/5 between two words"),
    ("a NEAR/0 b", "       ^", "NEAR takes 1 to 100 words, not 0"),
    ("a NEAR/500 b", "       ^", "NEAR takes 1 to 100 words, not 500"),
    ("a near/5 b", "  ^", 'write NEAR/5 for near/5; the word itself goes in quotes, "near/5"'),
    ("a W/5 b", "  ^", 'write NEAR/5 for W/5; the word itself goes in quotes, "W/5"'),
    (
        "upfront > 5m NEAR/5 b",
        "^",
        "NEAR is about words in a text, upfront > 5m is not: join it with AND, outside of parentheses around NEAR/5",
    ),
    ("(a AND b) SAME c", "^", "AND cannot stand inside SAME: write NEAR or SAME between the words"),
    ("NOT a SAME b", "^", "NOT cannot stand inside SAME: write NOT before the whole, with parentheses"),
    ("LEAD engager", "^", "LEAD wants a number of words: write LEAD/50 before a word"),
    (
        "LEAD/50 party:Sanofi",
        "        ^",
        "LEAD is about words in a text, party:Sanofi is not: join it with AND, outside of parentheses around LEAD/50",
    ),
    ("LEAD/50", "       ^", "something is missing at the end: write a word, or a phrase in double quotes"),
    ("SAME a", "^", "something is missing before SAME: write a word or a phrase"),
    ("eng*", "^", "eng* is too short a stem: at least 4 letters stand before the *"),
    ("engag*r", "     ^", "a * stands only at the end of a word: write its beginning, as in engag*"),
    ('"PD-L*"', " ^", "PD-L* is too short a stem: at least 4 letters stand before the *"),
    ("*engager", "^", "a * stands only at the end of a word: write its beginning, as in engag*"),
    ("te?t", "  ^", "? is not known: write the word out, or its beginning with a * behind it"),
    ("-Roche", "^", 'a minus is not known: write NOT before the word, or "-word" in quotes'),
    ("a && b", "  ^", "& is not known here: write AND"),
    ("a || b", "  ^", "| is not known: write OR"),
    ("NK cell~2", "       ^", "~ is not known: write NEAR/5 between two words"),
    ("20m..50m", "   ^", '. is not known here: put the words in double quotes, as in "20m..50m"'),
    ("[NK cell]", "^", '[ is not known here: put the words in double quotes, as in "[NK"'),
    ("a lead b", "  ^", 'write LEAD/5; to look for the word itself, write "lead" in quotes'),
    ("a NEAR/5 b OR c", "           ^", "NEAR/5 and OR are mixed: write (a NEAR/5 b) OR …, or a NEAR/5 (b OR …)"),
    ("a AND b SAME c", "        ^", "AND and SAME are mixed: write a AND (b SAME …)"),
    ("a OR b NEAR/5 c", "       ^", "OR and NEAR/5 are mixed: write (a OR b) NEAR/5 …, or a OR (b NEAR/5 …)"),
    ("upfront > 5m JPX", "             ^", "unknown currency JPX: did you mean JPY?; before a word write AND"),
    ("NOT (a AND b)", "^", "this is true of all that is not excluded: name something that must be there"),
    (
        "type:acquisitions",
        "     ^",
        f"unknown type acquisitions: {KINDS}",
    ),
    ("a AND party:", "            ^", "party: is asked for nothing: write a word or a phrase behind the colon"),
    ("title:", "      ^", "title: is asked for nothing: write a word or a phrase behind the colon"),
    ('"a" AND "b', "        ^", 'this quote is not closed: add a " at the end of the phrase'),
    ("LEAD/0 a", "     ^", "LEAD takes 1 to 1000 words, not 0"),
    ("LEAD/2000 a", "     ^", "LEAD takes 1 to 1000 words, not 2000"),
    ("near b", "^", 'write NEAR/5; to look for the word itself, write "near" in quotes'),
    ("engag*:x", "^", f"unknown field engag*: {FIELDS}"),
    ("upfront >= 20m to 50m", "               ^", "a range is two comparisons: write upfront >= … AND upfront <= …"),
    ("drug:ozempic", "^", "unknown field drug: did you mean asset?"),
    ("upfront:stated AND OR", "                   ^", "something is missing before OR: write a word or a phrase"),
]


@pytest.mark.parametrize(("query", "caret", "said"), WRONG)
def test_a_wrong_search_is_refused_with_these_words_and_this_caret(query: str, caret: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        parse(query, ONTOLOGY)

    assert str(refused.value) == f"{said}\n  {query}\n  {caret}"


@pytest.mark.parametrize(
    ("query", "position", "said"),
    [
        ("(" * (DEEPEST + 2) + "a", DEEPEST + 1, "this is nested more than 30 deep: make it simpler"),
        ("LEAD/9 " * (DEEPEST + 2) + "a", 7 * (DEEPEST + 1), "this is nested more than 30 deep: make it simpler"),
        (f'"{"a " * (MOST_WORDS + 1)}"', 0, "the phrase has more than 30 words: search for less of it"),
        ("a " * LONGEST, LONGEST, "the search is longer than 2000 characters: make two of it"),
    ],
)
def test_what_is_too_much_is_refused_where_it_becomes_so(query: str, position: int, said: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        parse(query, ONTOLOGY)

    assert (refused.value.position, refused.value.reason) == (position, said)


def test_the_table_has_fifty_rows_and_none_twice() -> None:
    assert len({query for query, _, _ in WRONG}) == len(WRONG) >= 50
