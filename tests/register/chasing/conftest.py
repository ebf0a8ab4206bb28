"""What tests of chasing share: asking for pages as somebody, and a real mail server."""

import pytest
from django.test import Client

from tests.mail_server import MailServer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def as_user():
    """A browser in which somebody is signed in."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def server(settings):
    """A mail server that is up, to which all mail goes."""
    made = MailServer().start()
    settings.EMAIL_BACKEND = "register.notices.backend.Backend"
    settings.EMAIL_URL = made.url
    yield made
    made.stop()
