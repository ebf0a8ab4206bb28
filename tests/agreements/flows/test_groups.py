"""Groups of parties: named in the draft, joined and left without a new version."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.flows.models import GroupMember, PartyGroup
from agreements.flows.services import groups as services
from register.core.dates import today
from register.documents.services import content
from tests import make, worlds
from tests.access.pdf import PDF
from tests.agreements.flows.making import TEST, Draft

pytestmark = pytest.mark.django_db


@worlds.shared
def draft():
    return Draft()


@worlds.shared
def group(draft):
    return content.add_item(by=TEST, version=draft.version, model=PartyGroup, name="Practices")


@pytest.fixture
def page(client, draft):
    client.force_login(draft.officer)
    return client


def members_url(draft, group, path=""):
    return f"/register/{draft.ref}/groups/{group.lineage}/{path}"


def joined(draft, group, name="Mill Lane Surgery", **facts) -> GroupMember:
    body = make.member(draft.cast.partnership, name).organisation
    return services.join_group(
        by=TEST, document=draft.document, group=group.lineage, organisation=body,
        form_signatory="A. Partner", **facts,
    )  # fmt: skip


def test_a_draft_names_changes_and_removes_groups(page, draft):
    address = f"/register/{draft.ref}/draft/groups/"
    page.post(f"{address}add/", {"name": "Practices", "who_may_join": "All practices of the area"})
    group = PartyGroup.objects.get()
    assert "All practices of the area" in page.get(address).content.decode()
    page.post(f"{address}{group.pk}/", {"name": "Surgeries", "who_may_join": "", "row_version": 1})
    assert "Surgeries" in page.get(address).content.decode()
    answer = page.post(f"{address}add/", {"name": "Surgeries"})
    assert answer.status_code == 422
    assert "already has a group of that name" in answer.content.decode()
    page.post(f"{address}{group.pk}/remove/")
    assert not PartyGroup.objects.exists()


def test_a_group_stands_at_the_end_of_a_flow(page, draft, group):
    flow = draft.flow(ends=False)
    shown = page.get(draft.url("who/", flow)).content.decode()
    assert "Practices (group)" in shown
    page.post(
        draft.url("who/", flow), {"providers": f"g{group.pk}", "recipients": f"b{draft.police.pk}"}
    )
    joined(draft, group)
    facts = draft.facts(flow)
    assert facts.provider.names == ["Practices"]
    assert [body.legal_name for body in facts.provider.every_body] == ["Mill Lane Surgery"]


def test_a_body_joins_by_its_form_and_leaves(page, draft, group):
    make.member(draft.cast.partnership, "Mill Lane Surgery")
    answer = page.post(
        members_url(draft, group, "join/"),
        {
            "organisation": "Mill Lane Surgery", "form_signatory": "A. Partner", "form_post": "Partner",
            "form": SimpleUploadedFile("form.pdf", PDF, "application/pdf"),
        },
    )  # fmt: skip
    assert answer.url == members_url(draft, group)
    member = GroupMember.objects.get()
    assert (member.starts_on, member.form_name) == (today(), "form.pdf")
    assert "1 member on" in page.get(answer.url).content.decode()
    assert page.get(members_url(draft, group, f"{member.pk}/form/")).content == PDF
    said = {"on": "", "reason": "Closed", "row_version": member.row_version}
    assert page.post(members_url(draft, group, f"{member.pk}/leave/"), said).status_code == 422
    said["on"] = f"{today():%d %m %Y}"
    page.post(members_url(draft, group, f"{member.pk}/leave/"), said)
    member.refresh_from_db()
    assert member.ends_on == today()


def test_the_list_and_its_csv_are_as_at_a_day(page, draft, group):
    joined(draft, group, "=Early Surgery", starts_on=today() - timedelta(days=100))
    joined(draft, group, "Late Surgery")
    day = today() - timedelta(days=50)
    shown = page.get(members_url(draft, group, f"?on={day:%d %m %Y}")).content.decode()
    assert "1 member on" in shown
    assert "On other days" in shown
    answer = page.get(members_url(draft, group, f"csv/?on={day:%Y-%m-%d}"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=Early Surgery,")
    assert page.get(members_url(draft, group, "?on=never")).status_code == 422


def test_only_those_who_keep_the_agreement_change_who_belongs(client, draft, group):
    member = joined(draft, group)
    client.force_login(draft.cast.sig_a)
    assert client.get(members_url(draft, group, "join/")).status_code == 403
    assert client.get(members_url(draft, group, f"{member.pk}/leave/")).status_code == 403
    assert client.get(members_url(draft, group, f"{member.pk}/form/")).status_code == 403
    client.force_login(draft.cast.outsider)
    assert client.get(members_url(draft, group)).status_code == 404


def test_a_group_of_another_agreement_is_not_found_here(page, draft, group):
    other = make.agreement(draft.cast.partnership, draft.council, draft.police, lead=draft.council)
    address = f"/register/{other.reference}/groups/{group.lineage}/"
    assert page.get(address).status_code == 404
