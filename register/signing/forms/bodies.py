"""Bodies that join what is in force, that leave it, and to whom their requests go first."""

from __future__ import annotations

from django import forms

from register.core.dates import today
from register.directory.models import Membership, Organisation, Post
from register.documents.bound import bound_bodies
from register.documents.models import Document
from register.signing.forms.paper import PostChoice
from register.ui.forms import Form, TypedDate


class JoinForm(Form):
    """Which post signs for the body that joins."""

    post = PostChoice(
        Post.objects.none(), label="Post that signs for it", empty_label="Choose a body and post",
        help_text="Members of the partnership that are no party yet",
    )  # fmt: skip

    def __init__(self, *args, document: Document, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.current(today()).filter(partnership=document.partnership_id)
        inside = [body.pk for body in bound_bodies(document.governing)]
        bodies = Organisation.objects.that_may_sign().filter(
            pk__in=members.values("organisation_id")
        )
        posts = Post.objects.current(today()).filter(organisation__in=bodies.exclude(pk__in=inside))
        self.fields["post"].queryset = posts.select_related("organisation").order_by(
            "organisation__legal_name", "title"
        )

    def clean(self) -> dict:
        """The post and its body, as the service takes them."""
        said = super().clean() or self.cleaned_data
        if post := said.get("post"):
            said["organisation"] = post.organisation
        return said


class LeaveForm(Form):
    """Which body leaves, when and why."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Body that leaves", empty_label="Choose a body"
    )
    on = TypedDate(label="Last day on which it is bound")
    reason = forms.CharField(
        label="Why it leaves", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, document: Document, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        signed = document.governing.slots.standing().signed().values("organisation_id")
        bodies = Organisation.objects.filter(pk__in=signed).order_by("legal_name")
        self.fields["organisation"].queryset = bodies


class DesignateForm(Form):
    """The post to which requests to sign go first."""

    post = forms.ModelChoiceField(
        Post.objects.none(), label="Post that lets requests to sign go", required=False,
        empty_label="None: ask those who sign directly",
        help_text="Its holder reads each request first, lets it go, names somebody else, or sends "
        "it back",
    )  # fmt: skip

    def __init__(self, *args, organisation: Organisation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.current(today()).filter(organisation=organisation)
        self.fields["post"].queryset = posts.order_by("title")
