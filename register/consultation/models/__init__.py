"""What is kept of a consultation: who is asked, who helps to draft, what was said, what came back."""

from register.consultation.models.comments import Comment, CommentState, ReturnedFile, Source
from register.consultation.models.people import (
    Consultee,
    Editor,
    GuestAddress,
    GuestLink,
    NamedReader,
    Response,
)

__all__ = [
    "Comment",
    "CommentState",
    "Consultee",
    "Editor",
    "GuestAddress",
    "GuestLink",
    "NamedReader",
    "Response",
    "ReturnedFile",
    "Source",
]
