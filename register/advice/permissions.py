"""Who may ask for advice, give it, record it and read it; every no carries its reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from register.accounts.roles import ADVISE_FOR, READ_FOR
from register.advice.kinds import kind_of
from register.advice.models import Advice, ReviewRequest
from register.core.dates import today
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Appointment, Post
from register.directory.models.people import Capacity
from register.directory.reach import reach_of
from register.documents.lifecycle import GOVERNING, PREPARING
from register.documents.models import Version
from register.documents.permissions import may_edit

ALIVE = (*PREPARING, *GOVERNING)
DEPUTY, ACTING = Capacity.DEPUTY, Capacity.ACTING


@dataclass(frozen=True)
class Standing:
    """By what a login answers today: the posts that its person holds, and the bodies that it advises."""

    posts: tuple[Post, ...] = ()
    advises: frozenset[int] = field(default_factory=frozenset)
    capacities: dict[int, str] = field(default_factory=dict)

    def post_for(self, request: ReviewRequest) -> Post | None:
        """The post by which the person answers a question: the one asked, else one of the kind."""
        if (asked := next((p for p in self.posts if p.pk == request.post_id), None)) is not None:
            return asked
        kinds = kind_of(request.kind).posts
        held = (p for p in self.posts if p.organisation_id == request.organisation_id)
        return next((post for post in held if post.kind in kinds), None)

    def title_for(self, request: ReviewRequest) -> str:
        """As what the person answers: the title of the post, with “deputy” where they are one."""
        if (post := self.post_for(request)) is None:
            return "Adviser"
        capacity = self.capacities.get(post.pk, "")
        return f"{post.title} ({capacity})" if capacity in (DEPUTY, ACTING) else post.title


def standing_of(by) -> Standing:
    """The posts and roles by which a login answers today; one statement, kept while the request lasts."""
    reach = reach_of(by)
    if reach.person_id is None:
        return Standing()
    if not hasattr(by, "_answers_as"):
        rows = Appointment.objects.current(today()).to_posts().filter(person_id=reach.person_id)
        held = {row.post: row.capacity for row in rows.select_related("post").order_by("pk")}
        by._answers_as = Standing(
            tuple(held),
            frozenset(reach.bodies(ADVISE_FOR)),
            {post.pk: capacity for post, capacity in held.items()},
        )
    return by._answers_as


def may_ask(by, version: Version) -> Verdict:
    """Whether somebody may ask for advice on a version: who drafts it, while it is alive."""
    verdict = may_edit(by, version.document)
    if verdict and version.state not in ALIVE:
        return no(f"{version} is {version.get_state_display().lower()}: nobody advises on it.")
    return verdict


def may_answer(by, request: ReviewRequest) -> Verdict:
    """Whether somebody may answer a question in their own name.

    The holder of the post, or a deputy; for advice also an adviser of the body. The office answers
    what it is asked itself, but not whoever asked. Who advised a body does not decide for it.
    """
    if not (verdict := _still_asked(request)):
        return verdict
    if reach_of(by).sees_everything:
        return YES
    if request.organisation_id is None:
        return _office_answers(by, request)
    kind, standing = kind_of(request.kind), standing_of(by)
    is_adviser = request.organisation_id in standing.advises and not kind.weighs_advice
    if not is_adviser and standing.post_for(request) is None:
        whom = request.organisation
        if kind.weighs_advice:
            return no(f"The {kind.name} of {whom} decides: whoever holds the post, or a deputy.")
        return no(f"The {kind.name} of {whom} answers: the post's holder, a deputy, or an adviser.")
    return may_decide(reach_of(by).person_id, request)


def may_decide(person_id: int | None, request: ReviewRequest) -> Verdict:
    """Whether a person (by key) may decide upon advice: not where they gave it to the body themselves."""
    body_id = request.organisation_id
    if person_id is None or body_id is None or not kind_of(request.kind).weighs_advice:
        return YES
    own = Advice.objects.filter(
        request__version_id=request.version_id,
        request__organisation_id=body_id,
        given_by_id=person_id,
    )
    if any(not kind_of(row.request.kind).weighs_advice for row in own.select_related("request")):
        return no(
            f"Whoever advised {request.organisation} does not decide for it: ask another holder "
            "or deputy of the post (UK GDPR, Article 38(6))."
        )
    return YES


def may_record(by, request: ReviewRequest) -> Verdict:
    """Whether somebody may record an answer given on paper or by mail: who drafts, or the body's officer."""
    if not (verdict := _still_asked(request)):
        return verdict
    if reach_of(by).edits_for(request.organisation_id):
        return YES
    return may_edit(by, request.version.document)


def may_read_words(by, request: ReviewRequest) -> bool:
    """Whether somebody reads what was answered: who drafts, the office, auditors, and the body's own people."""
    reach = reach_of(by)
    document = request.version.document
    if reach.sees_everything or document.partnership_id in reach.whole:
        return True
    return request.organisation_id in reach.bodies(READ_FOR) or bool(may_edit(by, document))


def _still_asked(request: ReviewRequest) -> Verdict:
    version = request.version
    if version.state not in ALIVE:
        return no(f"{version} is {version.get_state_display().lower()}: nobody advises on it.")
    if request.closed_as in ("replaced", "cancelled"):
        return no(f"This is not asked any more: {request.closed_reason}")
    return YES


def _office_answers(by, request: ReviewRequest) -> Verdict:
    reach = reach_of(by)
    if not reach.may_edit_all(request.version.document.partnership_id):
        return no("The partnership office answers this.")
    if request.asked_by_id is not None and request.asked_by_id == reach.person_id:
        return no("You asked for this: somebody else in the partnership office checks it.")
    return YES
