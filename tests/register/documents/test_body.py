"""The canonical body: the same bytes for the same content, and nothing signed left out of it."""

import hashlib
import json

import pytest

from register.core.dates import add_months, today
from register.directory.services import organisations
from register.documents.body import body_of, canonical
from register.documents.lifecycle import State
from register.documents.models import Version, VersionBody
from register.documents.services import content, drafting
from tests import county as counties
from tests import make_documents as make
from tests import worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def framework(county):
    parties = (county.council, county.police)
    charter = make.charter(county.partnership, *parties, state=State.IN_FORCE)
    protocol = make.protocol(charter, county.community, *parties, state=State.IN_FORCE)
    return charter, protocol, make.agreement(county.partnership, *parties, protocol=protocol)


def test_the_body_is_stored_as_its_own_hash_says(framework):
    for document in framework[:2]:
        version = document.newest
        stored = bytes(VersionBody.objects.get(version=version).content)
        assert hashlib.sha256(stored).hexdigest() == version.body_sha256
        assert canonical(json.loads(stored)) == (stored, version.body_sha256)


def test_the_body_of_a_draft_is_what_will_be_frozen(framework):
    agreement = framework[2]
    before = body_of(agreement.newest)
    sent = make.walk(agreement.newest, State.SIGNING)
    frozen = json.loads(bytes(sent.body.content))
    assert frozen == before | {"slots": frozen["slots"]}
    assert len(frozen["slots"]) == 4


def test_the_body_rebuilt_from_frozen_rows_is_the_stored_one(framework):
    sent = make.walk(framework[2].newest, State.SIGNING)
    rebuilt, digest = canonical(body_of(Version.objects.get(pk=sent.pk)))
    assert digest == sent.body_sha256
    assert rebuilt == bytes(sent.body.content)


def test_the_body_names_the_parent_as_it_stood(framework):
    _, protocol, agreement = framework
    sent = make.walk(agreement.newest, State.SIGNING)
    drafting.revise(by=TEST, document=protocol)
    make.walk(protocol.newest, State.IN_FORCE)
    [parent] = json.loads(bytes(sent.body.content))["parents"]
    assert (parent["reference"], parent["version"], parent["state"]) == ("WY-P-0001", 1, "in_force")
    assert body_of(sent)["parents"][0]["version"] == 1


def test_a_body_renamed_later_keeps_its_name_in_what_it_signed(county, framework):
    sent = make.walk(framework[2].newest, State.SIGNING)
    police = county.police
    organisations.change_organisation(
        by=TEST, organisation=police, row_version=police.row_version, legal_name="Wyre Constabulary"
    )
    kept = json.loads(bytes(VersionBody.objects.get(version=sent).content))
    assert "WY Police" in {party["name"] for party in kept["parties"]}
    rebuilt = body_of(Version.objects.get(pk=sent.pk))
    assert "WY Police" in {party["name"] for party in rebuilt["parties"]}


def test_any_change_of_content_changes_the_hash(county):
    agreement = make.agreement(county.partnership, county.council, county.police)
    digests = {canonical(body_of(agreement.newest))[1]}
    content.add_clause(by=TEST, version=agreement.newest, text="<p>One more.</p>")
    digests.add(canonical(body_of(agreement.newest))[1])
    content.add_party(by=TEST, version=agreement.newest, organisation=county.trust, part="observer")
    digests.add(canonical(body_of(agreement.newest))[1])
    drafting.change_version(by=TEST, version=agreement.newest, row_version=1, title="Other")
    digests.add(canonical(body_of(agreement.newest))[1])
    assert len(digests) == 4
