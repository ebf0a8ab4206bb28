"""The acts that are open at this moment, and the request that they belong to."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

from register.ledger.actors import Actor

request_id: ContextVar[str] = ContextVar("request_id", default="")
stack: ContextVar[tuple["OpenAct", ...]] = ContextVar("open_acts", default=())
# Who acted while a request was answered, for its line in the log; None where nobody listens.
acted: ContextVar[list[Actor] | None] = ContextVar("acted", default=None)


class ActRequired(RuntimeError):
    """A tracked record was to be written with no act open."""


class Written(NamedTuple):
    """One history row written inside an act, and the record whose page shows it."""

    history_model: Any
    history_id: int
    about_model: str
    about_pk: str


@dataclass(eq=False)
class OpenAct:
    """One thing that somebody is doing now; it becomes an entry when the outermost act closes."""

    actor: Actor
    verb: str
    subject: models.Model | None
    reason: str
    detail: dict[str, Any]
    quiet: bool
    using: str
    request_id: str
    written: list[Written] = field(default_factory=list)
    # Rows with a foreign key `entry`, saved with the number of this act's entry.
    attached: list[Any] = field(default_factory=list)
    family: list["OpenAct"] = field(default_factory=list)
    # Deleting a record takes its key from the instance.
    pk_at_first: Any = None

    @property
    def subject_pk(self) -> str:
        """The key of the subject as text; empty where there is none."""
        pk = getattr(self.subject, "pk", None)
        pk = self.pk_at_first if pk is None else pk
        return "" if pk is None else str(pk)

    def wrote(self, history_model, history_id, root: models.Model | None) -> None:
        """Note a history row for this act's entry."""
        label, pk = ("", "") if root is None else (root._meta.label_lower, str(root.pk))
        self.written.append(Written(history_model, history_id, label, pk))


def current_act() -> OpenAct | None:
    """The innermost act open now, or None."""
    open_now = stack.get()
    return open_now[-1] if open_now else None


def require_act(what: str) -> OpenAct:
    """The innermost open act; raises ActRequired, naming what was tried, when there is none."""
    if (this := current_act()) is None:
        raise ActRequired(f"{what} needs an act: write it inside `with act(by=…, verb=…):`.")
    return this
