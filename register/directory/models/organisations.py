"""A body: one record for the installation, with its names and identifiers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from register.core.names import normal_form
from register.directory.models.dated import Dated, DatedQuerySet


class LegalStatus(models.TextChoices):
    """What a body is in law; only the first two may be controller, processor or hold a slot."""

    LEGAL_PERSON = "legal_person", "Legal person"
    OFFICE_HOLDER = "office_holder", "Office holder"
    UNIT = "unit", "Unit of another body"
    ARRANGEMENT = "arrangement", "Arrangement without legal personality"


class PublicAuthority(models.TextChoices):
    """Whether a body is a public authority (Data Protection Act 2018, section 7)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    SOME = "some", "For some functions"
    UNKNOWN = "unknown", "Not recorded"


class Part3(models.TextChoices):
    """Whether a body may process under Part 3 of the Data Protection Act 2018 (section 30)."""

    SCHEDULE_7 = "schedule_7", "Listed in Schedule 7"
    STATUTORY = "statutory", "By statutory function"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not recorded"


class OrganisationQuerySet(DatedQuerySet):
    """Questions about bodies."""

    def surviving(self) -> OrganisationQuerySet:
        """Bodies that were not merged into another record."""
        return self.filter(merged_into__isnull=True)

    def unconfirmed(self) -> OrganisationQuerySet:
        """Bodies that an import made and nobody has confirmed."""
        return self.surviving().filter(is_confirmed=False)

    def that_may_sign(self) -> OrganisationQuerySet:
        """Bodies that may hold a slot: legal persons and office holders."""
        return self.surviving().filter(
            legal_status__in=[LegalStatus.LEGAL_PERSON, LegalStatus.OFFICE_HOLDER]
        )

    def in_partnership(self, partnership, day) -> OrganisationQuerySet:
        """Bodies that are members of a partnership on a day (a date)."""
        current = partnership.memberships.current(day)
        return self.filter(pk__in=current.values("organisation_id"))


class Organisation(Dated):
    """A body that shares, or may share: a council, a trust, a force, a college, a charity."""

    legal_name = models.CharField("legal name", max_length=300)
    short_name = models.CharField("short name", max_length=100, blank=True)
    normal_name = models.CharField(max_length=300, editable=False, db_index=True)
    kind = models.CharField("kind", max_length=60, blank=True)
    legal_status = models.CharField(
        "legal status",
        max_length=20,
        choices=LegalStatus.choices,
        default=LegalStatus.LEGAL_PERSON,
    )
    unit_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name="unit of",
    )
    public_authority = models.CharField(
        "public authority",
        max_length=10,
        choices=PublicAuthority.choices,
        default=PublicAuthority.UNKNOWN,
    )
    part3 = models.CharField(
        "competent authority for law enforcement",
        max_length=12,
        choices=Part3.choices,
        default=Part3.UNKNOWN,
    )
    part3_function = models.CharField("statutory function", max_length=200, blank=True)
    ico_number = models.CharField("ICO registration number", max_length=20, blank=True)
    ico_expires_on = models.DateField("ICO registration ends", null=True, blank=True)
    website = models.URLField("web address", blank=True)
    privacy_notice = models.URLField("privacy notice", blank=True)
    mailbox = models.EmailField("general mailbox", blank=True)
    is_confirmed = models.BooleanField("confirmed", default=True)
    came_from = models.CharField("came from", max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name="merged into",
    )
    succeeded_on = models.DateField("others stand for it from", null=True, blank=True)

    objects: ClassVar = OrganisationQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(Lower("legal_name"), name="directory_org_name")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(legal_status="unit") | models.Q(unit_of__isnull=False),
                name="directory_organisation_unit_has_body",
                violation_error_message="Choose the body that this is a unit of.",
            ),
            models.CheckConstraint(
                condition=~models.Q(part3="statutory") | ~models.Q(part3_function=""),
                name="directory_organisation_part3_names_function",
                violation_error_message="Enter the statutory function that makes it competent.",
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name

    def derive(self) -> None:
        self.normal_name = normal_form(self.legal_name)[:300]

    def get_absolute_url(self) -> str:
        return reverse("directory:organisation", args=[self.pk])

    @property
    def called(self) -> str:
        """The short name where there is one, else the legal name."""
        return self.short_name or self.legal_name

    @property
    def may_hold_slot(self) -> bool:
        """Whether the body may be controller, processor or hold a slot."""
        return self.legal_status in {LegalStatus.LEGAL_PERSON, LegalStatus.OFFICE_HOLDER}

    @property
    def was_split(self) -> bool:
        """Whether several bodies share its place: who has it in which entry is asked of `survivors`."""
        return self.succeeded_on is not None and self.merged_into_id is None

    @property
    def surviving(self) -> Organisation:
        """The record that stands for this body today, through any mergers of records."""
        body, seen = self, set()
        while body.pk not in seen and body.merged_into:
            seen.add(body.pk)
            body = body.merged_into
        return body


class NameKind(models.TextChoices):
    """Why a body has another name."""

    FORMER = "former", "Former name"
    VARIANT = "variant", "Variant spelling"
    WELSH = "welsh", "Welsh name"
    TRADING = "trading", "Trading name"


class OrganisationName(Dated):
    """Another name of a body: former, variant, Welsh or trading."""

    ledger_path = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name = models.CharField("name", max_length=300)
    normal_name = models.CharField(max_length=300, editable=False, db_index=True)
    kind = models.CharField(
        "kind", max_length=10, choices=NameKind.choices, default=NameKind.FORMER
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="directory_organisationname_once",
                violation_error_message="This body already has that name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        self.normal_name = normal_form(self.name)[:300]


class Identifier(Dated):
    """A body's number in somebody's list: ODS, GSS, ICO, charity, company, a government register."""

    ledger_path = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="identifiers")
    scheme = models.CharField("scheme", max_length=60)
    value = models.CharField("number or code", max_length=60)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="directory_identifier_once",
                violation_error_message="Another body already has that number in that scheme.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class ArrangementMember(Dated):
    """A body that makes up an arrangement, such as a safeguarding board or a multi-agency hub."""

    ledger_path = "arrangement"

    arrangement = models.ForeignKey(
        Organisation, models.PROTECT, related_name="arrangement_members"
    )
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="arrangements")

    ledger_labels = ("arrangement", "member")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(arrangement=models.F("member")),
                name="directory_arrangementmember_not_itself",
                violation_error_message="An arrangement cannot be its own member.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.arrangement}"


__all__ = [
    "ArrangementMember",
    "Identifier",
    "LegalStatus",
    "NameKind",
    "Organisation",
    "OrganisationName",
    "Part3",
    "PublicAuthority",
]
