"""What is typed about slots, and about signatures made on paper."""

from __future__ import annotations

from django import forms

from register.core.dates import today
from register.directory.models import Organisation, Person, Post
from register.documents.bound import parties_today
from register.signing.models import RefusalClass
from register.ui.forms import Form, TypedDate, Upload

SCAN_HINT = "PDF, Word or OpenDocument text, or a PNG or JPEG image"


class PostChoice(forms.ModelChoiceField):
    """A post with its body."""

    def label_from_instance(self, post) -> str:
        """The body first: posts are listed by it."""
        return f"{post.organisation.called}: {post.title}"


class SlotForm(Form):
    """Which post signs for which party."""

    post = PostChoice(Post.objects.none(), label="Post that signs", empty_label="Choose a post")
    is_required = forms.BooleanField(
        label="Needed for coming into force", required=False, initial=True
    )

    def __init__(self, *args, version, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        parties = list(parties_today(version))
        bodies = Organisation.objects.that_may_sign().filter(pk__in=parties)
        posts = Post.objects.current(today()).filter(organisation__in=bodies)
        self.fields["post"].queryset = posts.select_related("organisation").order_by(
            "organisation__legal_name", "title"
        )


class VoidForm(Form):
    """Why nobody signs in a slot any more."""

    reason = forms.CharField(
        label="Why nobody signs here any more",
        max_length=300,
        error_messages={"required": "Say why nobody signs here any more."},
    )


class PaperForm(Form):
    """The paper that something was recorded from."""

    scan = Upload(label="Scan of the paper", required=False, help_text=SCAN_HINT)

    def clean(self) -> dict:
        """The scan as bytes and name, as the services take it."""
        said = super().clean() or self.cleaned_data
        scan = said.pop("scan", None)
        said["scan"] = scan.read() if scan else None
        said["scan_name"] = scan.name if scan else ""
        return said


class SignatureForm(PaperForm):
    """A signature on paper: who, when, and whether the paper is this version."""

    field_order = ["person", "signed_on", "on_behalf_of", "text_sha256", "scan"]
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who signed",
        empty_label="Choose a person",
        help_text="Whoever has held the post: the register checks that they held it on that day",
    )
    signed_on = TypedDate(label="Date on the paper")
    on_behalf_of = forms.CharField(
        label="Signed on behalf of",
        required=False,
        max_length=200,
        help_text="Only where the paper says so",
    )
    text_sha256 = forms.CharField(
        label="Text hash on the paper",
        required=False,
        max_length=80,
        help_text="The letters and digits in the footer of each page, to be sure that this version "
        "was signed",
    )

    def __init__(self, *args, slot, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = holders_of(slot)


class RefusalForm(PaperForm):
    """A refusal: who, when, on which ground and why."""

    field_order = ["person_name", "refused_on", "reason_class", "reason", "scan"]
    person_name = forms.CharField(label="Who refused", max_length=200)
    refused_on = TypedDate(label="Date of the refusal")
    reason_class = forms.ChoiceField(
        label="On which ground", choices=RefusalClass.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Reason that was given", max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawalForm(PaperForm):
    """A withdrawal: when and why."""

    field_order = ["withdrawn_on", "reason", "scan"]
    withdrawn_on = TypedDate(label="Date of the withdrawal")
    reason = forms.CharField(
        label="Why it was withdrawn", max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )


def holders_of(slot):
    """The people who hold or have held the post of a slot, in order of their names."""
    if slot.post_id is None:
        return Person.objects.none()
    held = slot.post.appointments.values("person_id")
    return Person.objects.filter(pk__in=held).order_by("name")
