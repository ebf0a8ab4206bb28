"""The data and the people that a protocol limits its agreements to: written on a page, shown in words."""

import pytest
from django.urls import reverse

from charters.models import ProtocolScope
from register.core.dates import add_months, today
from register.documents.body import body_of
from tests import county as counties
from tests import make_documents as make
from tests import worlds

pytestmark = pytest.mark.django_db


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


def test_an_officer_limits_a_protocol_to_some_data_and_people(client, county):
    parties = (county.council, county.police)
    charter = make.charter(county.partnership, *parties)
    protocol = make.protocol(charter, county.community, *parties)
    client.force_login(county.users["office"])
    page = reverse("documents:add_item", args=[protocol.reference, "scope"])
    assert "Unique pupil number" in client.get(page).content.decode()
    typed = {
        "title": "Early help",
        "data_categories": ["contact", "health"],
        "data_subjects": ["children"],
    }
    assert client.post(page, typed).status_code == 302
    row = ProtocolScope.objects.get(version=protocol.newest)
    assert row.data_categories == ("contact", "health")
    assert row.data_subjects == ("children",)
    shown = client.get(reverse("documents:section", args=[protocol.reference, "scope"]))
    assert "Data: contact details; health (physical and mental)." in shown.content.decode()
    change = reverse("documents:change_item", args=[protocol.reference, "scope", row.pk])
    typed = {"title": "Early help", "data_categories": ["contact"], "row_version": row.row_version}
    assert client.post(change, typed).status_code == 302
    sections = {each["code"]: each for each in body_of(protocol.newest)["sections"]}
    item = sections["scope"]["fields"][0]["value"][0]
    assert item["heading"] == "Early help"
    assert item["text"] == "<p>Data: contact details.</p><p>People: not limited here.</p>"
