"""How allauth behaves here: people are invited, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """Closes self sign-up; administrators invite from the directory."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always no: an administrator makes the login."""
        return False
