"""Signatures that carry over to a new version: who signs again, who is told, who objects."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agreements.models import AgreementText
from register.core.dates import now, pretend, today
from register.documents.lifecycle import State
from register.documents.models import Clause
from register.documents.services import content, drafting
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import Closed, SigningRequest
from register.signing.services.carrying import OBJECT_DAYS, accept_told
from tests import signing_world as world

pytestmark = pytest.mark.django_db


def signed_by_both():
    out = world.out()
    for body in (out.county.council, out.county.police):
        world.sign(out, body)
    return out


def revised(out, *, material: bool):
    """The next version, sent out: with another purpose, or with clauses in another order only."""
    new = drafting.revise(by=world.TEST, document=out.version.document, changes="Tidied.")
    if material:
        text = AgreementText.objects.get(version=new)
        content.save_text(
            by=world.TEST, version=new, model=AgreementText, row_version=text.row_version,
            purpose="<p>To keep adults safe.</p>",
        )  # fmt: skip
    else:
        first = Clause.objects.filter(version=new).order_by("position").first()
        content.change_item(
            by=world.TEST, row=first, row_version=first.row_version, heading="What it is for"
        )
    return signing.send(by=world.TEST, version=new, round_=signing.Round(), despite="x")


def test_where_nothing_changed_in_substance_all_signatures_carry_over_and_it_is_in_force():
    out = signed_by_both()
    new = revised(out, material=False)
    new.refresh_from_db()
    kinds = [slot.newest_row.kind for slot in new.slots.standing()]
    assert kinds == ["carried_over", "carried_over"]
    told = SigningRequest.objects.open().filter(slot__version=new)
    assert {row.is_notice for row in told} == {True}
    assert Notice.objects.filter(subject__startswith="Your signature carries over").count() == 2
    row = new.slots.first().newest_row
    assert row.signed_on == today()
    assert row.body_sha256 == new.body_sha256
    assert new.state == State.IN_FORCE


def test_where_the_purpose_changed_everybody_signs_again():
    out = signed_by_both()
    new = revised(out, material=True)
    assert new.slots.open().count() == 2
    assert not SigningRequest.objects.filter(slot__version=new, is_notice=True).exists()


def test_who_objects_is_asked_to_sign_and_the_officer_hears():
    out = signed_by_both()
    new = revised(out, material=False)
    told = SigningRequest.objects.get(
        slot__version=new, slot__organisation=out.county.council, is_notice=True
    )
    by = world.signer(told.person)
    with pytest.raises(PermissionDenied, match="signed here already"):
        signing.sign(by=by, request=told, text_sha256=new.body_sha256, confirmed=True)
    fresh = signing.object_to(by=by, request=told, reason="We did not agree to that.")
    told.refresh_from_db()
    assert told.closed_as == Closed.OBJECTED
    assert fresh.is_notice is False
    assert fresh.asked_at or SigningRequest.objects.get(pk=fresh.pk).asked_at
    assert new.slots.open().get().organisation == out.county.council


def test_who_does_not_object_in_time_is_taken_to_agree():
    out = signed_by_both()
    new = revised(out, material=False)
    assert accept_told() == 0
    with pretend(now() + timedelta(days=OBJECT_DAYS + 1)):
        assert accept_told() == 2
        assert accept_told() == 0
    ends = SigningRequest.objects.filter(slot__version=new).values_list("closed_as", flat=True)
    assert set(ends) == {Closed.ACCEPTED}
