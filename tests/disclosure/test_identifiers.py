"""What may name somebody is found in a text, and what only looks a little like it is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.disclosure.identifiers import Names, find_traces, read_names

PEOPLE = [
    "Zoë Lévêque",
    "Jean-François de la Tour",
    "Nguyễn Thị Mai",
    "Li Wei",
    "O’Brien, Máire",
    "Иван Петров",
    "Ng Ah",
    "İnci Işık",
]
NAMES = read_names(PEOPLE)


def found(text: str, names: Names = NAMES) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in find_traces(text, names)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("write to ann.lee@uni-x.ca.", "ann.lee@uni-x.ca"),
        ("(ann+survey@example.org)", "ann+survey@example.org"),
        ("Ann<ann@mail.example.co.uk>", "ann@mail.example.co.uk"),
        ("hélène@université.fr", "hélène@université.fr"),
    ],
)
def test_an_e_mail_address_is_found_as_it_is_written(text: str, address: str) -> None:
    assert found(text) == [("email", address)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call 613-555-0142", "613-555-0142"),
        ("(613) 555-0142", "(613) 555-0142"),
        ("613.555.0142, evenings", "613.555.0142"),
        ("6135550142", "6135550142"),
        ("1 613 555 0142", "1 613 555 0142"),
        ("+1 (613) 555-0142", "+1 (613) 555-0142"),
        ("+33 (0)1 23 45 67 89", "+33 (0)1 23 45 67 89"),
        ("au +33123456789.", "+33123456789"),
        ("0044 20 7946 0958", "0044 20 7946 0958"),
        ("01 23 45 67 89", "01 23 45 67 89"),
        ("01.23.45.67.89", "01.23.45.67.89"),
        ("020 7946 0958", "020 7946 0958"),
        ("0761 / 20312", "0761 / 20312"),
        ("tel. 555-0142", "555-0142"),
        ("Tél : 555 0142", "555 0142"),
        ("ext. 5550142", "5550142"),
    ],
)
def test_a_telephone_number_is_found_in_its_ways_of_being_written(text: str, number: str) -> None:
    assert found(text) == [("phone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "from 2014 to 2026, or 2014-2015",
        "2026-11-27 14:05",
        "12/11/2026 10:30",
        "27.11.2026",
        "1 2 3 4 5 1 2 3 4 5",
        "4-5-3-2-1-5-4-3-2-1",
        "1234567890",
        "1700000000",
        "3.14159265358",
        "1,000,000,000 and 10 000 000 and 250 000 0000",
        "ISBN 978-0-306-40615-7",
        "ORCID 0000-0002-1825-0097",
        "192.168.100.12",
        "100-2000 mg, 20-30 %, 40-50 %",
        "0.5 0.6 0.7 0.8 0.9",
        "P01, question 613",
        "555-0142 without a word that says what it is",
        "at home @ night, a@b, @zoe",
        "https://example.org/613-555-0142",
    ],
)
def test_what_only_looks_a_little_like_it_is_nothing(text: str) -> None:
    assert found(text, Names()) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zoe helped me", "Zoe"),
        ("ZOË LÉVÊQUE", "ZOË LÉVÊQUE"),
        ("as zoë lévêque said", "zoë lévêque"),
        ("Lévêque, Zoë", "Lévêque, Zoë"),
        ("leveque zoe", "leveque zoe"),
        ("avec Jean-François", "Jean-François"),
        ("jean françois de la tour", "jean françois de la tour"),
        ("Mai was kind", "Mai"),
        ("nguyen thi mai", "nguyen thi mai"),
        ("with li wei", "with li wei"[5:]),
        ("Wei Li", "Wei Li"),
        ("Máire O'Brien’s course", "Máire O'Brien"),
        ("Петров пришёл", "Петров"),
        ("INCI ISIK", "INCI ISIK"),
    ],
)
def test_a_name_of_the_list_is_found_whatever_its_case_accents_and_order(
    text: str, name: str
) -> None:
    for form in ("NFC", "NFD"):
        spelled = unicodedata.normalize(form, text)
        ((kind, words),) = found(spelled)
        assert (kind, unicodedata.normalize("NFC", words)) == ("name", name)


@pytest.mark.parametrize(
    "text",
    [
        "Zoëland and Leveques",
        "it may be, in may",
        "mai 2026",
        "la tour",
        "De la",
        "Li is a unit, and so is Ng",
        "петров without a capital",
        "Anne",
    ],
)
def test_no_other_word_is_a_name(text: str) -> None:
    assert found(text) == []


def test_each_piece_is_found_once_and_in_its_order() -> None:
    text = "Zoë Lévêque (zoe.leveque@example.org, 613-555-0142) and Mai"
    assert found(text) == [
        ("name", "Zoë Lévêque"),
        ("email", "zoe.leveque@example.org"),
        ("phone", "613-555-0142"),
        ("name", "Mai"),
    ]


@given(st.text(alphabet=st.sampled_from("Zoëe\u0308 Li0123456789+-().@a,"), max_size=60))
def test_whatever_is_written_the_pieces_lie_within_the_text_and_apart(text: str) -> None:
    end = 0
    for each in find_traces(text, NAMES):
        assert end <= each.start < each.end <= len(text)
        end = each.end


def test_nobody_is_looked_for_where_no_list_is_given() -> None:
    assert found("Zoë Lévêque", Names()) == []
    assert read_names([]) == Names()
    assert read_names(["", "  ", "de la"]).parts == frozenset()
