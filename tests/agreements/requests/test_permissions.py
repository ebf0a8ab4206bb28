"""Who reads and keeps requests and shares, as truth tables; and that nothing leaks by a side door."""

import pytest
from django.urls import reverse

from agreements.requests import permissions
from agreements.requests.models import EmergencyShare, SharingRequest
from agreements.requests.services import requests
from register.directory.services import merging
from tests import make
from tests.agreements.requests.conftest import REFUSAL, TEST

pytestmark = pytest.mark.django_db
SECRET = "The-secret-purpose"
# The council decides (off_a, mgr_a, adv_a, sig_a), the police ask (off_b, sig_b), the rest look on.
DECIDERS, ASKERS = {"off_a", "sig_a", "mgr_a", "adv_a"}, {"off_b", "sig_b"}
PARTNERS = {"off_fire", "office", "admin", "auditor"}


def may(cast, verdict, thing) -> set[str]:
    """The names of those who may."""
    people = {**cast_people(cast), "off_fire": cast.off_fire}
    return {name for name, user in people.items() if verdict(make.fresh(user), thing)}


def cast_people(cast) -> dict:
    names = DECIDERS | ASKERS | {"office", "admin", "auditor", "outsider", "nobody"}
    return {name: getattr(cast, name) for name in sorted(names)}


@pytest.fixture
def waiting(cast):
    return cast.ask(purpose=SECRET)


@pytest.fixture
def decided(cast, waiting):
    return cast.decided(request=waiting, **REFUSAL)


@pytest.fixture
def shown(cast, decided):
    return requests.show_to_partners(by=cast.off_a, request=decided, row_version=2, is_shown=True)


def test_who_reads_a_request(cast, decided):
    assert may(cast, permissions.may_read, decided) == DECIDERS | ASKERS


def test_who_reads_a_request_that_is_shown(cast, shown):
    assert may(cast, permissions.may_read, shown) == DECIDERS | ASKERS | PARTNERS


def test_who_reads_the_weighing(cast, decided):
    assert may(cast, permissions.may_read_weighing, decided) == DECIDERS


def test_who_reads_the_weighing_of_a_request_that_is_shown(cast, shown):
    everybody = DECIDERS | ASKERS | PARTNERS
    assert may(cast, permissions.may_read_weighing, shown) == everybody


@pytest.mark.parametrize(
    ("verdict", "before", "after"),
    [
        (permissions.may_correct, {"off_a", "off_b"}, {"off_a"}),
        (permissions.may_weigh, {"off_a"}, {"off_a"}),
        (permissions.may_decide, {"off_a"}, set()),
        (permissions.may_correct_decision, set(), {"off_a"}),
        (permissions.may_withdraw, {"off_a", "off_b"}, set()),
        (permissions.may_show, set(), {"off_a"}),
    ],
)
def test_who_keeps_a_request_before_and_after_its_decision(cast, waiting, verdict, before, after):
    assert may(cast, verdict, waiting) == before
    assert may(cast, verdict, cast.decided(request=waiting)) == after


def test_who_reads_and_keeps_an_emergency_share(cast):
    share = cast.share()
    assert may(cast, permissions.may_read_share, share) == DECIDERS | ASKERS
    assert may(cast, permissions.may_keep_share, share) == {"off_a"}
    assert may(cast, permissions.may_review, share) == {"off_a"}
    cast.reviewed(share)
    assert may(cast, permissions.may_review, EmergencyShare.objects.get()) == set()


def test_who_reads_the_figures_of_every_body(cast):
    assert may(cast, permissions.may_read_figures_by_body, cast.partnership) == {"office", "admin"}


def test_every_no_is_a_sentence(cast, waiting):
    for name, verdict in vars(permissions).items():
        if name.startswith("may_") and verdict.__code__.co_varnames[1:2] == ("request",):
            for user in (cast.nobody, cast.outsider, cast.off_fire):
                said = verdict(make.fresh(user), waiting)
                assert said.reason.endswith(".")


@pytest.mark.parametrize("stage", ["waiting", "decided", "shown"])
def test_the_question_and_the_verdict_agree(cast, stage, request):
    row = request.getfixturevalue(stage)
    for name, user in {**cast_people(cast), "off_fire": cast.off_fire}.items():
        by = make.fresh(user)
        visible = SharingRequest.objects.visible_to(by).exists()
        whole = SharingRequest.objects.read_whole_by(by).exists()
        assert visible == bool(permissions.may_read(by, row)), name
        assert whole == bool(permissions.may_read_weighing(by, row)), name


def test_the_office_records_nothing_for_bodies(cast):
    bodies = (cast.police.organisation, cast.council.organisation)
    verdict = permissions.may_record(cast.office, cast.partnership, *bodies)
    assert not verdict
    assert "Only officers of Wyrefordshire Police or" in verdict.reason


def test_a_merged_record_counts_as_the_body_that_survives(cast, waiting):
    new = make.member(cast.partnership, "Wyrefordshire Unitary Council")
    officer = make.officer("body_officer", new)
    assert not SharingRequest.objects.visible_to(officer).exists()
    from_old = cast.council.organisation
    from_old.refresh_from_db()
    merging.merge_organisations(
        by=TEST, duplicate=from_old, into=new.organisation, row_version=from_old.row_version
    )
    row = SharingRequest.objects.visible_to(make.fresh(officer)).get()
    assert permissions.may_decide(make.fresh(officer), row)


def texts_of(client, user, *addresses) -> str:
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answers = [client.get(address) for address in addresses]
    return "".join(
        b"".join(answer).decode() if answer.streaming else answer.content.decode()
        for answer in answers
    )


def side_doors(cast) -> list[str]:
    """Pages on which a change of a request could show."""
    slug = cast.partnership.slug
    return [
        reverse("dashboard:history"),
        reverse("directory:partnership_history", args=[slug]),
        reverse("directory:organisation_history", args=[cast.council.organisation_id]),
        reverse("directory:organisation_history", args=[cast.police.organisation_id]),
        reverse("directory:person_history", args=[cast.off_a.person.pk]),
        reverse("requests:ledger", args=[slug]),
        reverse("requests:requests"),
        reverse("requests:emergencies"),
        reverse("dashboard:home"),
        reverse("dashboard:search") + "?q=secret",
    ]


@pytest.mark.parametrize("who", ["office", "admin", "auditor", "off_fire"])
def test_no_side_door_shows_a_request_to_those_who_may_not_read_it(cast, client, who):
    made = cast.ask(by=cast.off_b, purpose="To find somebody.")
    requests.correct_request(
        by=cast.off_a, request=made, row_version=1, purpose=SECRET, reason=f"{SECRET}!"
    )
    cast.decided(by=cast.off_a, request=SharingRequest.objects.get(), reasons=SECRET)
    cast.reviewed(cast.share(by=cast.off_a, necessity=SECRET), by=cast.off_a, learnt=SECRET)
    said = texts_of(client, getattr(cast, who), *side_doors(cast))
    for words in (SECRET, made.reference, f"{cast.partnership.prefix}-E-0001", "OP/11"):
        assert words not in said


def test_the_exported_history_leaves_them_out_too(cast, client):
    cast.ask(by=cast.off_b)
    said = texts_of(client, cast.auditor, reverse("dashboard:export_history"))
    assert "Request recorded" not in said
    assert "Joined the partnership" in said


def test_what_is_shown_to_partners_is_in_their_history(cast, client, shown):
    said = texts_of(client, cast.auditor, reverse("dashboard:history"))
    assert f"request {shown.reference}" in said


def test_the_asking_body_reads_the_decision_and_not_the_weighing(cast, client, decided):
    requests.weigh_request(by=cast.off_a, request=decided, row_version=2, dpo_views="Between us.")
    address = decided.get_absolute_url()
    said = texts_of(client, cast.off_b, address)
    assert "The power named does not reach us." in said
    assert "Between us." not in said
    assert client.get(reverse("requests:history", args=[decided.pk])).status_code == 403
    assert "Between us." in texts_of(client, cast.mgr_a, address)


def test_a_restricted_agreement_is_not_named_to_those_who_may_not_know_of_it(cast, client, decided):
    hidden = make.agreement(cast.partnership, cast.fire.organisation, cast.police.organisation)
    requests.correct_request(
        by=TEST, request=decided, row_version=2, agreement=hidden,
        agreement_standing="yes",
    )  # fmt: skip
    addresses = [decided.get_absolute_url(), reverse("requests:history", args=[decided.pk])]
    assert hidden.reference not in texts_of(client, cast.mgr_a, *addresses)
