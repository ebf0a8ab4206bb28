"""The keyboard shortcuts can be switched off, by each person for themselves."""

from django.test import Client

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_somebody_switches_the_shortcuts_off_and_on_for_themselves_alone(people):
    mine, theirs = Client(), Client()
    mine.force_login(people.office, backend=BACKEND)
    theirs.force_login(people.off_a, backend=BACKEND)
    assert mine.get("/keys/state/").json() == {"on": True}

    mine.post("/keys/", {"keys": "off"})

    assert mine.get("/keys/state/").json() == {"on": False}
    assert theirs.get("/keys/state/").json() == {"on": True}
    assert "Switch the shortcuts on" in mine.get("/keys/").content.decode()
    mine.post("/keys/", {"keys": "on"})
    assert mine.get("/keys/state/").json() == {"on": True}
