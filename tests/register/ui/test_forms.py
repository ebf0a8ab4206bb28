"""Forms: what people read, what comes back, and what no form may lose."""

from datetime import date

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from register.ui.forms import ClauseField, EditForm, Form, TypedDate

SPANNED = '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'


class Agreement(Form):
    """A form with one field of each look."""

    title = forms.CharField(help_text="What people call it")
    tier = forms.ChoiceField(choices=[("2", "Protocol")], widget=forms.RadioSelect)
    bodies = forms.MultipleChoiceField(
        choices=[("a", "Police"), ("b", "Council")], widget=forms.CheckboxSelectMultiple
    )
    review_on = TypedDate(label="Review date")
    agreed = forms.BooleanField(label="I have read it")
    text = ClauseField(required=False)


class Purpose(Form):
    """A form with a clause alone."""

    text = ClauseField()


def _sent(text, **more):
    return Purpose(MultiValueDict({"text": [text], **{name: [v] for name, v in more.items()}}))


def test_each_missing_answer_is_named():
    form = Agreement({})
    assert {name: errors[0] for name, errors in form.errors.items()} == {
        "title": "Enter title.",
        "tier": "Choose tier.",
        "bodies": "Choose bodies.",
        "review_on": "Enter review date.",
        "agreed": "Tick “I have read it” to go on.",
    }


def test_the_summary_links_to_each_field_in_the_same_words():
    page = str(Agreement({}))
    for target in ("id_title", "id_tier_0", "id_bodies_0", "id_review_on", "id_agreed"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page
    assert page.count("Enter review date.") == 2


def test_a_field_is_described_by_its_hint_and_its_error():
    page = str(Agreement({})["title"].as_field_group())
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page
    assert 'aria-invalid="true"' in page


def test_choices_stand_in_a_fieldset_of_their_kind():
    page = str(Agreement()["bodies"].as_field_group())
    assert "<fieldset" in page
    assert "govuk-checkboxes__input" in page
    assert "govuk-radios" not in page


def test_a_date_may_be_typed_in_any_usual_way():
    assert TypedDate(help_text="").clean("21/11/2026") == date(2026, 11, 21)
    with pytest.raises(forms.ValidationError, match="four digits"):
        TypedDate().clean("21/11/26")


def test_a_clause_sent_by_the_editor_is_cleaned():
    form = _sent("<p onclick=x>Keep <b>it</b></p>", **{"text-form": "html"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "<p>Keep <strong>it</strong></p>"


def test_a_clause_typed_as_plain_words_becomes_markup():
    form = _sent("Keep:\r\n\r\n- paper\r\n- disks", **{"text-form": "plain"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "<p>Keep:</p><ul><li>paper</li><li>disks</li></ul>"


def test_markup_typed_as_plain_words_stays_words():
    form = _sent("<script>alert(1)</script>", **{"text-form": "plain"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_joined_cells_stay_while_the_plain_words_stay():
    page = str(Purpose(initial={"text": SPANNED})["text"])
    assert 'name="text-before"' in page
    kept = _sent("| a |", **{"text-form": "plain", "text-before": SPANNED})
    changed = _sent("| b |", **{"text-form": "plain", "text-before": SPANNED})
    assert kept.is_valid()
    assert kept.cleaned_data["text"] == SPANNED
    assert changed.is_valid()
    assert "colspan" not in changed.cleaned_data["text"]


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_clause_that_is_refused_comes_back_as_it_was_typed(kind):
    form = _sent("y" * 2_000, **{"text-form": kind})
    assert "word of more than" in form.errors["text"][0]
    assert "y" * 2_000 in str(form["text"])


def test_a_hostile_clause_that_is_refused_is_shown_without_its_markup():
    form = _sent("<div>" * 1000 + "words<script>x</script>", **{"text-form": "html"})
    assert "nested too deeply" in form.errors["text"][0]
    page = str(form["text"])
    assert "words" in page
    assert "script" not in page


def test_the_plain_form_is_what_a_page_without_scripts_shows():
    page = str(Purpose(initial={"text": "<ul><li>one</li><li>two</li></ul>"})["text"])
    assert ">\n- one\n- two</textarea>" in page
    assert 'name="text-form" value="plain"' in page


def test_a_form_that_changes_a_row_says_so_when_it_lost_track():
    assert EditForm({}).errors["row_version"] == [
        "Open the page again: the form lost track of what it was changing."
    ]
