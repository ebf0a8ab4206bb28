"""Impact assessments: what is asked of them, of their controllers, of the advice and the decision."""

from __future__ import annotations

from django import forms

from agreements.risks.forms.bodies import BodiesField, offer
from agreements.risks.models import Advice, Dpia
from agreements.risks.statuses import DECISIONS, RECORDED
from register.directory.forms.fields import BodyField
from register.directory.models import Partnership
from register.lists.fields import CodesChoice
from register.lists.labels import label
from register.ui.forms import ClauseField, EditForm, Form, TypedDate, Upload


class DpiaFacts(Form):
    """What every DPIA says of itself."""

    title = forms.CharField(label="Title", max_length=300)
    screening = CodesChoice(
        list_code="dpia_screening", label="Screening: tick what is true", required=False
    )
    summary = ClauseField(label="What is assessed, and what was found", required=False)
    link = forms.URLField(
        label="Link to the assessment", required=False, max_length=500, assume_scheme="https",
        help_text="Where it is kept; a file can be added afterwards",
    )  # fmt: skip
    review_on = TypedDate(label="Review date", required=False)


class DpiaForm(DpiaFacts):
    """A new DPIA."""

    field_order = ["partnership", "title", "owner", "controllers"]
    partnership = forms.ModelChoiceField(
        Partnership.objects.none(), label="Partnership", empty_label=None
    )
    owner = BodyField(label="Body that keeps it")
    controllers = BodiesField(label="Further controllers", required=False)

    def __init__(self, *args, user, places, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = places
        if len(places) == 1:
            self.fields["partnership"].initial = places[0].pk
            self.fields["partnership"].widget = forms.HiddenInput()
        offer(self, user)


class DpiaEditForm(DpiaFacts, EditForm):
    """A DPIA that is there already."""


class RecordFileForm(EditForm):
    """The file of a record."""

    file = Upload(label="File", help_text="PDF, Word or OpenDocument text, or a PNG or JPEG image")


class ControllerForm(Form):
    """A further controller."""

    organisation = BodyField(label="Body")

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self, user)


class StatusForm(EditForm):
    """How a DPIA stands with a controller, short of a decision."""

    status = forms.ChoiceField(label="How it stands", widget=forms.RadioSelect)
    status_reason = forms.CharField(
        label="Why", required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where no DPIA is required",
    )  # fmt: skip
    relies_on = forms.ModelChoiceField(
        Dpia.objects.none(),
        label="Relies on the joint DPIA",
        required=False,
        empty_label="None",
    )

    def __init__(self, *args, user, dpia, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(code, label("dpia_status", code)) for code in RECORDED]
        others = Dpia.objects.visible_to(user).filter(partnership_id=dpia.partnership_id)
        self.fields["relies_on"].queryset = others.exclude(pk=dpia.pk).order_by("reference")


class AdviceForm(EditForm):
    """What the data protection officer advises."""

    advice = forms.ChoiceField(label="Advice", choices=Advice.choices, widget=forms.RadioSelect)
    advice_words = forms.CharField(
        label="The advice in words", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Needed for conditions and for advice against",
    )  # fmt: skip
    advised_by = forms.CharField(
        label="Given by", required=False, max_length=200, help_text="Your own name where empty"
    )
    advised_on = TypedDate(label="Given on", required=False, help_text="Today where empty")


class DecisionForm(EditForm):
    """What the controller decides."""

    status = forms.ChoiceField(label="Decision", widget=forms.RadioSelect)
    conditions = forms.CharField(
        label="Conditions", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Only where accepted with conditions",
    )  # fmt: skip
    decision_reason = forms.CharField(
        label="Reason", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed to refuse, and to go against the data protection officer's advice",
    )  # fmt: skip
    decided_by = forms.CharField(
        label="Decided by", required=False, max_length=200, help_text="Name and post"
    )
    decided_on = TypedDate(label="Decided on", required=False, help_text="Today where empty")

    def __init__(self, *args, decider: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(code, label("dpia_status", code)) for code in DECISIONS]
        if decider:
            del self.fields["decided_by"]


class ReasonForm(Form):
    """Why something is taken away."""

    reason = forms.CharField(label="Why", max_length=1_000, error_messages={"required": "Say why."})
