"""People and how to reach them; their names and their contact details are kept apart."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.verdicts import require
from register.directory.models import Contact, Person
from register.directory.permissions import may_add_person, may_change_contact, may_keep_person
from register.directory.services.rows import lock, save_checked, set_facts
from register.ledger.acts import act
from register.ledger.retention import held


def add_person(*, by, name: str, email: str = "", phone: str = "") -> Person:
    """Add a person, with contact details where they are known; no login comes with it."""
    person = Person(name=" ".join(name.split()))
    with act(by=by, verb="person.added", subject=person):
        require(may_add_person(by))
        save_checked(person)
        if email or phone:
            save_checked(Contact(person=person, email=email, phone=phone))
    return person


def rename_person(*, by, person: Person, row_version: int, name: str, reason: str = "") -> Person:
    """Change a person's name; what they signed keeps the name of its day. Raises Conflict."""
    with act(by=by, verb="person.renamed", subject=person, reason=reason, quiet=True):
        person = lock(person)
        require(may_keep_person(by, person))
        set_facts(person, {"name": " ".join(name.split())}, row_version)
    return person


def change_contact(
    *, by, person: Person, row_version: int, email: str = "", phone: str = ""
) -> Contact:
    """Change how to reach a person; `row_version` is that of the contact, 0 where there is none.

    The address by which a person signs in is another thing and does not change. Raises Conflict.
    """
    with act(by=by, verb="person.contact_changed", subject=person, quiet=True):
        lock(person)
        require(may_change_contact(by, person))
        contact = Contact.objects.select_for_update().filter(person=person).first()
        if contact is None:
            contact = Contact(person=person, row_version=0)
        set_facts(contact, {"email": email, "phone": phone}, row_version)
    return contact


def erase_contact(*, by, person: Person, reason: str) -> None:
    """Empty a person's contact details, keeping the name that stands under what they signed.

    Raises ValidationError where the person is on legal hold.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Enter why the contact details are erased."})
    with act(by=by, verb="person.contact_erased", subject=person, reason=reason, quiet=True):
        lock(person)
        require(may_keep_person(by, person))
        if str(person.pk) in held(Person):
            raise ValidationError(f"{person} is on legal hold: release the hold first.")
        if contact := Contact.objects.select_for_update().filter(person=person).first():
            set_facts(contact, {"email": "", "phone": ""})
