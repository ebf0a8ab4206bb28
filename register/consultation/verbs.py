"""What the acts of consultation are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "consultation.opened": "People asked to comment",
        "consultation.responded": "Response to the consultation",
        "consultee.asked": "More people asked to comment",
        "consultee.taken_off": "Taken off the consultation",
        "consultee.reminded": "Reminder of the consultation",
        "comment.written": "Comment written",
        "comment.answered": "Comment answered",
        "comment.closed": "Comment closed",
        "comment.reopened": "Comment opened again",
        "comment.taken_over": "Suggestion taken over",
        "editor.given": "Right to write in the draft given",
        "editor.revoked": "Right to write in the draft taken back",
        "draft.file_returned": "Word file filed for a body",
    }
)
