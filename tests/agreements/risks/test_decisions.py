"""The officer advises, the controller decides; against advice only with a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agreements.risks.services import decisions
from register.core.conflicts import Conflict
from register.core.dates import today
from tests import make
from tests.agreements.risks.conftest import TEST, row_of


def advised(row, advice, words="", version=1):
    """The row with an advice."""
    return decisions.advise(
        by=TEST, row=row, row_version=version, advice=advice, advice_words=words,
        advised_by="D. P. Officer",
    )  # fmt: skip


def decide(row, status, **said):
    """A decision on a row by the system, in somebody's name."""
    said.setdefault("decided_by", "A. Siro, Director")
    return decisions.decide(by=TEST, row=row, row_version=row.row_version, status=status, **said)


def test_an_adviser_of_the_body_advises_in_their_own_name(cast, dpia, council, police):
    row = decisions.advise(
        by=cast.adv_a, row=row_of(dpia, council), row_version=1, advice="no_objection"
    )
    assert (row.advised_by, row.advised_on) == (cast.adv_a.person.name, today())
    with pytest.raises(PermissionDenied, match="adviser of Wyrefordshire Police advises here"):
        decisions.advise(
            by=cast.adv_a, row=row_of(dpia, police), row_version=1, advice="no_objection"
        )


@pytest.mark.parametrize("who", ["office", "off_a", "off_b", "mgr_a"])
def test_nobody_else_advises(cast, dpia, council, who):
    with pytest.raises(PermissionDenied, match="Only the data protection officer or an adviser"):
        decisions.advise(
            by=getattr(cast, who), row=row_of(dpia, council), row_version=1, advice="no_objection"
        )


@pytest.mark.parametrize("advice", ["conditions", "against"])
def test_conditions_and_objections_are_said_in_words(dpia, council, advice):
    with pytest.raises(ValidationError, match="Say which conditions, or why"):
        advised(row_of(dpia, council), advice)


def test_the_officer_who_advises_does_not_decide(cast, dpia, council):
    with pytest.raises(PermissionDenied, match="senior information risk owner"):
        decisions.decide(by=cast.adv_a, row=row_of(dpia, council), row_version=1, status="accepted")


def test_the_risk_owner_decides_in_their_own_name_and_post(siro, dpia, council):
    row = advised(row_of(dpia, council), "no_objection")
    row = decisions.decide(
        by=siro, row=row, row_version=row.row_version, status="accepted", decided_by="Not me"
    )
    assert row.decided_by == "Una Siro, Senior information risk owner"
    assert row.decided_on == today()


def test_a_risk_owner_of_one_body_does_not_decide_for_another(siro, dpia, police):
    with pytest.raises(PermissionDenied, match="asset owner of Wyrefordshire Police decides"):
        decisions.decide(by=siro, row=row_of(dpia, police), row_version=1, status="accepted")


def test_an_officer_records_a_decision_and_names_who_made_it(cast, dpia, council):
    row = advised(row_of(dpia, council), "no_objection")
    with pytest.raises(ValidationError, match="Name who decided"):
        decisions.decide(by=cast.off_a, row=row, row_version=2, status="accepted")
    row = decisions.decide(
        by=cast.off_a, row=row, row_version=2, status="accepted", decided_by="A. Siro"
    )
    assert row.status == "accepted"


def test_the_office_does_not_decide_for_a_body(cast, dpia, council):
    with pytest.raises(PermissionDenied, match="decides; its officer may record"):
        decisions.decide(
            by=cast.office, row=row_of(dpia, council), row_version=1, status="accepted"
        )


@pytest.mark.parametrize(
    ("advice", "status", "asks"),
    [
        ("", "accepted", "without the data protection officer's advice"),
        ("against", "accepted", "advises against it: say why"),
        ("against", "accepted_with_conditions", "advises against it: say why"),
        ("conditions", "accepted", "asks for conditions: say why"),
        ("no_objection", "not_accepted", "Say why it is not accepted"),
    ],
)
def test_going_against_advice_takes_a_reason(dpia, council, advice, status, asks):
    row = row_of(dpia, council)
    if advice:
        row = advised(row, advice, "Encrypt it first.")
    with pytest.raises(ValidationError, match=asks):
        decide(row, status, conditions="Yearly check.")
    row = decide(row, status, conditions="Yearly check.", decision_reason="Lives depend on it.")
    assert (row.status, row.decision_reason) == (status, "Lives depend on it.")


def test_a_decision_as_advised_takes_no_reason(dpia, council):
    row = advised(row_of(dpia, council), "conditions", "Encrypt it first.")
    with pytest.raises(ValidationError, match="on which conditions"):
        decide(row, "accepted_with_conditions")
    assert decide(row, "accepted_with_conditions", conditions="Encrypt it.").decided_on == today()


def test_a_day_that_has_not_come_is_refused(dpia, council):
    tomorrow = make.since().replace(year=today().year + 1)
    with pytest.raises(ValidationError, match="not after today"):
        decide(row_of(dpia, council), "accepted", decided_on=tomorrow)


def test_a_second_decision_on_an_old_form_conflicts_and_changes_nothing(dpia, council):
    row = advised(row_of(dpia, council), "no_objection")
    stale = row.row_version
    decide(row, "accepted")
    with pytest.raises(Conflict):
        decisions.decide(
            by=TEST, row=row, row_version=stale, status="not_accepted", decided_by="B",
            decision_reason="No.",
        )  # fmt: skip
    assert row_of(dpia, council).status == "accepted"
