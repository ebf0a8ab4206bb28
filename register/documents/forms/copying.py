"""Starting a document as a copy of another one: what is asked besides what is copied."""

from __future__ import annotations

from django import forms

from register.directory.models import Organisation
from register.directory.reach import reach_of
from register.documents.forms.starting import leads_for
from register.documents.models import Version
from register.ui.forms import Form


class CopyForm(Form):
    """The title of the copy, which no other entry shall share unknowingly, and who keeps it."""

    title = forms.CharField(label="Title of the new entry", max_length=300)
    lead = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Lead body",
        required=False,
        empty_label="No lead body: the partnership office keeps it",
        help_text="Its officers draft the copy and answer for it",
    )

    def __init__(self, *args, user, version: Version, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        document = version.document
        self.fields["title"].help_text = f"{document} is called “{version.title}”"
        lead = self.fields["lead"]
        lead.queryset = leads_for(user, document.partnership)
        if not reach_of(user).may_edit_all(document.partnership_id):
            lead.empty_label, lead.required = None, True
        if self.initial.get("lead") is None:
            lead.initial = lead.queryset.filter(pk=document.lead_id).first()
