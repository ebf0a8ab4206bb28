"""The answers that are chosen from: decisions, controllers, what a review found."""

from django.db import models


class Decision(models.TextChoices):
    """How a request ended."""

    SHARE_ALL = "share_all", "Share all of it"
    SHARE_PART = "share_part", "Share part of it"
    REFUSE = "refuse", "Do not share"
    WITHDRAWN = "withdrawn", "Withdrawn by the asking body"


KEEPS_BACK = (Decision.SHARE_PART, Decision.REFUSE)
DECIDED = (Decision.SHARE_ALL, Decision.SHARE_PART, Decision.REFUSE)


class Control(models.TextChoices):
    """What the two bodies are to each other for this sharing."""

    SEPARATE = "separate", "Separate controllers"
    JOINT = "joint", "Joint controllers"


class Standing(models.TextChoices):
    """Yes, no, or not known yet."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known yet"


class Rightness(models.TextChoices):
    """Whether sharing was right, seen afterwards."""

    YES = "yes", "Yes"
    PART = "part", "In part"
    NO = "no", "No"


class AgreementNeed(models.TextChoices):
    """Whether an agreement is now needed."""

    NEEDED = "needed", "Yes: start one"
    NOT_NEEDED = "not_needed", "No"
    EXISTS = "exists", "There is one already"
