"""What somebody has typed and not yet saved: kept beside the register, never part of it."""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError

from register.documents.models import Unsaved

SIZE_LIMIT = 500_000  # characters of one page's typing


def keep(*, user, page: str, typed: dict) -> None:
    """Keep what somebody has typed on a page, in the place of what was kept before."""
    if not page.startswith("/") or len(page) > 300:
        raise ValidationError("Name the page by its address.")
    text = json.dumps({str(name): _plain(value) for name, value in typed.items()})
    if len(text) > SIZE_LIMIT:
        raise ValidationError(f"Type {SIZE_LIMIT:,} characters or fewer before you save.")
    Unsaved.objects.update_or_create(user=user, page=page, defaults={"typed": text})


def typed_on(*, user, page: str) -> dict:
    """What somebody typed on a page and did not save; empty where there is nothing."""
    row = Unsaved.objects.filter(user=user, page=page[:300]).first()
    return json.loads(row.typed) if row else {}


def drop(*, user, page: str) -> None:
    """Forget what was typed on a page: it was saved, or is not wanted."""
    Unsaved.objects.filter(user=user, page=page[:300]).delete()


def _plain(value) -> str | list[str]:
    if isinstance(value, list):
        return [str(each).replace("\0", "") for each in value]
    return str(value).replace("\0", "")
