"""The parts of somebody's work that they are asked for: to sign, let go, advise, comment, do."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from register.accounts.roles import EDIT_ALL, EDIT_FOR
from register.advice.kinds import kind_of
from register.advice.models import ReviewRequest
from register.advice.visibility import answerable_by
from register.approval.releasing import held_for
from register.chasing.permissions import kept_by
from register.consultation.models import Comment, Consultee
from register.core.dates import today
from register.directory.models import Person
from register.directory.reach import reach_of
from register.documents.lifecycle import EDITABLE
from register.documents.models import Document, Version
from register.signing.models import SigningRequest
from register.tasks.models import Task, TaskKind
from register.worklist.parts import ME, Item, Source, entry_address, put_entry_off
from register.worklist.putting_off import Hidden

# What has no day comes last.
_BY_DAY = Coalesce("due_on", Value(date.max), output_field=DateField())
_SHOWN_ELSEWHERE = Q(kind__in=(TaskKind.EARLY_REVIEW, TaskKind.ENDING)) | Q(
    kind=TaskKind.ADHERENCE, cause_key__startswith="check-due:"
)


def to_sign(user, hidden: Hidden) -> QuerySet[SigningRequest]:
    """The requests to sign that have gone to somebody and are open."""
    person_id = reach_of(user).person_id
    if person_id is None:
        return SigningRequest.objects.none()
    rows = SigningRequest.objects.of(Person(pk=person_id)).select_related(
        "slot__organisation", "slot__post", "slot__version__document", "slot__version__round"
    )
    return hidden.without(rows, "slot__version__document_id")


def _to_release(user, hidden: Hidden) -> QuerySet[SigningRequest]:
    person_id = reach_of(user).person_id
    if person_id is None:
        return SigningRequest.objects.none()
    rows = held_for(Person(pk=person_id)).select_related(
        "person", "slot__organisation", "slot__version__document"
    )
    return hidden.without(rows, "slot__version__document_id")


def _advice(user, hidden: Hidden) -> QuerySet[ReviewRequest]:
    rows = answerable_by(user).open().select_related("organisation", "version__document")
    return hidden.without(rows.annotate(by_day=_BY_DAY), "version__document_id", "organisation_id")


def _consulted(user, hidden: Hidden) -> QuerySet[Consultee]:
    person_id = reach_of(user).person_id
    if person_id is None:
        return Consultee.objects.none()
    rows = Consultee.objects.waited_for().still_there().filter(person_id=person_id)
    rows = rows.select_related("version__document").annotate(by_day=_BY_DAY)
    return hidden.without(rows, "version__document_id")


def _commented(user, hidden: Hidden) -> QuerySet[Version]:
    """Drafts that somebody looks after, with comments that are not closed."""
    # From the few comments to their drafts: never from all entries to the comments of each.
    waiting = Comment.objects.unsettled().order_by().values("version_id")
    kept = Document.objects.visible_to(user).filter(kept_by(user)).order_by()
    rows = Version.objects.filter(
        Exists(kept.filter(pk=OuterRef("document_id"))), pk__in=waiting, state__in=EDITABLE
    ).select_related("document")
    return hidden.without(rows, "document_id", "document__lead_id")


def _tasks(user, hidden: Hidden) -> QuerySet[Task]:
    """Open tasks given to somebody, and those given to nobody about what they look after.

    Free tasks that say what stands in a part of its own (early reviews, proofs, checks that are due)
    are left out: they stand among all tasks, and are closed by what is done there.
    """
    reach = reach_of(user)
    if reach.sees_everything or not reach.person_id:
        return Task.objects.none()
    whole = reach.by_partnership.get(EDIT_ALL, set())
    free = Q(partnership_id__in=whole)
    if bodies := reach.bodies(EDIT_FOR):
        led = Document.objects.visible_to(user).filter(lead_id__in=bodies).order_by()
        seen = Document.objects.visible_to(user).order_by().values("pk")
        free |= Q(document_id__in=led.values("pk")) & (
            Q(source_id__isnull=True) | Q(source_id__in=seen)
        )
    rows = Task.objects.open().filter(
        (Q(assignee_id=reach.person_id) & _known(user))
        | (Q(assignee_id__isnull=True) & free & ~_SHOWN_ELSEWHERE)
    )
    return hidden.without(rows, "document_id", "organisation_id")


def _known(user) -> Q:
    """Whether a task is about, and came from, what somebody may still know of."""
    seen = Document.objects.visible_to(user).order_by().values("pk")
    about = Q(document_id__isnull=True) | Q(document_id__in=seen)
    return Q(partnership_id__in=reach_of(user).whole) | (
        about & (Q(source_id__isnull=True) | Q(source_id__in=seen))
    )


def _sign_items(user, rows: list[SigningRequest]) -> list[Item]:
    return [_sign_item(row) for row in rows]


def _sign_item(row: SigningRequest) -> Item:
    slot, version = row.slot, row.slot.version
    asked = getattr(version, "round", None)
    day = asked.sign_by if asked else None
    return Item(
        title=version.title, address=row.get_absolute_url(),
        reference=version.document.reference,
        says=f"For {slot.organisation.called}, as {slot.post_called or 'signatory'}",
        act="Read what was carried over" if row.is_notice else "Read and sign",
        act_address=row.get_absolute_url(), day=day, day_words="Sign by",
        is_late=bool(day and day < today()),
    )  # fmt: skip


def _release_items(user, rows: list[SigningRequest]) -> list[Item]:
    return [
        Item(
            title=row.slot.version.title, address=reverse("approval:held"),
            reference=row.slot.version.document.reference,
            says=f"{row.person} is to sign for {row.slot.organisation.called}",
            act="Let it go, or not", act_address=reverse("approval:release", args=[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def _advice_items(user, rows: list[ReviewRequest]) -> list[Item]:
    day = today()
    return [
        Item(
            title=row.version.title, address=row.get_absolute_url(),
            reference=row.version.document.reference,
            says=f"{kind_of(row.kind).label}, for {row.organisation or 'the partnership office'}",
            act="Decide" if kind_of(row.kind).is_decision else "Give your advice",
            act_address=row.get_absolute_url(), day=row.due_on, day_words="Answer by",
            is_late=row.is_late_on(day),
        )
        for row in rows
    ]  # fmt: skip


def _consulted_items(user, rows: list[Consultee]) -> list[Item]:
    day = today()
    return [
        Item(
            title=row.version.title, address=reverse("consultation:read", args=[ref]),
            reference=ref, says="You are asked what you think of this draft",
            act="Read and comment", act_address=reverse("consultation:read", args=[ref]),
            day=row.due_on, day_words="Answer by", is_late=bool(row.due_on and row.due_on < day),
        )
        for row in rows
        for ref in [row.version.document.reference]
    ]  # fmt: skip


def _comment_items(user, rows: list[Version]) -> list[Item]:
    waiting = Comment.objects.unsettled().filter(version__in=rows).order_by()
    counts = {
        row["version_id"]: row["waiting"]
        for row in waiting.values("version_id").annotate(waiting=Count("pk"))
    }
    return [
        Item(
            title=row.title, address=entry_address(row.document.reference),
            reference=row.document.reference,
            says=f"{counts.get(row.pk, 0)} comment{'s'[: counts.get(row.pk, 0) != 1]} not closed",
            act="Answer the comments",
            act_address=reverse("consultation:comments", args=[row.document.reference]),
            put_off=put_entry_off(row.document.reference, row.document.lead_id),
        )
        for row in rows
    ]  # fmt: skip


def _task_items(user, rows: list[Task]) -> list[Item]:
    keys = {row.document_id for row in rows if row.document_id}
    references = dict(Document.objects.filter(pk__in=keys).values_list("pk", "reference"))
    return [_task_item(row, references.get(row.document_id or 0, "")) for row in rows]


def _task_item(row: Task, reference: str) -> Item:
    address = reverse("reports:task", args=[row.pk])
    title = row.name.removeprefix(reference).strip()
    put_off = put_entry_off(reference) if reference else ""
    if not put_off and row.organisation_id:
        put_off = reverse("worklist:put_off_body", args=[row.organisation_id])
    return Item(
        title=title or row.name, address=address, reference=reference if title else "",
        says=row.says, act="Close the task", act_address=address, day=row.due_on,
        day_words="Due", is_late=row.due_on < today(), put_off=put_off,
    )  # fmt: skip


TO_SIGN = Source("sign", "Waiting for your signature", ME, to_sign, _sign_items, ("asked_at", "pk"))
TO_RELEASE = Source(
    "release", "Requests to let go to those who sign", ME, _to_release, _release_items, ("pk",)
)
ADVICE = Source(
    "advice", "Advice and decisions asked of you", ME, _advice, _advice_items, ("by_day", "pk")
)
CONSULTED = Source(
    "consulted", "Drafts to comment on", ME, _consulted, _consulted_items, ("by_day", "pk")
)
COMMENTS = Source("comments", "Comments for me", ME, _commented, _comment_items, ("pk",))
TASKS = Source("tasks", "My tasks", ME, _tasks, _task_items, ("due_on", "pk"))
