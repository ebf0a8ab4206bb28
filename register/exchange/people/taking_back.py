"""Taking back what a list of people brought in: appointments and posts end, addresses go.

What was written is given as `register.exchange.people.applying.apply_people` gives it.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, Model, Q, QuerySet

from register.core.dates import today
from register.directory.models import Appointment, Person, Post
from register.directory.models.people import Capacity
from register.directory.services.appointments import correct_end, end_appointment
from register.directory.services.people import erase_contact
from register.directory.services.posts import end_post
from register.exchange.kinds import Effects
from register.exchange.naming import BATCH, named_since
from register.ledger.retention import held
from register.signing.models import Signature, SigningRequest

AT_ONCE = 100
_SIGNED, _ASKED = "Signed since.", "Was asked to sign since."
_WORDS: dict[type[Model], str] = {
    Signature: _SIGNED, SigningRequest: _ASKED, Appointment: "Got a role in the register since.",
}  # fmt: skip


def take_back(*, by, effects: Effects, reason: str) -> Effects:
    """Take a part back inside the act that is open; gives what is left to do, empty at the end."""
    if some := list(_still_held(effects.get("appointments", []))[:AT_ONCE]):
        for row in some:
            _end(by, row, reason)
        return effects
    _go_on(by, effects, reason)
    day = today()
    for post in Post.objects.filter(pk__in=effects.get("posts", []), ends_on__isnull=True):
        # Somebody appointed since keeps the post alive.
        if not any(row.ends_on is None or row.ends_on > day for row in post.appointments.all()):
            end_post(by=by, post=post, reason=reason)
    kept = held(Person)
    for person in _without_login(effects):
        if str(person.pk) not in kept and _holds_nothing(person):
            erase_contact(by=by, person=person, reason=reason)
    return {}


def documents_of(effects: Effects) -> set[int]:
    """The entries that were made or changed: a list of people changes none."""
    return set()


def hindrances(effects: Effects) -> dict[int, str]:
    """The people on whom something was built since: who signed, was asked to sign, got a role or login.

    Of somebody who was in the register before, only what they did in the posts that the list gave them.
    """
    made = effects.get("people", [])
    found = _in_new_posts(effects)
    to_posts: dict[type[Model], Q] = {Appointment: Q(post__isnull=False)}
    for pk, kind in named_since(Person, made, own={}, apart=to_posts).items():
        found[pk] = _WORDS.get(kind, f"Is named since: {kind._meta.verbose_name}.")
    for start in range(0, len(made), BATCH):
        logins = Person.objects.filter(pk__in=made[start : start + BATCH], user__isnull=False)
        for pk in logins.values_list("pk", flat=True):
            found.setdefault(pk, "Got a login since.")
    return found


def stays(effects: Effects) -> list[str]:
    """The people whose contact details are kept because of a legal hold, as sentences."""
    kept = {int(pk) for pk in held(Person)} & set(effects.get("people", []))
    people = Person.objects.filter(pk__in=kept).order_by("name", "pk")
    return [f"The contact details of {person} stay: a legal hold covers them." for person in people]


def _still_held(keys: list[int]) -> QuerySet[Appointment]:
    day = today()
    later = Q(ends_on__gt=day) & (Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")))
    rows = Appointment.objects.filter(Q(ends_on__isnull=True) | later, pk__in=keys)
    return rows.select_related("post", "person").order_by("pk")


def _end(by, row: Appointment, reason: str) -> None:
    last = max(today(), row.starts_on or today())
    if row.ends_on is None:
        end_appointment(by=by, appointment=row, ends_on=last, reason=reason)
    else:
        correct_end(by=by, appointment=row, ends_on=last, reason=reason)


def _go_on(by, effects: Effects, reason: str) -> None:
    """Give appointments that the list ended the end they had, where nobody touched them since."""
    own = set(effects.get("appointments", []))
    for pk, before, after in effects.get("ended", []):
        row = Appointment.objects.select_related("post", "person").get(pk=pk)
        is_untouched = row.ends_on == date.fromisoformat(after) and row.post.ends_on is None
        if is_untouched and not _is_taken(row, own):
            ends_on = date.fromisoformat(before) if before else None
            correct_end(by=by, appointment=row, ends_on=ends_on, reason=reason)


def _is_taken(row: Appointment, own: set[int]) -> bool:
    """Whether somebody else was made the holder of the post by hand."""
    if row.capacity != Capacity.HOLDER:
        return False
    others = Appointment.objects.filter(post=row.post_id, capacity=Capacity.HOLDER)
    others = others.exclude(pk__in={row.pk, *own})
    return others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=row.ends_on)).exists()


def _without_login(effects: Effects) -> QuerySet[Person]:
    people = Person.objects.filter(pk__in=effects.get("people", []), user__isnull=True)
    return people.order_by("pk")


def _holds_nothing(person: Person) -> bool:
    day = today()
    return not (
        Appointment.objects.filter(person=person).current(day).exclude(ends_on=day).exists()
    )


def _in_new_posts(effects: Effects) -> dict[int, str]:
    keys, at = effects.get("appointments", []), effects.get("at", [])
    found: dict[int, str] = {}
    if not at:
        return found
    since = min(datetime.fromisoformat(each) for each in at)
    asked = SigningRequest.objects.filter(asked_at__gte=since)
    signed = Signature.objects.filter(recorded_at__gte=since)
    for start in range(0, len(keys), BATCH):
        rows = Appointment.objects.filter(pk__in=keys[start : start + BATCH])
        given = set(rows.values_list("person_id", "post_id"))
        people = {person for person, _post in given}
        for words, acts in ((_ASKED, asked), (_SIGNED, signed)):
            done = acts.filter(person__in=people).values_list("person_id", "slot__post_id")
            found |= {person: words for person, post in done if (person, post) in given}
    return found
