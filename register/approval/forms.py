"""What somebody who is asked to sign types: a code, a tick, a reason, a name."""

from __future__ import annotations

from django import forms

from register.core.dates import today
from register.directory.models import Person, Post
from register.signing.models import Slot
from register.signing.services import colleagues, colleagues_of
from register.ui.forms import Form, TypedDate, Upload

_LONG = 5_000
GROUNDS = (
    ("legal", "Legal: the law does not let us"),
    ("ethical", "Ethical: it would not be right"),
    ("operational", "Practical: we cannot do what it asks"),
)


class PersonChoice(forms.ModelChoiceField):
    """A colleague by name."""

    def __init__(self, **kwargs) -> None:
        super().__init__(Person.objects.none(), **kwargs)


class CodeForm(Form):
    """The code that was mailed a moment ago."""

    code = forms.CharField(
        label="Code from the message",
        max_length=40,
        strip=True,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-5",
                   "spellcheck": "false"}
        ),
        help_text="6 numbers",
        error_messages={"required": "Enter the 6 numbers from the message."},
    )  # fmt: skip
    is_own = forms.BooleanField(
        label="Remember this device",
        required=False,
        help_text="Tick this only if the device is your own. Next time you need no code on it.",
    )


class LostForm(Form):
    """Where a lost link was mailed to."""

    email = forms.CharField(
        label="Your e-mail address at work",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Enter your e-mail address."},
    )


class SignForm(Form):
    """The one tick, beside the exact words that it stands for."""

    hide_optional = True

    text_sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    statement_sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    senior = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    evidence = Upload(
        label="File that shows you may",
        required=False,
        help_text="A letter or an e-mail from them: PDF, Word or OpenDocument text, PNG or JPEG",
    )
    confirmed = forms.BooleanField(required=False)

    def __init__(self, *args, statement: str, needs_evidence: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confirmed"].label = statement
        if not needs_evidence:
            del self.fields["evidence"]

    def clean(self) -> dict:
        """The values as the act takes them: the file as bytes and name."""
        said = super().clean() or self.cleaned_data
        file = said.pop("evidence", None)
        said["on_behalf_of"] = said.pop("senior", "")
        said["evidence"] = file.read() if file else None
        said["evidence_name"] = file.name if file else ""
        return said


class DeclineForm(Form):
    """Why somebody will not sign."""

    reason_class = forms.ChoiceField(
        label="Why will you not sign?",
        choices=GROUNDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you will not sign."},
    )
    reason = forms.CharField(
        label="Tell us more",
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Everybody who has signed will see this.",
        error_messages={"required": "Say why you will not sign."},
    )


class ReturnForm(Form):
    """What should change before somebody signs."""

    comments = forms.CharField(
        label="What should change?",
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what should change."},
    )


class AskForm(Form):
    """A question to whoever sent it."""

    question = forms.CharField(
        label="Your question",
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Type your question."},
    )


class ObjectForm(Form):
    """Why somebody objects to a change of which they were told."""

    reason = forms.CharField(
        label="Why do you object?",
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say why you object."},
    )


class TakeBackForm(Form):
    """Why somebody takes a signature back."""

    reason = forms.CharField(
        label="Why do you take your signature back?",
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say why you take your signature back."},
    )


class PassOnForm(Form):
    """The colleague who should sign: chosen, or named where the register does not know them."""

    hide_optional = True

    person = PersonChoice(label="Colleague", required=False, empty_label="Choose a colleague")
    name = forms.CharField(label="Their name", required=False, max_length=200)
    email = forms.CharField(
        label="Their e-mail address",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Why do they sign? (you can leave this out)", required=False, max_length=300
    )

    def __init__(self, *args, slot: Slot, person: Person, domains: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = colleagues(slot).exclude(pk=person.pk).exclude(contact__email="")
        self.fields["person"].queryset = known.filter(contact__isnull=False)
        if domains:
            self.fields["email"].help_text = f"It ends in @{' or @'.join(domains)}"

    def clean(self) -> dict:
        """One colleague: chosen, or by name and address."""
        said = super().clean() or self.cleaned_data
        typed = [said.get("name"), said.get("email")]
        if said.get("person") and any(typed):
            self.add_error("person", "Choose a colleague from the list, or type a name: not both.")
        if not said.get("person") and not all(typed) and "person" not in self.errors:
            says = "Enter their name and their e-mail address." if any(typed) else ""
            self.add_error("person", says or "Choose a colleague, or type a name and an address.")
        return said


class DelegateForm(Form):
    """Who signs for somebody, for which of their posts, from when until when."""

    post = forms.ModelChoiceField(
        Post.objects.none(), label="Your post", empty_label="Choose a post",
        error_messages={"required": "Choose the post for which they sign."},
    )  # fmt: skip
    to_person = PersonChoice(
        label="Colleague who signs for you", empty_label="Choose a colleague",
        error_messages={"required": "Choose who signs for you."},
    )  # fmt: skip
    starts_on = TypedDate(label="From", error_messages={"required": "Enter the first day."})
    ends_on = TypedDate(label="Until and with", error_messages={"required": "Enter the last day."})
    reason = forms.CharField(label="Why", required=False, max_length=300)

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        posts = posts_of(person)
        self.fields["post"].queryset = posts
        found = Person.objects.none()
        for body in set(posts.values_list("organisation_id", flat=True)):
            found = found | colleagues_of(body)
        self.fields["to_person"].queryset = found.exclude(pk=person.pk).order_by("name", "pk")
        if posts.count() == 1:
            self.fields["post"].initial = posts[0]


class ReleaseForm(Form):
    """Who shall sign instead of the person who was named."""

    person = PersonChoice(
        label="Who signs instead", empty_label="Choose who signs",
        error_messages={"required": "Choose who signs instead."},
    )  # fmt: skip

    def __init__(self, *args, people: list[Person], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ids = [person.pk for person in people]
        self.fields["person"].queryset = Person.objects.filter(pk__in=ids).order_by("name", "pk")


class NoForm(Form):
    """Nothing to type: the button says it all."""


def posts_of(person: Person):
    """The posts that somebody holds today."""
    held = person.appointments.current(today()).filter(post__isnull=False)
    posts = Post.objects.select_related("organisation").filter(pk__in=held.values("post"))
    return posts.order_by("title", "pk")
