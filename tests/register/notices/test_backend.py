"""Mail leaves by the way that one address names."""

import email
from email import policy

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from register.notices import backend


def message(subject="Hello") -> EmailMessage:
    return EmailMessage(subject, "Words", "office@example.org", ["a@example.org"])


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://u%40x:p%3Aw@mail.example.org", 587, True, False),
        ("smtps://mail.example.org:4650?timeout=3", 4650, False, True),
    ],
)
def test_an_address_says_how_smtp_is_spoken(url, port, tls, ssl):
    way = backend.way(url)

    assert (way.host, way.port, way.use_tls, way.use_ssl) == ("mail.example.org", port, tls, ssl)


def test_user_and_word_are_decoded():
    way = backend.way("smtp+tls://u%40x:p%3Aw@mail.example.org")

    assert (way.username, way.password) == ("u@x", "p:w")


@pytest.mark.parametrize("url", ["", "mail.example.org", "ftp://x", "smtp://", "file:///"])
def test_an_address_that_names_no_way_stops_with_a_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        backend.way(url)


@pytest.mark.parametrize("url", ["console:", "console://"])
def test_messages_are_shown_on_the_console(settings, url, capsys):
    settings.EMAIL_URL = url

    assert backend.Backend().send_messages([message()]) == 1
    assert "Subject: Hello" in capsys.readouterr().out


def test_messages_are_written_into_a_folder(settings, tmp_path):
    settings.EMAIL_URL = f"file://{tmp_path}/mail"

    sent = backend.Backend().send_messages([message(), message("Two\nlines")])

    files = sorted((tmp_path / "mail").glob("*.eml"))
    read = [email.message_from_bytes(f.read_bytes(), policy=policy.default) for f in files]
    assert sent == 2
    assert {one["Subject"] for one in read} == {"Hello", "Two lines"}


def test_the_demonstration_mails_nobody(settings, tmp_path):
    settings.DEMONSTRATION, settings.DATA_DIR = True, tmp_path
    settings.EMAIL_URL = "smtp://mail.example.org"

    backend.Backend().send_messages([message()])

    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
