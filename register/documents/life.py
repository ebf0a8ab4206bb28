"""The named acts in the life of a document, as pages offer them: words, verdict, form and service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from register.core.verdicts import YES, Verdict, no
from register.documents.forms import life as forms
from register.documents.lifecycle import EDITABLE, State
from register.documents.permissions import may_confirm, may_edit
from register.documents.services import drafting, facts, moving
from register.documents.standing import Standing


@dataclass(frozen=True)
class LifeAct:
    """One act: the button that leads to it, what it will do, when it may be done, and the service."""

    code: str
    button: str
    consequences: str
    may: Callable[[object, Standing], Verdict]
    run: Callable[..., object]
    done: str
    form: type[forms.ConfirmForm] = forms.ConfirmForm
    is_danger: bool = False
    to_draft: bool = False
    undo: str = ""  # the act that takes it back, offered once with the word that it is done

    @property
    def page(self) -> str:
        """The name of the act's page."""
        return f"documents:{self.code}"

    def verdict(self, by, standing: Standing) -> Verdict:
        """Whether somebody may do it now, and else why not."""
        verdict = may_edit(by, standing.document)
        return self.may(by, standing) if verdict else verdict


def _preparing(*states: State, sentence: str):
    def may(by, standing: Standing) -> Verdict:
        version = standing.preparing
        return YES if version and version.state in states else no(sentence)

    return may


def _governing(state: State | None, sentence: str):
    def may(by, standing: Standing) -> Verdict:
        version = standing.governing
        return YES if version and state in (None, version.state) else no(sentence)

    return may


def _may_end(by, standing: Standing) -> Verdict:
    if standing.governing is None:
        return no("It has no version in force: there is nothing to end.")
    if standing.preparing:
        return no(f"{standing.preparing} is in preparation. Discard or return it first.")
    return YES


def _may_revise(by, standing: Standing) -> Verdict:
    if standing.preparing:
        return no(f"{standing.preparing} is in preparation. Finish or discard it first.")
    return YES if standing.versions else no("It has no version to revise.")


def _may_archive(by, standing: Standing) -> Verdict:
    if standing.governing or standing.preparing:
        return no("Only what has ended is archived.")
    return no("It is archived already.") if standing.document.archived_on else YES


def _may_restore(by, standing: Standing) -> Verdict:
    return YES if standing.document.archived_on else no("It is not archived.")


LIFE_ACTS = {
    act.code: act
    for act in (
        LifeAct(
            "open-consultation",
            "Open for consultation",
            "The parties named in the draft can read it from now on. Its text can still change.",
            _preparing(State.DRAFT, sentence="Only a draft is opened for consultation."),
            lambda *, by, standing: moving.open_consultation(by=by, version=standing.preparing),
            "The parties can read the draft.",
        ),
        LifeAct(
            "close-consultation",
            "Close the consultation",
            "The parties can no longer read the draft. Nothing of the text changes.",
            _preparing(State.CONSULTATION, sentence="It is not in consultation."),
            lambda *, by, standing: moving.close_consultation(by=by, version=standing.preparing),
            "The consultation is closed.",
        ),
        LifeAct(
            "return-for-changes",
            "Return for changes",
            "This version ends, and with it every signature on it. A new draft with the same text "
            "begins; all parties sign that one afresh.",
            _preparing(State.SIGNING, sentence="It is not out for signature."),
            lambda *, by, standing, reason: moving.return_for_changes(
                by=by, version=standing.preparing, reason=reason
            ),
            "A new draft with the same text has begun.",
            forms.ReasonForm,
            is_danger=True,
            to_draft=True,
        ),
        LifeAct(
            "discard",
            "Discard the draft",
            "The draft ends. Its reference stays taken, and its drafters can still read it.",
            _preparing(*EDITABLE, sentence="There is no draft to discard."),
            lambda *, by, standing, reason: moving.discard(
                by=by, version=standing.preparing, reason=reason
            ),
            "The draft is discarded.",
            forms.ReasonForm,
            is_danger=True,
        ),
        LifeAct(
            "revise",
            "Start a revision",
            "Everything in the newest version is copied into a new draft. What is in force stays in "
            "force until the new version replaces it.",
            _may_revise,
            lambda *, by, standing, changes: drafting.revise(
                by=by, document=standing.document, changes=changes
            ),
            "The revision has begun.",
            forms.ReviseForm,
            to_draft=True,
        ),
        LifeAct(
            "suspend",
            "Suspend sharing",
            "Sharing stops for a time, for everybody or for one party. The document stays in force "
            "and its page says since when and why.",
            _governing(None, "It is not in force: there is nothing to suspend."),
            lambda *, by, standing, **said: facts.suspend(
                by=by, document=standing.document, **said
            ),
            "Sharing is suspended.",
            forms.SuspendForm,
            is_danger=True,
        ),
        LifeAct(
            "end",
            "End it",
            "Nobody shares under it any more from the day you enter. It stays in the register and "
            "can be read and printed.",
            _may_end,
            lambda *, by, standing, **said: moving.end(by=by, document=standing.document, **said),
            "It has ended.",
            forms.EndForm,
            is_danger=True,
        ),
        LifeAct(
            "archive",
            "Archive",
            "It leaves the everyday lists. It can still be found and read.",
            _may_archive,
            lambda *, by, standing: facts.archive(by=by, document=standing.document),
            "It is archived.",
            undo="restore",
        ),
        LifeAct(
            "restore",
            "Bring back from the archive",
            "It stands in the everyday lists again. Nothing else of it changes.",
            _may_restore,
            lambda *, by, standing: facts.restore(by=by, document=standing.document),
            "It is back in the everyday lists.",
        ),
        LifeAct(
            "confirm",
            "Confirm this entry",
            "You say that the entry is what it claims to be: from now on it counts as in force and "
            "its signatures as recorded. Check the imported columns below it first.",
            lambda by, standing: may_confirm(by, standing.document),
            lambda *, by, standing: facts.confirm(by=by, document=standing.document),
            "The entry is confirmed.",
        ),
    )
}


def offered(by, standing: Standing) -> list[LifeAct]:
    """The acts that somebody may do now, in the order of the table."""
    return [act for act in LIFE_ACTS.values() if act.verdict(by, standing)]
