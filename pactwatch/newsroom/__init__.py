"""The demo newsroom: eleven invented outlets, sixty articles, and what a reader must make of each.

`pactwatch demo` plays them to the real pipeline, and the tests read the same files. All texts were written for
pactwatch; the companies in them are invented, and so is what they say of real ones.

An article is two files in `articles/`. NAME.txt holds header lines, a line `---`, and the text, paragraphs apart by an
empty line; `{date}` and `{year}` stand for the day on which it is published. The headers: `outlet` (a key of
outlets.py), `days_ago` (the day, counted back from the start of the server), `author` (may be empty), `title`; and
where wanted `tracking` (parameters that the feed hangs on the address) and `text_of` (the article whose text is printed
again, word for word). NAME.json holds the reading that is expected:

- `keep` and `perhaps` must be as said. So must `kind`; a list of kinds leaves open what two careful people could call
  differently (is an award an event?). `subject` is for people and never compared.
- `deal` stands exactly where a deal is expected, `also` where a round-up holds further ones, in order.
- `event` and `status` are compared where they are named.
- `parties` must be those companies and no others, whatever forms of their names the reader shows, each in its role; a
  list of roles leaves open whether who pays for joint research is a partner or gets rights.
- `upfront`, `equity`, `near_term`, `option_fee`, `milestones`, `total`: amount, currency and up_to must agree, or it
  must be undisclosed. A sum that is not named here must not be stated by the reader: a figure too many is the worst of
  errors. Payments without a figure that are not named are let pass, and so are royalties without numbers.
- `royalties`: the per cent must agree; null stands for words without numbers, and the royalties must be there.
- `assets`, `targets`, `modalities`, `indications` are compared as sets where they are named; all forms of one concept
  of the ontology are one name. So are `stage` and `territory`; null stands for none.
- `prior` is the set of years of earlier agreements that the text recalls.
- What is not named is not compared. So `prior` is left out where the text speaks of an earlier relation in passing.
"""
