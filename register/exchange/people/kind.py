"""Lists of people as a kind of file: each row gives a post of a body and who holds it."""

from __future__ import annotations

from register.directory.models import Person
from register.exchange.kinds import Kind
from register.exchange.people import rows, taking_back
from register.exchange.people.applying import apply_people
from register.exchange.people.columns import (
    guess_people,
    holds_people,
    people_columns,
    post_field_of,
)
from register.exchange.people.plan import plan_people
from register.exchange.people.vocabulary import MANY_POST, POST_FIELDS

PEOPLE = Kind(
    code="people",
    words="People and posts",
    becomes="Each row becomes a post of a body and, where it names somebody, an appointment to it. A"
    " post without a name is vacant. No login is made and nothing is mailed to anybody.",
    undoing="Appointments that came in with it end today, those that it ended go on as before, posts that"
    " nobody holds end, and addresses of people who hold nothing else are erased.",
    fields=POST_FIELDS,
    many=MANY_POST,
    field_of=post_field_of,
    holds=holds_people,
    proposed=guess_people,
    columns=people_columns,
    rows=rows.normalise,
    plan=plan_people,
    apply=apply_people,
    take_back=taking_back.take_back,
    documents=taking_back.documents_of,
    hindrances=taking_back.hindrances,
    hindered=Person,
    stays=taking_back.stays,
    needs=("post_body", "post_title"),
    keeps_extras=False,
    is_list=True,
    place=20,
)
