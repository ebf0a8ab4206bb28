"""People, the posts they hold for a body, and the roles they have in the register."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from register.accounts.roles import BODY_ROLES, PARTNERSHIP_ROLES, ROLE_CHOICES
from register.directory.models.dated import Dated, DatedQuerySet
from register.directory.models.organisations import Organisation
from register.directory.models.partnerships import Membership, Partnership
from register.ledger.actors import Actor
from register.ledger.tracked import Tracked


class Person(Tracked):
    """Somebody who holds posts, signs, comments and acts; may have a login."""

    name = models.CharField("name", max_length=200)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="login",
    )
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:person", args=[self.pk])

    @property
    def actor(self) -> Actor:
        """The person as the ledger names them."""
        return Actor("person", str(self.pk), self.name)


class Contact(Tracked):
    """How to reach a person; kept apart from the name so that it can be erased by itself."""

    ledger_path = "person"

    person = models.OneToOneField(Person, models.PROTECT, related_name="contact")
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField("telephone", max_length=40, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    ledger_labels = ("person",)

    def __str__(self) -> str:
        return f"contact details of {self.person}"


class Post(Dated):
    """A post of a body whose holder signs or answers for it: chief executive, Caldicott Guardian …"""

    ledger_path = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    kind = models.CharField("kind of post", max_length=60)
    title = models.CharField("title of the post", max_length=200)
    mailbox = models.EmailField("mailbox of the post", blank=True)
    phone = models.CharField("telephone", max_length=40, blank=True)

    ledger_labels = ("organisation",)

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation.called}"

    def holders(self, day) -> list[Appointment]:
        """Who holds the post on a day (a date): holders before those acting, then deputies."""
        rows = self.appointments.current(day).select_related("person")
        return sorted(rows, key=lambda row: list(Capacity.values).index(row.capacity))

    def held_by(self, person: Person, day) -> bool:
        """Whether a person holds the post on a day: as holder, acting, sharing or deputy."""
        return self.appointments.current(day).filter(person=person).exists()


class Capacity(models.TextChoices):
    """In what capacity somebody holds a post."""

    HOLDER = "holder", "Holder"
    ACTING = "acting", "Acting"
    SHARED = "shared", "Shared"
    DEPUTY = "deputy", "Deputy"


class AppointmentQuerySet(DatedQuerySet):
    """Questions about appointments."""

    def to_roles(self) -> AppointmentQuerySet:
        """Appointments that give a role in the register."""
        return self.exclude(role="")

    def to_posts(self) -> AppointmentQuerySet:
        """Appointments to a post of a body."""
        return self.filter(post__isnull=False)


class Appointment(Dated):
    """A person in a post of a body, or in a role for a body or a partnership, from one day until another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    capacity = models.CharField(
        "capacity", max_length=10, choices=Capacity.choices, default=Capacity.HOLDER
    )
    role = models.CharField("role", max_length=30, choices=ROLE_CHOICES, blank=True)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="appointments"
    )

    objects: ClassVar = AppointmentQuerySet.as_manager()
    ledger_labels = ("person", "post__organisation", "membership__organisation", "partnership")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(
                    post__isnull=False,
                    role="",
                    membership__isnull=True,
                    partnership__isnull=True,
                )
                | models.Q(
                    post__isnull=True,
                    role__in=BODY_ROLES,
                    membership__isnull=False,
                    partnership__isnull=True,
                )
                | models.Q(
                    post__isnull=True,
                    role__in=PARTNERSHIP_ROLES,
                    membership__isnull=True,
                    partnership__isnull=False,
                ),
                name="directory_appointment_to_one_thing",
                violation_error_message="Appoint to one post, or to one role.",
            ),
        ]

    def __str__(self) -> str:
        if self.post_id:
            return f"{self.person} as {self.post}"
        reach = self.partnership or self.membership.organisation
        return f"{self.person} as {self.get_role_display().lower()} for {reach}"

    @property
    def body_id(self) -> int | None:
        """The body that the appointment is to; None for a role in the whole partnership."""
        if self.post_id:
            return self.post.organisation_id
        return self.membership.organisation_id if self.membership_id else None

    def ledger_root(self):
        if self.post_id:
            return self.post.organisation
        return self.partnership or self.membership.organisation
