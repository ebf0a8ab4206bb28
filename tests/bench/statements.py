"""Counts the statements of pages: `python -m tests.bench.statements EMAIL PATH …` prints one number a line."""

import os
import sys

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from register.accounts.models import User  # noqa: E402

if __name__ == "__main__":
    client = Client()
    client.force_login(
        User.objects.get(email=sys.argv[1]),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    for path in sys.argv[2:]:
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        print(len(found))
