"""Lists of bodies as a kind of file: each row becomes a body, or completes one that is held."""

from __future__ import annotations

from register.directory.models import Organisation
from register.exchange.kinds import Kind
from register.exchange.organisations import rows, taking_back
from register.exchange.organisations.applying import apply_bodies
from register.exchange.organisations.columns import (
    body_columns,
    body_field_of,
    guess_bodies,
    holds_bodies,
)
from register.exchange.organisations.plan import plan_bodies
from register.exchange.organisations.vocabulary import BODY_FIELDS, MANY_BODY

ORGANISATIONS = Kind(
    code="organisations",
    words="Organisations",
    becomes="Each row becomes a body, or completes the body that has its number or its name: what is"
    " empty here is filled, further names and numbers are added, and what says otherwise stays as it"
    " is here and is listed.",
    undoing="Bodies that came in with it end; names and numbers that it added are taken off, and facts"
    " become what they were before.",
    fields=BODY_FIELDS,
    many=MANY_BODY,
    field_of=body_field_of,
    holds=holds_bodies,
    proposed=guess_bodies,
    columns=body_columns,
    rows=rows.normalise,
    plan=plan_bodies,
    apply=apply_bodies,
    take_back=taking_back.take_back,
    documents=taking_back.documents_of,
    hindrances=taking_back.hindrances,
    hindered=Organisation,
    needs=("body_name",),
    keeps_extras=False,
    takes_letters=True,
    is_list=True,
    place=30,
)
