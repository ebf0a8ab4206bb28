"""Two last signatures at the same moment, and one place signed by many at once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from register.core.conflicts import Conflict
from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Transition, Version
from register.documents.services import moving
from register.ledger.models import Entry
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import Signature, SigningRequest
from tests import county as counties
from tests import make as makers
from tests import make_documents as make
from tests import signing_world as world
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_postgresql_only():
    if connection.vendor != "postgresql":
        pytest.skip("Writers of SQLite take turns")


REFUSALS = (PermissionDenied, Conflict, ValidationError)


def sent():
    county = counties.found(add_months(today(), -13))
    document = make.agreement(county.partnership, county.council, county.police)
    return make.walk(document.newest, State.SIGNING)


def test_two_last_signatures_at_once_bring_it_into_force_once():
    version = sent()
    *first, one, two = version.slots.standing()
    for slot in first:
        make.sign(slot)
    at_once([lambda: make.sign(one), lambda: make.sign(two)], REFUSALS)
    assert Version.objects.get(pk=version.pk).state == State.IN_FORCE
    assert Transition.objects.filter(version=version, to_state=State.IN_FORCE).count() == 1


def test_a_place_signed_by_eight_at_once_holds_one_signature():
    version = sent()
    slot = version.slots.first()
    answers = at_once([lambda: make.sign(slot)] * 8, REFUSALS)
    assert Signature.objects.filter(slot=slot).count() == 1
    assert sum(isinstance(answer, str) for answer in answers) == 7


def signing_of(out, request):
    by = world.signer(request.person)
    return lambda: signing.sign(by=by, request=request, text_sha256=out.hash, confirmed=True)


def test_sixteen_posts_at_once_for_one_place_leave_one_signature_and_one_receipt():
    out = world.out()
    request = out.request(out.county.council)
    answers = at_once([signing_of(out, request)] * 16, REFUSALS)
    rows = Signature.objects.filter(slot=request.slot)
    assert rows.count() == 1
    # A double click is no error: everybody gets the signature that stands.
    assert {answer.pk for answer in answers} == {rows.get().pk}
    assert Entry.objects.filter(verb="version.signed").count() == 1
    assert Notice.objects.filter(key__startswith=f"sign-receipt:{rows.get().pk}").count() == 1


def test_two_last_signatures_online_at_once_bring_it_into_force_once():
    out = world.out()
    works = [signing_of(out, out.request(body)) for body in (out.county.council, out.county.police)]
    at_once(works, REFUSALS)
    assert out.again().state == State.IN_FORCE
    assert Transition.objects.filter(version=out.version, to_state=State.IN_FORCE).count() == 1


def test_signing_while_it_is_returned_either_counts_or_is_refused():
    out = world.out()
    request = out.request(out.county.council)
    answers = at_once(
        [
            signing_of(out, request),
            lambda: moving.return_for_changes(by=world.TEST, version=out.version, reason="Wrong."),
        ],
        REFUSALS,
    )
    signed = Signature.objects.filter(slot=request.slot, kind="signed").exists()
    assert out.again().state == State.ENDED
    assert signed or "nobody signs it any more" in str(answers[0])
    assert not SigningRequest.objects.open().filter(slot__version=out.version).exists()


def test_signing_while_the_signatory_is_replaced_leaves_one_of_both():
    out = world.out()
    request = out.request(out.county.council)
    deputy = makers.person("Bo Deputy")
    makers.appoint(request.slot.post, deputy, capacity="deputy")
    answers = at_once(
        [
            signing_of(out, request),
            lambda: signing.replace(by=world.TEST, request=request, person=deputy, reason="Away."),
        ],
        REFUSALS,
    )
    rows = Signature.objects.filter(slot=request.slot)
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert rows.count() == (0 if isinstance(answers[0], str) else 1)


def test_forty_parties_sign_at_once_and_it_comes_into_force_once():
    county = counties.found(add_months(today(), -13))
    bodies = [makers.member(county.partnership, f"Body {n:02}").organisation for n in range(40)]
    posts = [makers.post(body) for body in bodies]
    for n, post in enumerate(posts):
        makers.appoint(post, makers.person(f"Signer {n:02}", email=f"s{n}@signer.example"))
    document = make.agreement(county.partnership, *bodies)
    for body, post in zip(bodies, posts, strict=True):
        make.slot(document.newest, body, post)
    version = signing.send(
        by=world.TEST, version=document.newest, round_=signing.Round(), despite="x"
    )
    out = world.Signing(county, version)
    requests = list(
        SigningRequest.objects.open().select_related("person", "slot__version__document")
    )
    assert len(requests) == 40
    at_once([signing_of(out, request) for request in requests], REFUSALS)
    assert out.again().state == State.IN_FORCE
    assert Signature.objects.filter(slot__version=version, kind="signed").count() == 40
    assert Transition.objects.filter(version=version, to_state=State.IN_FORCE).count() == 1
    assert Notice.objects.filter(key__startswith="sign-receipt:").count() == 40
