"""Releases a restored or imported copy: `manage.py release_copy [--send-old-messages] [--invite]`."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from register.everything.services import release

BY = "system:operator"


class Command(BaseCommand):
    """Lets a restored copy send messages and do its work again."""

    help = "Release a restored copy; messages from before are left out unless told otherwise."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """What becomes of what waited."""
        parser.add_argument(
            "--send-old-messages", action="store_true", help="send what waited when it was taken"
        )
        parser.add_argument(
            "--invite", action="store_true", help="write to everybody with a login how to sign in"
        )

    def handle(self, *, send_old_messages: bool, invite: bool, **options) -> None:
        """Release it."""
        try:
            copy = release(by=BY, is_old_mail_sent=send_old_messages, is_inviting=invite)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"Released: the copy from {copy.name}.")
