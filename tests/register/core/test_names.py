"""One careful form for the names of one body."""

import pytest

from register.core.names import KnownNames, candidates, is_slip, normal_form

# Councils of every kind, with how offices spell them.
SPELLINGS = {
    "Barnsley Metropolitan Borough Council": [
        "Barnsley MBC",
        "BARNSLEY COUNCIL",
        "Barnsley M.B.C.",
    ],
    "Leicester City Council": ["City of Leicester", "Leicester Council", "leicester city council"],
    "Leicestershire County Council": ["Leicestershire County Council.", "Leicestershire county"],
    "London Borough of Ealing": ["LB Ealing", "Ealing Council", "Ealing London Borough Council"],
    "Royal Borough of Kensington and Chelsea": ["Kensington & Chelsea Council"],
    "St Helens Council": ["St. Helens MBC", "Saint Helens Metropolitan Borough Council"],
    "Southend-on-Sea Borough Council": ["Southend on Sea City Council", "Southend-on-Sea UA"],
    "Stratford-on-Avon District Council": ["Stratford upon Avon DC", "Stratford on Avon District"],
    "City of York Council": ["York City Council", "York, City of", "City of York"],
    "City and County of Swansea Council": ["Swansea Council", "City & County of Swansea"],
    "Bridgend County Borough Council": ["Bridgend CBC"],
    "City of Bradford Metropolitan District Council": ["Bradford MDC", "Bradford Council"],
    "City of London Corporation": ["City of London", "Corporation of London"],
    "Worcester City Council": ["The Worcester City Council"],
    "Worcestershire County Council": ["WORCESTERSHIRE COUNTY COUNCIL"],
    "Durham County Council": ["Durham  county  council"],
    "Devon & Cornwall Police": ["Devon and Cornwall Constabulary"],
    "Essex County Fire and Rescue Service": ["Essex County Fire & Rescue", "Essex County FRS"],
    "Manchester University NHS Foundation Trust": ["MANCHESTER UNIVERSITY NHS FT"],
    "NHS Leeds Clinical Commissioning Group": ["Leeds CCG"],
    "HM Revenue & Customs": ["Her Majesty\u2019s Revenue and Customs", "HM Revenue and Customs"],
    "Valuation Office Agency": ["Valuation Office Agency (VOA)"],
    "Barnardo's": ["Barnardo\u2019s Limited", "BARNARDOS LTD"],
    "Cyngor Sir Ynys Môn": ["Cyngor Sir Ynys Mon"],
}


@pytest.mark.parametrize("official", SPELLINGS)
def test_the_spellings_of_a_body_have_one_form(official):
    assert {normal_form(spelt) for spelt in SPELLINGS[official]} == {normal_form(official)}


def test_no_two_bodies_have_one_form():
    assert len({normal_form(official) for official in SPELLINGS}) == len(SPELLINGS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leicester City Council", "Leicestershire County Council"),
        ("Buckinghamshire County Council", "Buckinghamshire Council"),
        ("Chichester City Council", "Chichester District Council"),
        ("Stratford-upon-Avon Town Council", "Stratford-on-Avon District Council"),
        ("Southend on Sea Borough Council", "Southend Borough Council"),
        ("City of London Police", "City of London"),
        ("City of Bristol College", "City of Bristol"),
        ("Barking NHS Trust", "Barking NHS Foundation Trust"),
        ("Acme plc", "Acme CIC"),
        ("Essex", "Essex County Council"),
        ("Essex Police", "Police, Fire and Crime Commissioner for Essex"),
        ("Newcastle-under-Lyme Borough Council", "Newcastle City Council"),
        ("Department for Work and Pensions", "Secretary of State for Work and Pensions"),
        ("Lake District", "Lake Council"),
    ],
)
def test_bodies_that_differ_keep_different_forms(one, other):
    assert normal_form(one) != normal_form(other)


def test_known_names_are_matched_and_two_bodies_of_one_form_both_told():
    known = KnownNames({"Kent Police": 1, "Kent Constabulary": 1, "Acme Ltd": 2, "ACME": 3})
    assert known.match("KENT POLICE FORCE") == [1]
    assert known.match("Acme Limited") == [2, 3]
    assert known.match("Nobody") == []
    assert known.match("") == []


def test_near_names_are_suggested_likeliest_first():
    known = {official: number for number, official in enumerate(SPELLINGS)}
    firsts = {
        "Southend Borough Council": "Southend-on-Sea Borough Council",
        "Leicester CC": "Leicester City Council",
        "Worcestershire": "Worcestershire County Council",
        "Barnsly Council": "Barnsley Metropolitan Borough Council",
        "HMRC": "HM Revenue & Customs",
        "VOA": "Valuation Office Agency",
    }
    for name, official in firsts.items():
        assert candidates(name, known)[0].name == official


def test_suggestions_are_few_and_each_body_comes_once():
    known = {f"Anytown {word} Council": number % 3 for number, word in enumerate("abcdefgh")}
    found = candidates("Anytown Council", known)
    assert len(found) == len({candidate.id for candidate in found}) == 3
    assert len(candidates("Anytown Council", known, limit=2)) == 2
    assert candidates("Zzz", known) == []


def test_long_texts_are_taken_quickly_for_what_they_are():
    assert normal_form("a " * 50_000).startswith("a a a")


def test_initials_that_mean_several_bodies_suggest_those_first_and_are_no_slip():
    known = KnownNames({"Wyre County Council": 1, "Wyre Police": 2, "Wyre City Council": 3})
    assert known.match("Wyre C.C.") == []
    assert {each.id for each in known.candidates("Wyre C.C.")[:2]} == {1, 3}
    assert not is_slip("Wyre C.C.", "Wyre County Council")


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Wyre Polise", "Wyre Police", True),
        ("Wyreford shire Police", "Wyrefordshire Police", True),
        ("Essex ICB", "Essex CCG", False),
        ("Lower Wyre Parish Council", "Upper Wyre Parish Council", False),
        ("Wyre Parish 1", "Wyre Parish 2", False),
    ],
)
def test_a_slip_of_spelling_is_told_from_another_body(one, other, is_one):
    assert is_slip(one, other) is is_one
