"""What opens a review before its day, and the one message to the lead about it."""

from datetime import timedelta

import pytest

from register.concerns.services import concerns
from register.core.dates import add_months, now, pretend, today
from register.core.ripple import Cause, Touch
from register.directory.services import memberships
from register.directory.services.levels import refresh_all
from register.documents.lifecycle import State
from register.ledger.acts import act
from register.notices.models import Notice
from register.reviews import services
from register.reviews.models import Review, ReviewEvent
from register.signing import services as signing
from register.tasks.models import Task
from register.tasks.services import open_tasks
from tests import make_documents as make
from tests.register.concerns.conftest import facts
from tests.register.directory.test_assurance import submit

pytestmark = pytest.mark.django_db
TEST = "system:test"
LATER = timedelta(minutes=1)


def opened(document):
    """The event of the open review of a document, by the worker's next round."""
    services.open_early()
    review = Review.objects.open().filter(document=document).first()
    return review.event if review else None


def told():
    return list(Notice.objects.filter(key__startswith="review-early:").order_by("pk"))


def law(*documents):
    """A change of law that touches documents."""
    touches = [
        Touch("document", each.pk, "It", "/", "It cites it.", 3, each.partnership_id)
        for each in documents
    ]
    cause = Cause("law", "legal_gateway:x", "The Act was amended.")
    return open_tasks(by=TEST, cause=cause, touches=touches)


def closed(review):
    return services.close_review(
        by=TEST, review=review, row_version=review.row_version, outcome="no_change",
        next_on=add_months(today(), 12),
    )  # fmt: skip


def test_a_membership_that_ends_opens_one(world):
    memberships.end_membership(by=TEST, membership=world.county.police.memberships.get())

    assert opened(world.document) == "party_left"


def test_a_party_that_leaves_the_agreement_opens_one_which_settles_its_task(world):
    signing.leave(
        by=TEST, document=world.document, organisation=world.county.police, on=today(),
        reason="It works with another county.",
    )  # fmt: skip

    assert opened(world.document) == "party_left"
    review = Review.objects.open().get()
    assert review.events.get().says == "WY Police has left WY-A-0001."
    asked = [each.organisation for each in services.proposed(review)]
    assert asked == [world.county.council], "who has left is not asked"
    closed(review)
    assert Task.objects.get(cause_key__startswith="left:").outcome == "confirmed"


def test_assurance_that_lapses_opens_one(world):
    submit(world.county.police, certificate=add_months(today(), 2))
    assert opened(world.document) is None

    with pretend(now() + timedelta(days=70)):
        refresh_all()
        assert opened(world.document) == "assurance"


def test_the_same_change_opens_another_when_it_happens_again(world):
    law(world.document)
    assert opened(world.document) == "law"
    closed(Review.objects.open().get())
    assert opened(world.document) is None

    with pretend(now() + timedelta(days=400)):
        law(world.document)
        assert opened(world.document) == "law"
        assert services.open_early() == 0
    assert ReviewEvent.objects.count() == 2


def test_the_lead_is_told_once_of_all_that_one_change_opened(world):
    county = world.county
    other = make.agreement(
        county.partnership, county.council, county.police, lead=county.council,
        owner=county.users["office"].person, title="Another", state=State.IN_FORCE,
    )  # fmt: skip
    law(world.document, other)

    assert services.open_early() == 2
    # A worker that dies here loses nothing: what opened the reviews says what is to be told.
    with pretend(now() + LATER):
        assert (services.tell_of_early(), services.tell_of_early()) == (1, 0)
    (message,) = told()
    assert message.to == "officer@wy.example"
    assert world.document.reference in message.text
    assert other.reference in message.text


def test_the_lead_is_told_of_a_concern_without_what_happened(world):
    county = world.county
    concerns.record(
        by=county.users["council_officer"], document=world.document, bodies=[county.police],
        tells_now=False, **facts(county),
    )  # fmt: skip

    assert Review.objects.open().get().event == "concern"
    assert services.tell_of_early() == 1
    said = told()[0].subject + told()[0].text
    assert "early review" in said.lower()
    assert "mailbox" not in said
    assert "breach" not in said.lower()


def test_a_review_that_an_officer_opens_is_told_to_nobody(world):
    services.open_review(by=world.user("office"), document=world.document, event="other")

    assert services.tell_of_early() == 0


def test_other_parties_do_not_learn_that_a_concern_opened_it(world, client):
    county = world.county
    concerns.record(
        by=county.users["council_officer"], document=world.document, bodies=[county.council],
        tells_now=False, **facts(county, lead_body=county.council),
    )  # fmt: skip
    client.force_login(
        world.user("police_officer"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    page = client.get(world.document.get_absolute_url()).content.decode()

    assert "A review is open" in page
    assert "concern" not in page.split('id="reviews"')[1].split("</section>")[0].lower()


def test_a_concern_on_an_entry_that_nobody_confirmed_opens_one_once_it_is(world):
    county, document = world.county, world.fresh()

    def confirm(is_confirmed):
        with act(by=TEST, verb="document.changed", subject=document):
            document.is_confirmed = is_confirmed
            document.save()

    confirm(False)
    concerns.record(
        by=county.users["council_officer"], document=document, bodies=[county.police],
        tells_now=False, **facts(county),
    )  # fmt: skip
    assert opened(document) is None
    confirm(True)
    assert opened(document) == "concern"
