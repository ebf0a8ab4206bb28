"""What an export of everything holds: every table but those listed here, with the reason for each.

A new table is exported without anybody thinking of it; a column whose name smells of a secret makes a
test fail until somebody has decided.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

# Tables that stay behind, by label, and why.
LEFT_OUT = {
    "auth.Permission": "made by each installation for itself",
    "auth.Group": "not used",
    "auth.Group_permissions": "not used",
    "contenttypes.ContentType": "made by each installation for itself",
    "guardian.UserObjectPermission": "not used",
    "guardian.GroupObjectPermission": "not used",
    "accounts.User_groups": "not used",
    "accounts.User_user_permissions": "not used",
    "directory.MembershipUserObjectPermission": "derived from appointments, made again",
    "directory.MembershipGroupObjectPermission": "not used",
    "directory.PartnershipUserObjectPermission": "derived from appointments, made again",
    "directory.PartnershipGroupObjectPermission": "not used",
    "sessions.Session": "secret: open sign-ins",
    "usersessions.UserSession": "secret: open sign-ins",
    "mfa.Authenticator": "secret: second factors and recovery codes",
    "account.EmailConfirmation": "secret: keys that confirm an address",
    "api.Token": "secret: tokens of programs",
    "worklist.Feed": "secret: addresses of calendar feeds",
    "signing.SignLink": "secret: links that let somebody sign",
    "signing.SignCode": "secret: codes that let somebody sign",
    "signing.KnownDevice": "secret: browsers that are known again",
    "consultation.GuestLink": "secret: links that let guests read",
    "reviews.AskLink": "secret: links that let parties answer",
    "endings.ProofLink": "secret: links that let parties answer",
    "chasing.ReachMail": "secret: tokens of tests of reach",
    "approval.Guesses": "counts of an hour",
    "evidence.Visits": "counts of an hour",
    "jobs.Run": "what one worker did last",
    "jobs.Heartbeat": "which worker is alive",
    "jobs.FailedItem": "what one worker could not do yet",
    "jobs.RestoredCopy": "about one installation",
    "printing.PrintRequest": "prints are made again",
    "printing.PrintedVersion": "prints are made again",
    "everything.Export": "exports are made again",
}
# Columns that stay behind, and what stands in them when the rows come back.
LEFT_OUT_COLUMNS: dict[str, dict[str, tuple[str, Any]]] = {
    "accounts.User": {"password": ("secret: password hashes", "!")},
}
# What `manage.py prepare` and strangers at the door leave in an installation that holds nothing yet.
SEEDED = frozenset(
    {
        "accounts.User_groups",
        "approval.Guesses",
        "auth.Permission",
        "auth.Group",
        "auth.Group_permissions",
        "contenttypes.ContentType",
        "evidence.Visits",
        "jobs.FailedItem",
        "jobs.Heartbeat",
        "jobs.Run",
        "ledger.AccessEvent",
        "ledger.Change",
        "ledger.Columns",
        "ledger.Entry",
        "ledger.Head",
        "ledger.Trace",
        "lists.HistoricalItem",
        "lists.Item",
        "sessions.Session",
    }
)


def every_model() -> list[type[models.Model]]:
    """Every model with a table of its own, those that tie two others together included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def exported_models() -> list[type[models.Model]]:
    """The models whose rows are exported, each after those that its rows point to."""
    return in_order([model for model in every_model() if model._meta.label not in LEFT_OUT])


def in_order(given: list[type[models.Model]]) -> list[type[models.Model]]:
    """Models in the order of dependency; those that need nothing of each other by their labels."""
    left = {model: _needs(model) & set(given) for model in given}
    found: list[type[models.Model]] = []
    while left:
        free = [model for model, needs in left.items() if not needs - set(found)]
        # Tables that point to each other: foreign keys are compared when all is in.
        free = free or [next(model for model in left if _leads_back(model, left))]
        for model in sorted(free, key=lambda each: each._meta.label):
            found.append(model)
            del left[model]
    return found


def exported_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model that are exported, in the order of their names."""
    left_out = LEFT_OUT_COLUMNS.get(model._meta.label, {})
    fields = [field for field in model._meta.concrete_fields if field.attname not in left_out]
    return sorted(fields, key=lambda field: field.attname)


def left_out_list() -> list[dict[str, str]]:
    """All that is left out and why, as the manifest says it."""
    tables = [{"what": what, "why": why} for what, why in sorted(LEFT_OUT.items())]
    return tables + [
        {"what": f"{label}.{column}", "why": why}
        for label, columns in LEFT_OUT_COLUMNS.items()
        for column, (why, _) in columns.items()
    ]


def _leads_back(model: type[models.Model], left: dict[type[models.Model], set[Any]]) -> bool:
    """Whether a table needs, by way of others that are not placed yet, itself."""
    met: set[Any] = set()
    ahead = set(left[model])
    while ahead:
        met |= ahead
        ahead = {need for each in ahead for need in left.get(each, ())} - met
    return model in met


def _needs(model: type[models.Model]) -> set[Any]:
    targets = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return targets - {None, model}
