"""The keyboard shortcuts: what they are, and the switch that turns them off for somebody (WCAG 2.1.4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from register.saved import services

KEYS = (
    ("/", "Go to the search box"),
    ("g then r", "Go to the register"),
    ("g then h", "Go to the home page"),
    ("e", "Change the entry that is open, or the one whose row is in focus"),
    ("?", "Show this list"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The list of keys, and the switch."""
    if request.method == "POST":
        on = request.POST.get("keys") == "on"
        services.switch_keys(by=request.user, on=on)
        messages.success(request, f"The shortcuts are {'on' if on else 'off'}.")
        return redirect("dashboard:keys")
    context = {"title": "Keyboard shortcuts", "keys": KEYS, "on": services.has_keys(request.user)}
    return render(request, "dashboard/keys.html", context)


@require_safe
def state(request: HttpRequest) -> JsonResponse:
    """Whether the shortcuts are on, as the script asks before it obeys the first of them."""
    return JsonResponse({"on": services.has_keys(request.user)})
