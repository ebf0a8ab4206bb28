"""What is typed about requests, decisions, emergency shares and their reviews."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from agreements.requests.choices import (
    DECIDED,
    Control,
    Decision,
    Standing,
)
from agreements.requests.wording import flagged
from register.directory.forms.fields import BodyField, offer_bodies
from register.documents.models import Document
from register.lists.fields import CodesChoice
from register.lists.labels import choices
from register.signing.models import RefusalClass
from register.ui.forms import EditForm, Form, TypedDate, dress

LONG = 5_000
NO_NAMES = "Name nobody of the public: their case reference is enough"
GROUNDS = [
    (RefusalClass.LEGAL, "Legal"),
    (RefusalClass.ETHICAL, "Ethical"),
    (RefusalClass.OPERATIONAL, "Operational: outside the charter’s two grounds"),
]


def words(label: str, required: bool = True, rows: int = 3, **options) -> forms.CharField:
    """A field for some sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONG, widget=area, **options)


class Confirming(Form):
    """A form whose free text is looked through: what seems personal data is to be confirmed."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        typed = {name: self.data.get(name) or "" for name in self.fields} if self.is_bound else {}
        if flagged(typed):
            self.fields["is_confirmed"] = forms.BooleanField(
                label="It is nobody’s personal data",
                required=False,
                help_text="Tick it only when you have looked at each of the texts named above",
            )
            dress(self.fields["is_confirmed"], "is_confirmed")


class AgreementField(forms.CharField):
    """An agreement by its reference, such as WY-A-0042, as far as the reader may know of it."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("help_text", "For example, WY-A-0042")
        super().__init__(**kwargs)
        self.documents = Document.objects.none()

    def prepare_value(self, value):
        """The reference of the agreement that is there."""
        return value.reference if isinstance(value, Document) else value

    def clean(self, value) -> Document | None:
        """The one agreement that has the reference."""
        typed = super().clean(value)
        if not typed:
            return None
        found = self.documents.filter(tier=3, reference__iexact=typed).first()
        if found is None:
            raise ValidationError(f"There is no agreement {typed} here. Check the reference.")
        return found


class RequestForm(Confirming):
    """What the asking body asks for; the first page of the ICO's decision form."""

    requester_name = forms.CharField(
        label="Who asks", max_length=200, help_text="A member of staff"
    )
    requester_post = forms.CharField(label="Their post", max_length=200)
    received_on = TypedDate(label="Date received")
    case_reference = forms.CharField(
        label="Case reference", max_length=60, help_text=f"The asking body’s own. {NO_NAMES}"
    )
    data_requested = words("Data asked for", help_text=NO_NAMES)
    data_categories = CodesChoice(
        list_code="data_category", label="Categories of data", required=False
    )
    purpose = words("Purpose")
    use_kind = forms.ChoiceField(label="Use", required=False)
    necessity = words("Why it is necessary", required=False)
    dates_of_sharing = forms.CharField(
        label="Date or intervals of sharing", max_length=200, required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use_kind"].choices = choices(
            "use_kind", also=self.initial.get("use_kind", ""), empty="Not named"
        )
        hold_codes(self)


class RequestAddForm(RequestForm):
    """A new request between two bodies."""

    field_order = ["asking", "deciding"]
    asking = BodyField(label="Body that asks")
    deciding = BodyField(label="Body that decides")

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self, user)


class RequestEditForm(EditForm, RequestForm):
    """A request that is there already."""

    reason = forms.CharField(label="Why it is corrected", max_length=1_000, required=False)


class LawForm(EditForm, Confirming):
    """The law named for a request, and how the data would be handled."""

    control = forms.ChoiceField(
        label="Joint or separate controllers",
        choices=[("", "Not settled yet"), *Control.choices],
        required=False,
    )
    agreement_standing = forms.ChoiceField(
        label="Is there an agreement in place?", choices=Standing.choices, widget=forms.RadioSelect
    )
    agreement = AgreementField(label="Reference of the agreement", required=False)
    lawful_basis = CodesChoice(list_code="lawful_basis", label="Lawful basis", required=False)
    article9 = CodesChoice(
        list_code="article9_condition",
        label="Special category data: conditions of Article 9",
        required=False,
    )
    schedule1 = CodesChoice(
        list_code="schedule1_condition", label="Conditions of Schedule 1", required=False
    )
    part3_basis = CodesChoice(
        list_code="part3_basis", label="Law enforcement: basis under Part 3", required=False
    )
    schedule8 = CodesChoice(
        list_code="schedule8_condition",
        label="Law enforcement: conditions of Schedule 8",
        required=False,
    )
    legal_gateway = CodesChoice(list_code="legal_gateway", label="Legal power", required=False)
    legal_power = words("Legal power, in words", required=False)
    retention = words("Retention and deletion", required=False)
    security = words("Security", required=False)
    rights = words("Individuals’ rights", required=False)

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].documents = Document.objects.visible_to(user)
        hold_codes(self)


class WeighForm(EditForm, Confirming):
    """What the deciding body weighs before it decides."""

    dpia_considered = forms.ChoiceField(
        label="Was a DPIA considered?",
        choices=[("", "Not recorded"), *Standing.choices],
        required=False,
    )
    dpia_outcome = words("Outcome of the DPIA", required=False)
    dpo_views = words("Views of the data protection officer", required=False)


class DecisionForm(EditForm, Confirming):
    """A decision on a request, with equal weight for sharing and for not sharing."""

    decision = forms.ChoiceField(
        label="Decision",
        choices=[(each.value, each.label) for each in DECIDED],
        widget=forms.RadioSelect,
    )
    reasons = words("Reasons for sharing or not sharing", rows=5, help_text=NO_NAMES)
    refusal_class = forms.ChoiceField(
        label="If data are kept back: on which ground",
        choices=GROUNDS,
        required=False,
        widget=forms.RadioSelect,
    )
    refusal_reason = forms.ChoiceField(label="If data are kept back: reason", required=False)
    decider_name = forms.CharField(label="Decided by", max_length=200)
    decider_post = forms.CharField(label="Their post", max_length=200)
    decided_on = TypedDate(label="Date of the decision")
    shared_on = TypedDate(label="Date shared", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["refusal_reason"].choices = choices(
            "refusal_reason", also=self.initial.get("refusal_reason", ""), empty="No reason named"
        )


class DecisionEditForm(DecisionForm):
    """A decision that is corrected."""

    reason = forms.CharField(label="Why it is corrected", max_length=1_000)


class WithdrawForm(EditForm, Confirming):
    """Why a request is no longer made."""

    reasons = words("Why it is withdrawn", required=False)


class SharedForm(EditForm):
    """When the data went."""

    shared_on = TypedDate(label="Date shared")


class ListFilter(forms.Form):
    """What the address of the list asks for; whatever it does not understand is left out."""

    state = forms.ChoiceField(
        choices=[("waiting", "Waiting for a decision"), ("ended", "Decided or withdrawn")],
        required=False,
    )
    decision = forms.ChoiceField(choices=Decision.choices, required=False)
    asking = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    deciding = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    year = forms.IntegerField(min_value=1900, max_value=2200, required=False)


class LedgerFilter(forms.Form):
    """The year and the body that the ledger is asked for."""

    year = forms.IntegerField(min_value=1900, max_value=2200, required=False)
    body = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


def hold_codes(form: forms.Form) -> None:
    """Go on offering codes that the row already has, though they have ended."""
    for name, field in form.fields.items():
        if isinstance(field, CodesChoice):
            field.hold(form.initial.get(name) or ())
