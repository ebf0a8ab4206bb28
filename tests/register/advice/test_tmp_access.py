import pytest
from django.test import Client
from django.urls import reverse
from tests.access.test_access import PEOPLE, pages, _status
from tests.access.world import World

@pytest.mark.django_db
def test_write():
    world = World()
    rows = {}
    for who in PEOPLE:
        client = Client(raise_request_exception=False)
        for name, parameters in pages().items():
            if not name.startswith("advice:"):
                continue
            if who != "anonymous":
                from register.accounts.models import User
                user = User.objects.get(pk=getattr(world.cast, who).pk)
                client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            address = reverse(name, kwargs=world.arguments(name, parameters))
            rows.setdefault(name, []).append("/".join(str(_status(client, m, address)) for m in ("get", "post")))
    with open("/tmp/advice_access.txt", "w") as out:
        for name, cells in rows.items():
            out.write(name + " " + " ".join(cells) + "\n")
