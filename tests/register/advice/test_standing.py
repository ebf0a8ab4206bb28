"""What the signing page says first: whether the body's own data protection officer and the lead were heard."""

from register.advice.answers import Answer
from register.advice.services import answering
from register.advice.standing import advice_for, advice_on, said_in_words
from register.core.dates import today, words

FINE = Answer("no_objection")


def give(by, row, said=FINE):
    row.refresh_from_db()
    return answering.answer(by=by, request=row, row_version=row.row_version, said=said)


def test_a_body_reads_its_own_advice_and_the_leads_decision(world, django_assert_num_queries):
    nothing = advice_for(world.version, world.police)
    assert not nothing.has_any
    assert [said for _, said, _ in nothing.lines] == ["Has not been heard"] * 4
    conditions = Answer("conditions", conditions="Tell families first.")
    give(world.una, world.ask(), conditions)
    give(world.pat, world.ask(body=world.police, user=world.pat))
    decision = Answer("approved", conditions="Review in May.")
    give(world.ravi, world.ask_decision(), decision)
    with django_assert_num_queries(1):
        said = advice_for(world.version, world.police)
    assert said.has_any
    assert said.lead == world.council
    who, what, _ = said.lines[0]
    assert who == f"Data protection officer of {world.police.called}"
    assert what == f"No objection: Pat Lee, DPO, {words(today())}"
    assert said.lines[1][1] == "Has not been heard"
    assert said.lines[2][2] == "Tell families first."
    assert said.lines[3][1].startswith("Approved: Ravi Siro, SIRO")
    own = advice_for(world.version, world.council)
    assert own.lead is None
    assert len(own.lines) == 2


def test_every_answer_is_read_in_one_statement(world, django_assert_num_queries):
    row = world.ask()
    give(world.una, row)
    give(world.una, row, Answer("against", "No notice."))
    with django_assert_num_queries(1):
        found = advice_on(world.version)
        assert [(a.outcome, a.request.organisation.legal_name) for a in found] == [
            ("no_objection", world.council.legal_name),
            ("against", world.council.legal_name),
        ]


def test_late_advice_says_so(world):
    given = give(world.una, world.ask())
    given.is_late = True
    assert said_in_words(given).endswith(", after it was sent for signature")
