"""Acts are posted, with the mark that guards forms; asking writes nothing; what is hidden cannot be named."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.flows.models import Flow, GroupMember, PartyGroup
from agreements.requests.models import SharingRequest
from agreements.risks.models import ContractLink, Dpia, DpiaLink, ProcessorContract
from register.api.services import make_token
from register.core.dates import today
from register.documents.models import Document, PartnershipRule
from register.ledger.models import Entry
from register.tasks.models import Task
from tests import make, make_flows, worlds
from tests.access.secrets import Secrets
from tests.access.test_access import pages

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# What may be noted while somebody only asks: who asked, that the sign-in is in use, and how often
# who does not sign in asked today ("evidence_visits", and "approval_guesses" and "cache" for links).
NOTED = {
    "ledger_accessevent", "ledger_trace", "django_session", "usersessions_usersession", "api_token",
    "evidence_visits", "approval_guesses", "cache", "worklist_lastvisit", "worklist_feed",
}  # fmt: skip
# A PDF is checked for anybody who holds one, without a session, and changes nothing; a mail program
# stops a digest by its signed address, and can do nothing else.
WITHOUT_MARK = {"evidence:verify", "worklist:unsubscribe"}


@worlds.shared
def world():
    """The world with its secrets, and an agreement that the police keep and know."""
    made = Secrets()
    make.appoint(make.post(made.police))
    made.own = make_flows.agreement_with(
        made.cast.partnership, made.police, made.council, state="draft", lead=made.police,
        title="Beat checks", flows=[{"providers": made.police, "recipients": made.council}],
    )  # fmt: skip
    return made


def signed_in(user, **options) -> Client:
    client = Client(raise_request_exception=False, **options)
    client.force_login(user, backend=BACKEND)
    return client


def addresses(world) -> dict[str, str]:
    """Every address by the name of its page."""
    return {
        name: reverse(name, kwargs=world.arguments(name, made)) for name, made in pages().items()
    }


def test_no_post_without_the_mark_of_its_form_is_taken(world):
    client = signed_in(world.cast.office, enforce_csrf_checks=True)
    before = Entry.objects.count()
    taken = {
        name: status
        for name, address in addresses(world).items()
        if (status := client.post(address, {"reason": "x"}).status_code) not in {403, 405}
    }
    forms = {name for name in taken if not name.startswith("api:")}
    assert forms == WITHOUT_MARK
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["office", "off_a"])
def test_asking_for_a_page_writes_nothing(world, who):
    client = signed_in(getattr(world.cast, who))
    wrote = set()
    for name, address in addresses(world).items():
        with transaction.atomic():
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
                if who == "office":
                    client.head(address)
            transaction.set_rollback(True)
        found = (WRITES.match(query["sql"]) for query in asked.captured_queries)
        wrote |= {(name, match[2]) for match in found if match and match[2] not in NOTED}
    assert wrote == set()


def test_no_other_method_does_anything(world):
    client = signed_in(world.cast.office)
    before = Entry.objects.count()
    broken = {
        (name, method)
        for name, address in addresses(world).items()
        for method in ("put", "patch", "delete")
        if getattr(client, method)(address).status_code == 500
    }
    assert broken == set()
    assert Entry.objects.count() == before


def hidden(world) -> dict[str, tuple[str, dict]]:
    """What the officer of the police posts to name a thing that is hidden: by what it is about."""
    secret = Document.objects.get(reference=world.secrets["restricted"].refs[0])
    own, version = world.own, world.own.newest
    flow = Flow.objects.get(version=version)
    member = GroupMember.objects.get(document=secret)
    group = PartyGroup.objects.get(version=secret.newest)
    open_group = world.rooms["flows"].group
    task = Task.objects.get(document_id=secret.pk)
    dpia = Dpia.objects.get(title="Quokka assessment")
    contract = ProcessorContract.objects.get(title="Quokka contract")
    request = SharingRequest.objects.get(case_reference="BILBY/1")
    asset = world.rooms["flows"].asset
    token, _ = make_token(user=world.cast.off_a, name="Theirs", ends_on=today())
    other_flow = Flow.objects.get(version=secret.newest)
    version_1 = {"row_version": 1}
    at, ref = reverse, own.reference
    ends = {"providers": [f"b{world.police.pk}"], "recipients": [f"g{group.pk}"]}
    return {
        "a task closed": (
            at("reports:close_task", args=[task.pk]), version_1 | {"outcome": "confirmed"}
        ),
        "tasks closed together": (
            at("reports:close_tasks"), {"task": [task.pk], "outcome": "confirmed"}
        ),
        "a task given": (at("reports:assign_task", args=[task.pk]), version_1 | {"assignee": ""}),
        "a member of a hidden group": (
            at("flows:leave_group", args=[secret.reference, group.lineage, member.pk]),
            version_1 | {"on": str(today()), "reason": "x"},
        ),
        "a member under another agreement": (
            at("flows:leave_group", args=[ref, open_group.lineage, member.pk]),
            version_1 | {"on": str(today()), "reason": "x"},
        ),
        "an asset of another body": (
            at("flows:change_asset", args=[asset.pk]), version_1 | {"name": "Mine"}
        ),
        "a link to a hidden DPIA": (at("risks:link_dpia", args=[ref]), {"dpia": dpia.pk}),
        "a link to a hidden contract": (
            at("risks:link_contract", args=[ref]), {"contract": contract.pk}
        ),
        "a link that serves a hidden entry": (
            at("risks:unlink_dpia", args=[
                world.rooms["risks"].dpia.reference,
                DpiaLink.objects.get(dpia=world.rooms["risks"].dpia, document=secret).pk,
            ]),
            {"reason": "x"},
        ),
        "a link of a contract that serves a hidden entry": (
            at("risks:unlink_contract", args=[
                world.rooms["risks"].contract.reference,
                ContractLink.objects.get(
                    contract=world.rooms["risks"].contract, document=secret
                ).pk,
            ]),
            {"reason": "x"},
        ),
        "a request decided": (
            at("requests:decide", args=[request.pk]),
            version_1 | {"decision": "share", "reasons": "x"},
        ),
        "a token of somebody else": (at("asking:revoke", args=[token.pk]), {}),
        "duplicates of what is hidden": (
            at("reports:duplicate_agreements", args=[world.open.reference, secret.reference]),
            {"reason": "x"},
        ),
        "duplicate flows of what is hidden": (
            at("reports:duplicate_flows", args=[
                world.open.reference, Flow.objects.filter(version=world.open.governing).first().lineage,
                secret.reference, other_flow.lineage,
            ]),
            {"reason": "x"},
        ),
        "a rule": (
            at("documents:set_rule", args=[world.cast.partnership.slug, "D5"]),
            {"is_bar": "on", "reason": "x"},
        ),
        "flows copied from what is hidden": (
            at("flows:copy_from", args=[ref]), {"source": secret.newest.pk}
        ),
        "a hidden group at an end": (at("flows:who", args=[ref, flow.lineage]), ends),
        "a hidden item of data": (
            at("flows:remove_item", args=[ref, flow.lineage, other_flow.items.first().pk]), {}
        ),
        "an agreement under what is hidden": (
            at("documents:start", args=[3]),
            {"title": "Mine", "lead": world.police.pk, "protocol": secret.pk},
        ),
    }  # fmt: skip


def test_nothing_hidden_can_be_named_in_a_post(world):
    client = signed_in(world.cast.off_b)
    wrong = {}
    for what, (address, data) in hidden(world).items():
        before = Entry.objects.count()
        answer = client.post(address, data)
        said = answer.content.decode(errors="replace").replace(address, "")
        words = [w for w in world.secrets["restricted"].words if w in said]
        if answer.status_code not in {403, 404, 409, 422} or words:
            wrong[what] = (answer.status_code, words)
        if Entry.objects.count() != before:
            wrong[what] = "written"
    assert wrong == {}
    assert not PartnershipRule.objects.exists()
    assert world.cast.off_a.tokens.get(name="Theirs").revoked_at is None


def test_a_hidden_task_is_not_given_to_who_may_not_know_of_it(world):
    secret = world.secrets["restricted"]
    task = Task.objects.get(document_id=Document.objects.get(reference=secret.refs[0]).pk)
    person = world.cast.off_b.person
    address = reverse("reports:assign_task", args=[task.pk])
    answer = signed_in(world.cast.office).post(address, {"row_version": 1, "assignee": person.pk})
    assert answer.status_code == 422
    task.refresh_from_db()
    assert task.assignee is None
