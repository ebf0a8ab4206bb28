"""Letting somebody sign for a while, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from register.approval.forms import DelegateForm, NoForm, posts_of
from register.approval.here import Here
from register.approval.views.conversation import page, refused
from register.core.dates import words as day_in_words
from register.signing import services
from register.signing.models import Delegation
from register.ui.pages import add_errors

UNPROCESSABLE = 422
NO_POST = "You hold no post today, so nobody can sign for you."


@page("GET", "HEAD", "POST")
def delegate(request: HttpRequest, here: Here) -> HttpResponse:
    """Let a colleague sign for a post that one holds, from one day until another."""
    if not posts_of(here.person).exists():
        return refused(request, NO_POST, 403)
    form = DelegateForm(request.POST if request.method == "POST" else None, person=here.person)
    if form.is_bound and form.is_valid():
        try:
            row = services.delegate(by=here.signer, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            until = day_in_words(row.ends_on)
            messages.success(request, f"{row.to_person} signs for you until {until}.")
            return redirect("approval:tray")
    words = {
        "title": "Let somebody sign for you",
        "intro": "For when you are away. They sign on your behalf, and the record says so.",
        "button": "Let them sign for me",
        "form": form,
        "here": here,
        "back": reverse("approval:tray"),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "approval/form.html", words, status=status)


@page("GET", "HEAD", "POST")
def end_delegation(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """End a delegation that one gave."""
    row = get_object_or_404(
        Delegation.objects.select_related("to_person", "post"), pk=pk, from_person=here.person
    )
    if request.method == "POST":
        services.end_delegation(by=here.signer, delegation=row)
        messages.success(request, f"{row.to_person} no longer signs for you after today.")
        return redirect("approval:tray")
    words = {
        "title": "End this?",
        "intro": f"{row.to_person} signs for you as {row.post.title}. Today is the last day if you end it.",
        "button": "End it",
        "form": NoForm(),
        "here": here,
        "back": reverse("approval:tray"),
    }
    return render(request, "approval/form.html", words)
