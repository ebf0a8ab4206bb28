"""What machines ask, as JSON: described at /api/openapi.json."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from ninja import Field, NinjaAPI, Query, Schema, Status
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth

from agreements.flows.asking import Answer, may_share
from register.api.forms import AskForm
from register.api.services import user_of_token


class ByToken(HttpBearer):
    """`Authorization: Bearer …` with a token that a login has made."""

    def authenticate(self, request: HttpRequest, token: str):
        """The login of the token, who then is the reader of everything that is asked."""
        user = user_of_token(token)
        if user is not None:
            request.user = user
        return user


api = NinjaAPI(
    title="Register of sharing",
    version="1",
    auth=[ByToken(), SessionAuth()],
    docs_decorator=login_required,
    urls_namespace="api",
)


class Question(Schema):
    """The names of two bodies, or their identifiers, and what is to be sent."""

    from_: str = Field("", alias="from", max_length=300)
    to: str = Field("", max_length=300)
    category: str = Field("", max_length=200)
    purpose: str = Field("", max_length=200)
    on: str = Field("", max_length=40)


class AgreementOut(Schema):
    """The agreement that speaks."""

    reference: str
    title: str
    version: int
    state: str
    url: str


class FlowOut(Schema):
    """The flow that speaks."""

    lineage: str
    title: str
    url: str


class AnswerOut(Schema):
    """`answer` is one of yes, no, expired, unsigned, not_covered; `reason` always says why."""

    answer: str
    reason: str
    agreement: AgreementOut | None
    flow: FlowOut | None
    conditions: list[str]
    note: str
    asked: dict[str, str]


class Refusal(Schema):
    """What was not understood: a sentence for each parameter."""

    detail: str
    errors: dict[str, list[str]]


NAMES = {"giver": "from", "taker": "to"}


@api.get("/may-share", response={200: AnswerOut, 422: Refusal}, summary="May A send B this?")
def may_share_json(request: HttpRequest, question: Query[Question]):
    """Whether the register holds an agreement by which `from` may send `to` this, on a day."""
    asked = question.dict()
    data = {"giver": asked.pop("from_"), "taker": asked.pop("to"), **asked}
    form = AskForm(data, user=request.user)
    if not form.is_valid():
        errors = {NAMES.get(name, name): list(found) for name, found in form.errors.items()}
        told = {"detail": "The question was not understood.", "errors": errors}
        return Status(422, told)
    return Status(200, _told(request, form, may_share(request.user, form.asked)))


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError):
    """A sentence for whoever is not signed in and has no token that holds."""
    told = {"detail": "Sign in, or send a token that holds: Authorization: Bearer …"}
    return api.create_response(request, told, status=401)


def _told(request: HttpRequest, form: AskForm, answer: Answer) -> dict:
    asked = form.asked
    version, facts = answer.version, answer.facts
    return {
        "answer": str(answer.verdict),
        "reason": answer.reason,
        "agreement": version and {
            "reference": version.document.reference,
            "title": version.title,
            "version": version.number,
            "state": version.state,
            "url": request.build_absolute_uri(version.document.get_absolute_url()),
        },
        "flow": facts and {
            "lineage": str(facts.flow.lineage),
            "title": facts.flow.title,
            "url": request.build_absolute_uri(answer.flow_url),
        },
        "conditions": list(answer.conditions),
        "note": answer.note,
        "asked": {
            "from": asked.giver.legal_name,
            "to": asked.taker.legal_name,
            "category": ", ".join(asked.categories),
            "purpose": asked.purpose,
            "on": asked.on.isoformat(),
        },
    }  # fmt: skip


# Who asks is known by ninja, which answers 401 in JSON: the page of sign-in is of no use to a program.
URLS = api.urls
for pattern in URLS[0]:
    pattern.callback.login_required = False
