"""A real mail server for tests of the outbox."""

import pytest

from tests.mail_server import MailServer


@pytest.fixture
def server(settings):
    """A server that is up, to which all mail goes."""
    made = MailServer().start()
    settings.EMAIL_BACKEND = "register.notices.backend.Backend"
    settings.EMAIL_URL = made.url
    yield made
    made.stop()
