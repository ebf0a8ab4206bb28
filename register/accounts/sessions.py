"""Ending what a login has open."""

from allauth.usersessions.models import UserSession

from register.accounts.models import User


def end_all(user: User) -> int:
    """End every session of a login, on every device; returns how many were open."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)
