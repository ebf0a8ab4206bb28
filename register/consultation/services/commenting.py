"""Comments on a draft: written, answered, closed, opened again, and their suggestions taken over."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from register.consultation.models import Comment, CommentState, Consultee, Response
from register.consultation.parts import Part, parts_of
from register.consultation.permissions import consultee_of, may_comment, may_settle
from register.consultation.replacing import holds, replaced
from register.core.dates import now
from register.core.text import clean, from_plain, to_plain
from register.core.verdicts import require
from register.directory.models import Organisation, Person
from register.directory.reach import reach_of
from register.documents.models import Clause, Version
from register.documents.services import content
from register.documents.services.locks import lock_version
from register.documents.tiers import TIERS, TextTask
from register.ledger.actors import actor_of
from register.ledger.acts import act

MOST = 5_000  # comments on one draft


@dataclass(frozen=True)
class Writer:
    """Who writes a comment, as it is kept."""

    name: str
    person: Person | None = None
    organisation: Organisation | None = None
    organisation_name: str = ""
    consultee: Consultee | None = None


def comment(
    *, by, version: Version, part: str, text: str = "", suggestion: str = "", quoted: str = ""
) -> Comment:
    """Say something about a part of a draft, with other words for it where somebody has them.

    `part` is a code of `consultation.parts`. Raises ValidationError where it is not in the draft any
    more, where nothing is said, or where the quoted words are not there.
    """
    with act(by=by, verb="comment.written", subject=version):
        version = lock_version(version)
        require(may_comment(by, version))
        found = _part(version, part)
        _check_said(found, text, suggestion, quoted)
        if Comment.objects.filter(version=version).count() >= MOST:
            raise ValidationError(f"There are {MOST:,} comments on this draft: no more are taken.")
        writer = writer_of(by, version)
        row = made(version, found, writer, text=text, suggestion=suggestion, quoted=quoted)
        row.full_clean(exclude=["version", "writer", "organisation", "consultee", "returned"])
        row.save()
        _note_response(writer.consultee)
    return row


def made(
    version: Version, part: Part, writer: Writer, *, text: str, suggestion: str = "", quoted: str = "",
    **more,
) -> Comment:  # fmt: skip
    """A comment that is not saved yet, with the label and the hash of its part as it stands."""
    return Comment(
        version=version,
        part=part.code,
        part_label=part.label,
        place=part.place,
        quoted=quoted.strip(),
        text=text.strip(),
        suggestion=suggestion.strip(),
        basis_sha256=part.sha256,
        consultee=writer.consultee,
        writer=writer.person,
        writer_name=writer.name,
        organisation=writer.organisation,
        organisation_name=writer.organisation_name,
        written_at=now(),
        **more,
    )


def writer_of(by, version: Version) -> Writer:
    """Who writes, with the body that they were asked for, or for which they draft."""
    consultee = consultee_of(by, version)
    person = getattr(by, "person", None)
    if consultee is not None:
        return Writer(
            consultee.name, person, consultee.organisation, consultee.organisation_name, consultee
        )
    lead = version.document.lead
    if lead is not None and reach_of(by).edits_for(lead.pk):
        return Writer(actor_of(by).name, person, lead, lead.called)
    return Writer(actor_of(by).name, person)


def answer(*, by, comment: Comment, answer: str, row_version: int, close: bool = False) -> Comment:
    """Answer a comment, and close it where there is nothing more to do."""
    if not answer.strip():
        raise ValidationError({"answer": "Enter your answer."})
    with act(by=by, verb="comment.answered", subject=comment):
        comment = _locked(by, comment)
        _expect(comment, row_version)
        comment.answer, comment.answered_at = answer.strip(), now()
        comment.answered_by_name = actor_of(by).name
        comment.state = CommentState.CLOSED if close else CommentState.ANSWERED
        _write(comment)
    return comment


def close(*, by, comment: Comment) -> Comment:
    """Close a comment; it stays readable with its answer."""
    with act(by=by, verb="comment.closed", subject=comment, quiet=True):
        comment = _locked(by, comment)
        if comment.state != CommentState.CLOSED:
            comment.state = CommentState.CLOSED
            _write(comment)
    return comment


def reopen(*, by, comment: Comment) -> Comment:
    """Open a closed comment again."""
    with act(by=by, verb="comment.reopened", subject=comment, quiet=True):
        comment = _locked(by, comment)
        if comment.state == CommentState.CLOSED:
            comment.state = CommentState.ANSWERED if comment.answer else CommentState.OPEN
            _write(comment)
    return comment


def take_over(*, by, comment: Comment, row_version: int) -> Comment:
    """Put the suggested words into the draft, and close the comment, in one act.

    Raises ValidationError with a sentence where the words have changed since, or have formatting
    that plain words cannot keep.
    """
    with act(by=by, verb="comment.taken_over", subject=comment):
        comment = _locked(by, comment)
        _expect(comment, row_version)
        row, name = target_of(comment)
        text = words_after(comment, getattr(row, name))
        values = {"row_version": row.row_version, name: text}
        if isinstance(row, Clause):
            content.change_item(by=by, row=row, **values)
        else:
            content.save_text(by=by, version=comment.version, model=type(row), **values)
        comment.taken_over_at = now()
        comment.answer = comment.answer or "Your suggestion is taken over."
        comment.answered_at = comment.answered_at or now()
        comment.answered_by_name = comment.answered_by_name or actor_of(by).name
        comment.state = CommentState.CLOSED
        _write(comment)
    return comment


def target_of(comment: Comment):
    """The row of the draft and the name of its column that a suggestion would change.

    Raises ValidationError with a sentence where there is none.
    """
    if not comment.suggestion:
        raise ValidationError("This comment suggests no words.")
    if comment.taken_over_at:
        raise ValidationError("This suggestion is taken over already.")
    kind, _, code = comment.part.partition("-")
    if kind == "clause":
        row = Clause.objects.filter(version=comment.version, lineage=code).first()
        if row is None:
            raise ValidationError("The clause is not in the draft any more.")
        return row, "text"
    section, _, name = code.rpartition("-")
    task = TIERS[comment.version.document.tier].task(section) if kind == "field" else None
    if isinstance(task, TextTask) and name in task.fields:
        return task.model._default_manager.get(version=comment.version), name
    raise ValidationError("A suggestion for this part cannot be taken over: change it by hand.")


def words_after(comment: Comment, html: str) -> str:
    """A text with the suggested words in the place of those that they are for.

    Raises ValidationError with a sentence where the words have changed since.
    """
    plain = to_plain(html)
    if not comment.quoted:
        if comment.basis_sha256 != _hash_of(plain):
            raise ValidationError(
                f"{comment.part_label} has changed since this was suggested. Change it by hand."
            )
        _check_plain(html, plain)
        return from_plain(comment.suggestion)
    if (count := holds(html, comment.quoted)) != 1:
        raise ValidationError(
            f"“{_short(comment.quoted)}” stands in {comment.part_label} {_times(count)}: "
            "the words have changed since. Change it by hand."
        )
    return clean(replaced(html, comment.quoted, comment.suggestion))


def _part(version: Version, code: str) -> Part:
    if (found := parts_of(version).get(code)) is None:
        raise ValidationError("That part is not in the draft any more. Comment on the whole draft.")
    return found


def _check_said(part: Part, text: str, suggestion: str, quoted: str) -> None:
    if not text.strip() and not suggestion.strip():
        raise ValidationError({"text": "Enter your comment, or the words that you suggest."})
    if quoted.strip() and not part.has(quoted):
        raise ValidationError(
            {"quoted": f"These words do not stand in {part.label}. Copy them from the text."}
        )
    if suggestion.strip() and not part.takes_suggestions:
        raise ValidationError(
            {"suggestion": "Words for this part cannot be taken over. Say them in your comment."}
        )


def _note_response(consultee: Consultee | None) -> None:
    if consultee is not None and not consultee.response:
        consultee.response, consultee.responded_at = Response.COMMENTED, now()
        consultee.row_version += 1
        consultee.save()


def _locked(by, comment: Comment) -> Comment:
    version = lock_version(comment.version)
    require(may_settle(by, version))
    found = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    found.version = version
    return found


def _write(comment: Comment) -> None:
    comment.row_version += 1
    comment.save()


def _expect(comment: Comment, row_version: int) -> None:
    if comment.row_version != row_version:
        raise ValidationError("Somebody else has dealt with this comment. Open the page again.")


def _check_plain(html: str, plain: str) -> None:
    if from_plain(plain) != html:
        raise ValidationError(
            "The text has formatting that the suggestion does not have. Change it by hand."
        )


def _hash_of(words: str) -> str:
    return Part("", "", "", words).sha256


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:80].rstrip()} …"


def _times(count: int) -> str:
    return "no more" if count == 0 else f"{count} times"
