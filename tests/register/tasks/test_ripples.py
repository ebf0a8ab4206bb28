"""What a change touches is said before; exactly that has a task afterwards."""

import pytest

from charters.models import GeneralPurpose, Principle
from register.core.dates import today
from register.core.ripple import Cause, touched, touched_for
from register.directory import causes
from register.directory.models import CommunityMember
from register.directory.services import communities, memberships, merging
from register.documents.lifecycle import State
from register.documents.ripples import causes_of_act
from register.documents.services import content, drafting, facts, moving
from register.signing import services as signing
from register.signing.causes import signature_ends
from register.tasks.models import Task
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def predicted(cause):
    """What a change is said to touch, as tasks would name it."""
    return {(touch.subject, touch.pk) for touch in touched(cause)}


def opened():
    """What has an open task."""
    rows = Task.objects.open().values_list("document_id", "organisation_id")
    return {("document", pk) if pk else ("body", body) for pk, body in rows}


def documents(*found):
    return {("document", each.pk) for each in found}


def withdraw(slot):
    return signing.record_withdrawal(
        by=TEST, slot=slot, reason="It leaves the charter.", withdrawn_on=today()
    )


def revise(document):
    return drafting.revise(by=TEST, document=document, changes="Better words.")


def test_the_end_of_a_charter_signature_opens_exactly_what_was_said(framework):
    police = framework.county.police
    slot = framework.slot(framework.charter, police)
    said = predicted(signature_ends(slot)[0])
    assert said == documents(framework.protocol, framework.ours) | {("body", police.pk)}
    withdraw(slot)
    assert opened() == said
    assert set(Task.objects.values_list("kind", flat=True)) == {"signature"}
    assert set(Task.objects.values_list("source_id", flat=True)) == {framework.charter.pk}


def test_the_end_of_a_protocol_signature_touches_the_agreements_below_it(framework):
    trust = framework.county.trust
    slot = framework.slot(framework.protocol, trust)
    said = predicted(signature_ends(slot)[0])
    assert said == documents(framework.theirs) | {("body", trust.pk)}
    withdraw(slot)
    assert opened() == said


def test_a_signature_of_an_agreement_touches_nothing_below(framework):
    withdraw(framework.slot(framework.ours, framework.county.police))
    assert not opened()


def test_a_merged_record_is_found_by_the_one_that_survives(framework, county):
    police, charity = county.police, county.charity
    merging.merge_organisations(
        by=TEST, duplicate=police, into=charity, row_version=police.row_version
    )
    found = predicted(signature_ends(framework.slot(framework.charter, police))[0])
    assert documents(framework.protocol, framework.ours) <= found


def test_a_membership_that_ends_touches_what_the_body_is_party_to_and_itself(framework, county):
    membership = county.police.memberships.get()
    said = predicted(causes.membership_ends(membership))
    expected = documents(framework.charter, framework.protocol, framework.ours)
    assert said == expected | {("body", county.police.pk)}
    memberships.end_membership(by=TEST, membership=membership)
    assert opened() == said


def test_a_membership_of_another_kind_opens_tasks_and_other_facts_open_none(framework, county):
    membership = county.trust.memberships.get()
    change = {"by": TEST, "membership": membership}
    memberships.change_membership(**change, row_version=1, has_release_officer=True)
    assert not opened()
    memberships.change_membership(**change, row_version=2, kind="observer")
    assert opened() == predicted(causes.membership_changes(membership))


def test_leaving_a_community_touches_its_protocol_and_agreements_of_the_body(framework, county):
    outside = make.agreement(county.partnership, county.council, county.police, title="Outside",
                             state=State.IN_FORCE)  # fmt: skip
    row = CommunityMember.objects.get(organisation=county.police)
    said = predicted(causes.community_ends(row))
    assert said == documents(framework.protocol, framework.ours) | {("body", county.police.pk)}
    communities.leave_community(by=TEST, member=row)
    assert opened() == said
    assert ("document", outside.pk) not in opened()


def test_a_principle_reworded_touches_protocols_and_agreements_when_it_is_in_force(framework):
    version = revise(framework.charter)
    row = Principle.objects.get(version=version)
    content.change_item(by=TEST, row=row, row_version=row.row_version, heading="Share well")
    make.walk(version, State.SIGNING)
    assert not opened()
    make.sign_all(version)
    assert opened() == documents(framework.protocol, framework.ours, framework.theirs)
    assert "principle" in Task.objects.first().says


def test_a_charter_revised_with_the_same_principles_touches_what_stands_directly_under(framework):
    make.walk(revise(framework.charter), State.IN_FORCE)
    assert opened() == documents(framework.protocol)


def test_a_purpose_dropped_touches_agreements_and_a_new_one_does_not(framework):
    version = revise(framework.protocol)
    content.add_item(by=TEST, version=version, model=GeneralPurpose, title="Attendance")
    make.walk(version, State.IN_FORCE)
    assert {task.cause_key.partition(":")[0] for task in Task.objects.all()} == {"superseded"}
    version = revise(framework.protocol)
    gone = GeneralPurpose.objects.get(version=version, title="Safeguarding")
    content.remove_item(by=TEST, row=gone)
    make.walk(version, State.IN_FORCE)
    dropped = Task.objects.filter(cause_key=f"purpose:{version.pk}")
    assert {task.document_id for task in dropped} == {framework.ours.pk, framework.theirs.pk}


def test_a_first_version_in_force_touches_nothing(framework):
    assert not Task.objects.exists()


def test_a_protocol_that_ends_touches_the_agreements_under_it(framework):
    said = predicted(causes_of_act(framework.protocol, "end")[0])
    assert said == documents(framework.ours, framework.theirs)
    moving.end(by=TEST, document=framework.protocol, reason="No longer needed.")
    assert opened() == said


def test_a_suspension_of_the_whole_touches_what_is_under_and_of_one_party_does_not(framework):
    facts.suspend(
        by=TEST, document=framework.charter, reason="A breach.", party=framework.county.trust
    )
    assert not opened()
    facts.suspend(by=TEST, document=framework.charter, reason="A breach.")
    assert opened() == documents(framework.protocol)


def test_what_has_ended_is_not_touched(framework):
    moving.end(by=TEST, document=framework.ours, reason="Over.")
    cause = signature_ends(framework.slot(framework.charter, framework.county.police))[0]
    assert ("document", framework.ours.pk) not in predicted(cause)


def test_what_is_in_preparation_is_touched(framework, county):
    draft = make.agreement(county.partnership, county.police, county.trust, title="New",
                           protocol=framework.protocol)  # fmt: skip
    cause = signature_ends(framework.slot(framework.charter, county.police))[0]
    assert ("document", draft.pk) in predicted(cause)


def test_assurance_of_a_body_touches_what_is_in_force(framework, county):
    draft = make.agreement(county.partnership, county.police, county.trust, title="New",
                           protocol=framework.protocol)  # fmt: skip
    found = predicted(
        Cause("assurance", f"dspt:{county.police.pk}", "It lapsed.", county.police.pk)
    )
    assert found == documents(framework.charter, framework.protocol, framework.ours)
    assert ("document", draft.pk) not in found


def test_the_same_change_opens_no_second_task_while_the_first_is_open(framework):
    slot = framework.slot(framework.charter, framework.county.police)
    withdraw(slot)
    first = opened(), Task.objects.count()
    make.sign(slot)
    withdraw(slot)
    assert (opened(), Task.objects.count()) == first


def test_a_restricted_agreement_is_not_said_to_who_may_not_know_of_it(framework, county):
    facts.change_facts(
        by=TEST, document=framework.ours, row_version=framework.ours.row_version,
        visibility="named", is_restricted=True,
    )  # fmt: skip
    cause = signature_ends(framework.slot(framework.charter, county.police))[0]
    officer, office = county.users["police_officer"], county.users["office"]
    assert ("document", framework.ours.pk) in {
        (t.subject, t.pk) for t in touched_for(cause, office)
    }
    said = touched_for(cause, officer)
    assert {t.pk for t in said if t.subject == "document"} == {framework.protocol.pk}
    assert not any(framework.ours.reference in f"{t.name}{t.why}{t.url}" for t in said)


def test_a_change_that_touches_many_costs_as_many_statements_as_few(
    framework, county, django_assert_max_num_queries
):
    slot = framework.slot(framework.charter, county.police)
    makers = [
        lambda: signature_ends(slot)[0],
        lambda: causes.membership_ends(county.police.memberships.get()),
        lambda: Cause("principle", "principle:1", "It differs.", framework.charter.governing.pk),
        lambda: causes_of_act(framework.protocol, "end")[0],
        lambda: Cause("assurance", "dspt:1", "It lapsed.", county.police.pk),
    ]

    def cost(maker):
        with django_assert_max_num_queries(20) as asked:
            found = touched_for(maker(), county.users["office"])
        return len(asked), len(found)

    [cost(maker) for maker in makers]  # what a login may do is read once
    few = [cost(maker) for maker in makers]
    for number in range(15):
        make.agreement(county.partnership, county.council, county.police, title=f"More {number}",
                       protocol=framework.protocol, state=State.IN_FORCE)  # fmt: skip
    many = [cost(maker) for maker in makers]
    assert [count for count, _ in few] == [count for count, _ in many]
    assert all(after > before + 10 for (_, before), (_, after) in zip(few, many, strict=True))
