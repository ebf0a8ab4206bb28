"""Each part of somebody's work holds what is theirs, with its one next step, and nothing of others."""

from datetime import timedelta

import pytest
import time_machine

from register.advice.proposals import Whom
from register.advice.services import asking as advice
from register.consultation.services import asking as consulting
from register.consultation.services import commenting
from register.core.dates import now, today
from register.core.ripple import Cause, Touch
from register.documents.models import Clause, Document
from register.documents.services import content
from register.ledger.acts import act
from register.reviews import services as reviews
from register.signing import services as signing
from register.tasks.models import Task
from register.tasks.services import open_tasks
from register.worklist.services.visits import visit
from register.worklist.work import Work, work_of
from tests import make, signing_world, worlds

TEST = "system:test"


@worlds.shared
def out() -> signing_world.Signing:
    """An agreement of the council that is out for signature: council and police are asked."""
    return signing_world.out()


def fresh(user):
    """A login as the next request reads it."""
    return type(user).objects.get(pk=user.pk)


def work(user, **asked) -> Work:
    return work_of(fresh(user), **asked)


def part(user, code: str):
    return next((each for each in work(user).parts if each.code == code), None)


def a_draft(out) -> Document:
    county = out.county
    return make.agreement(county.partnership, county.council, county.police, lead=county.council)


def test_what_waits_for_others_too_long_names_them_and_the_last_reminder(out):
    office = out.county.users["office"]
    assert part(office, "long") is None

    with time_machine.travel(now() + timedelta(days=16)):
        found = part(office, "long")

    assert found.whose == "others"
    assert found.count == "2"
    item = found.items[0]
    assert "Senior Officer, WY " in item.who[0]
    assert item.says.endswith(("no reminder yet", str(today().year)))
    assert item.act == "Remind them"


def test_what_waits_for_others_is_no_work_of_theirs_who_do_not_keep_it(out):
    with time_machine.travel(now() + timedelta(days=16)):
        assert part(out.county.users["police_officer"], "long") is None
        assert part(out.county.users["council_manager"], "long") is None


def test_a_refusal_waits_for_the_officer_at_once(out):
    request = out.request(out.county.police)
    signing.refuse(by=signing_world.signer(request.person), request=request,
                   reason_class="legal", reason="No power.")  # fmt: skip

    found = part(out.county.users["office"], "stuck")

    assert found.is_late
    assert [item.says.split(" since")[0] for item in found.items] == ["Refused"]
    assert found.items[0].who == [f"{request.person.name}, WY Police"]


def test_a_signatory_sees_what_waits_for_their_signature(out):
    request = out.request(out.county.police)
    user = make.officer("manager", out.county.police.memberships.get(), person=request.person)

    (item,) = part(user, "sign").items

    assert item.act == "Read and sign"
    assert item.act_address == request.get_absolute_url()
    assert part(out.county.users["police_manager"], "sign") is None


def test_comments_on_a_draft_wait_for_who_looks_after_it(out):
    draft = a_draft(out)
    version, reader = draft.newest, out.county.users["police_manager"]
    officer = out.county.users["council_officer"]
    consulting.open_to(by=officer, version=version, people=[reader.person.pk], guests=[],
                       due_on=today() + timedelta(days=9))  # fmt: skip

    (asked,) = part(reader, "consulted").items
    assert asked.day == today() + timedelta(days=9)
    clause = Clause.objects.filter(version=version).first()
    version.refresh_from_db()
    commenting.comment(
        by=fresh(reader), version=version, part=f"clause-{clause.lineage}", text="No"
    )

    (item,) = part(officer, "comments").items
    assert item.says == "1 comment not closed"
    assert part(reader, "comments") is None


def test_tasks_given_to_somebody_are_theirs_and_free_ones_are_the_offices(out):
    draft, office = a_draft(out), out.county.users["office"]
    place = out.county.partnership.pk
    open_tasks(by=TEST, cause=Cause("law", "law:x", "Section 8 was amended."), touches=[
        Touch("document", draft.pk, draft.reference, "/", "It cites it.", 3, place)
    ])  # fmt: skip

    (item,) = part(office, "tasks").items
    assert item.says == "Section 8 was amended."
    assert part(out.county.users["council_officer"], "tasks").count == "1"
    assert part(out.county.users["police_officer"], "tasks") is None

    task = Task.objects.get(document_id=draft.pk)
    with act(by=TEST, verb="task.assigned", subject=task):
        task.assignee = office.person
        task.save()
    assert part(out.county.users["council_officer"], "tasks") is None
    assert part(office, "tasks").count == "1"


def test_a_task_given_to_somebody_who_may_read_its_entry_no_longer_is_not_told(out):
    draft, theirs = a_draft(out), out.county.users["police_officer"]
    open_tasks(by=TEST, cause=Cause("law", "law:x", "Section 8 was amended."), touches=[
        Touch("document", draft.pk, draft.reference, "/", "It cites it.", 3, draft.partnership_id)
    ])  # fmt: skip
    task = Task.objects.get(document_id=draft.pk)
    with act(by=TEST, verb="task.assigned", subject=task):
        task.assignee = theirs.person
        task.save()

    assert not Document.objects.visible_to(fresh(theirs)).filter(pk=draft.pk).exists()
    assert part(theirs, "tasks") is None


def test_advice_that_is_asked_waits_for_who_gives_it(out):
    draft, county = a_draft(out), out.county
    user = make.officer("adviser", county.council.memberships.get())
    advice.ask(
        by=county.users["council_officer"], version=draft.newest, kind="data_protection",
        organisation=county.council, due_on=today() + timedelta(days=1),
        whom=Whom(user.person, None),
    )  # fmt: skip

    with time_machine.travel(now() + timedelta(days=2)):
        (item,) = part(user, "advice").items

    assert item.is_late
    assert item.act == "Give your advice"
    assert part(county.users["police_officer"], "advice") is None


def test_what_others_changed_since_i_was_here_is_told_and_my_own_changes_are_not(out):
    draft, county = a_draft(out), out.county
    mine, other = county.users["council_officer"], county.users["office"]
    with time_machine.travel(now() - timedelta(days=1)):
        assert visit(fresh(mine)) is None
    since = visit(fresh(mine))
    before = now()

    content.add_clause(by=fresh(mine), version=draft.newest, heading="Mine")
    assert not [each for each in work(mine, since=before).parts if each.code == "changed"]
    content.add_clause(by=fresh(other), version=draft.newest, heading="Theirs")
    (changed,) = [each for each in work(mine, since=before).parts if each.code == "changed"]
    assert changed.items[0].who == [other.person.name]
    assert changed.items[0].reference == draft.reference
    assert since is not None


def test_a_visit_of_four_hours_is_one_visit(out):
    user = out.county.users["office"]
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        assert visit(user) is None
        clock.shift(timedelta(hours=9))
        assert visit(user) == start
        clock.shift(timedelta(hours=3))
        assert visit(user) == start
        clock.shift(timedelta(hours=5))
        assert visit(user) == start + timedelta(hours=12)


def test_what_others_draft_leaves_no_trace_in_the_work_of_those_who_do_not(out):
    draft, county = a_draft(out), out.county
    said = [work(user) for user in (county.users["police_officer"], county.users["police_manager"])]

    assert all(draft.reference not in str(each) for each in said)


@pytest.mark.parametrize("code", ["overdue", "sign", "long", "stuck", "tasks", "advice", "comments",
                                  "consulted", "release", "reviews", "due", "drafts", "in-force"])  # fmt: skip
def test_every_part_has_a_page_of_its_own(out, browser, code):
    assert browser(out.county.users["office"]).get(f"/work/{code}/").status_code == 200


def test_a_part_that_is_none_is_not_found(out, browser):
    assert browser(out.county.users["office"]).get("/work/nonsense/").status_code == 404


def test_an_open_review_is_gone_on_with_and_says_which_parties_answered(out):
    county = out.county
    office = fresh(county.users["office"])
    entry = make.charter(county.partnership, county.council, county.police, state="in_force",
                         lead=county.council)  # fmt: skip
    reviews.set_review_date(by=office, document=entry, review_on=today() + timedelta(days=30),
                            row_version=Document.objects.get(pk=entry.pk).row_version,
                            reason="Made for a test")  # fmt: skip
    entry = Document.objects.get(pk=entry.pk)
    assert part(office, "due").items[0].act == "Review it"

    review = reviews.open_review(by=office, document=entry, because="The law changed")

    (item,) = part(office, "reviews").items
    assert part(office, "due") is None
    assert item.act_address == f"/register/{entry.reference}/reviews/{review.pk}/"
    assert item.says == "No party is asked yet"
    with time_machine.travel(now() + timedelta(days=31)):
        assert part(office, "reviews") is None
        assert part(office, "overdue").items[0].act == "Go on with the review"
    assert part(county.users["police_officer"], "reviews") is None
