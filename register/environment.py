"""Reads the environment for settings.py; whatever is missing or unsafe stops the program with a sentence."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "demonstration", "test")


def text(name: str, default: str = "") -> str:
    """The variable `name`, or `default` where it is not set or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """The variable `name` as yes or no; any other word stops the program."""
    word = text(name, "yes" if default else "no").lower()
    if word not in {"yes", "no", "true", "false", "1", "0"}:
        raise ImproperlyConfigured(f"{name} is “{word}”: set it to yes or no.")
    return word in {"yes", "true", "1"}


def number(name: str, default: int) -> int:
    """The variable `name` as a whole number; anything else stops the program."""
    word = text(name, str(default))
    if not word.isdigit():
        raise ImproperlyConfigured(f"{name} is “{word}”: set it to a whole number.")
    return int(word)


def mode() -> str:
    """How the program runs: production unless REGISTER_MODE says demonstration or test."""
    word = text("REGISTER_MODE", "production")
    if word not in MODES:
        raise ImproperlyConfigured(f"REGISTER_MODE is “{word}”: set it to {', '.join(MODES)}.")
    return word


def secret(name: str) -> str:
    """The secret `name`: its value, or the text of the file that `name`_FILE names; empty where neither is set."""
    path = text(f"{name}_FILE")
    return _read(path, f"{name}_FILE") if path else text(name)


def secret_key(running: str, data_dir: Path) -> str:
    """The key that signs sessions: SECRET_KEY, the text of SECRET_KEY_FILE, or, outside production,
    one made once and kept in the data folder. Production refuses a missing or short key.
    """
    if path := text("SECRET_KEY_FILE"):
        return _long_enough(_read(path, "SECRET_KEY_FILE"), "SECRET_KEY_FILE")
    if key := text("SECRET_KEY"):
        return _long_enough(key, "SECRET_KEY")
    if running == "production":
        raise ImproperlyConfigured(
            "Set SECRET_KEY or SECRET_KEY_FILE to a secret of 50 characters or more, "
            "or start the demonstration with `make run`."
        )
    kept = data_dir / "secret_key"
    if not kept.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text().strip()


def required(name: str, running: str, default: str, why: str) -> str:
    """The variable `name`; production refuses to start without it and says why."""
    value = text(name)
    if not value and running == "production":
        raise ImproperlyConfigured(f"Set {name}: {why}")
    return value or default


def _read(path: str, name: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}.") from error


def _long_enough(key: str, name: str) -> str:
    if len(key) < 50 or len(set(key)) < 10:
        raise ImproperlyConfigured(
            f"{name} is too short or too simple: use 50 random characters or more."
        )
    return key
