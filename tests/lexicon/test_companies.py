import pytest
from hypothesis import given
from hypothesis import strategies as st

import lexicon
from lexicon.companies import Companies, without_suffix

COMPANIES = lexicon.load().companies


@pytest.mark.parametrize(
    "names",
    [
        ("Merck & Co., Inc.", "Merck & Co", "MSD", "Merck", "Merck Sharp & Dohme LLC"),
        ("Merck KGaA", "Merck KGaA, Darmstadt, Germany", "EMD Serono"),
        ("Eli Lilly and Company", "Lilly", "Eli Lilly"),
        ("Ostara Immune SA", "Ostara Immune S.A.", "Ostara Immune", "OSTARA IMMUNE, S.A.", "The Ostara Immune Company"),
        ("Nordkap Pharma A/S", "Nordkap Pharma"),
        ("Takeda Pharmaceutical Company Limited", "Takeda"),
    ],
)
def test_all_forms_of_a_company_have_one_key(names: tuple[str, ...]) -> None:
    assert len({COMPANIES.key(name) for name in names}) == 1


def test_the_two_mercks_are_two_companies() -> None:
    assert COMPANIES.key("Merck & Co.") != COMPANIES.key("Merck KGaA")
    assert COMPANIES.key("MSD") != COMPANIES.key("EMD Serono")


@pytest.mark.parametrize(
    ("bought", "owner", "year"),
    [
        ("Celgene", "Bristol Myers Squibb", 2019),
        ("Shire plc", "Takeda", 2019),
        ("Allergan", "AbbVie", 2020),
        ("Immunomedics", "Gilead Sciences", 2020),
        ("Wyeth", "Pfizer", 2009),
        ("Schering-Plough Corporation", "Merck & Co., Inc.", 2009),
        ("Genentech, Inc.", "Roche", 2009),
        ("MorphoSys AG", "Novartis", 2024),
    ],
)
def test_a_company_that_was_bought_is_its_own_until_that_year(bought: str, owner: str, year: int) -> None:
    assert COMPANIES.key(bought, year) == COMPANIES.key(owner, year)
    assert COMPANIES.key(bought, year - 1) != COMPANIES.key(owner, year - 1)
    assert COMPANIES.key(bought) != COMPANIES.key(owner)
    assert COMPANIES.canonical(bought) != COMPANIES.canonical(owner)


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("BeiGene, Ltd.", "BeOne Medicines"),
        ("Sosei Heptares", "Nxera Pharma"),
        ("Mylan N.V.", "Viatris"),
        ("Seattle Genetics", "Seagen"),
        ("EMD Serono", "Merck KGaA"),
        ("Valeant Pharmaceuticals", "Bausch Health"),
    ],
)
def test_a_former_name_has_the_key_of_today_and_is_shown_as_written(former: str, now: str) -> None:
    assert COMPANIES.key(former) == COMPANIES.key(now)
    assert COMPANIES.canonical(former) == without_suffix(former).removesuffix(" Group").removesuffix(" Pharmaceuticals")


def test_the_table_says_where_companies_sit_and_which_are_large() -> None:
    assert COMPANIES.country("Novartis AG") == "CH"
    assert COMPANIES.country("Ostara Immune") == ""
    assert COMPANIES.is_large("MSD")
    assert not COMPANIES.is_large("Innate Pharma")


def test_an_owner_without_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="owners without a line of their own: Beta"):
        Companies.of("Alpha\t\tUS\tBeta from 2019\n")


def test_an_empty_name_has_an_empty_key() -> None:
    assert COMPANIES.key("") == COMPANIES.key(" , ") == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Helvia Therapeutics AG", "Helvia Therapeutics"),
        ("Meridian Salud S.p.A.", "Meridian Salud"),
        ("Lumaris Oncology, Inc.", "Lumaris Oncology"),
        ("Zhenhai Biopharma Co., Ltd.", "Zhenhai Biopharma"),
        ("Sage", "Sage"),
        ("Co", "Co"),
    ],
)
def test_a_name_is_shown_without_its_legal_form(name: str, shown: str) -> None:
    assert without_suffix(name) == shown


def test_known_companies_are_found_in_a_text_as_names_only() -> None:
    text = "Sanofi and Merck KGaA will arrow the gap, said Novo Nordisk A/S."

    assert [(c.name, text[c.start : c.end]) for c in COMPANIES.find(text)] == [
        ("Sanofi", "Sanofi"),
        ("Merck KGaA", "Merck KGaA"),
        ("Novo Nordisk", "Novo Nordisk"),
    ]


@given(st.text(max_size=60))
def test_a_key_is_a_fixed_point_and_never_fails(name: str) -> None:
    key = COMPANIES.key(name)

    assert COMPANIES.key(COMPANIES.canonical(name)) == key or not key


def test_a_form_of_two_companies_is_refused_with_the_place() -> None:
    with pytest.raises(ValueError, match=r"line 2: 'X' is a form of 'Alpha' already"):
        Companies.of("Alpha\tX\nBeta\tX\n")
