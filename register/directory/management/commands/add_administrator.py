"""Makes the first administrator of an installation."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from register.directory.models import Partnership
from register.directory.services.logins import invite
from register.directory.services.partnerships import add_partnership
from register.ledger.acts import act

BY = "system:administrator"


class Command(BaseCommand):
    help = (
        "Gives EMAIL a login, NAME as person and the role of administrator; makes the partnership "
        "where there is none of that name."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--partnership", default="", help="the name of the partnership")

    def handle(self, email: str, name: str, partnership: str, **options) -> None:
        try:
            validate_email(email)
            with act(by=BY, verb="partnership.prepared", quiet=True):
                place = _partnership(partnership.strip())
                invite(by=BY, email=email, name=name, role="administrator", partnership=place)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"{name} administers {place}. Sign in at {settings.BASE_URL} with {email}: "
            "a code is sent there."
        )


def _partnership(name: str) -> Partnership:
    places = list(Partnership.objects.order_by("pk"))
    if not name:
        if len(places) != 1:
            known = f" One of: {', '.join(p.name for p in places)}." if places else ""
            raise CommandError(f"Say which partnership with --partnership NAME.{known}")
        return places[0]
    for place in places:
        if place.name.casefold() == name.casefold():
            return place
    return add_partnership(by=BY, name=name)
