"""The mailbox of the demonstration: open to all there, and nowhere else."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from register.chasing.views.mailbox import SHOWN
from register.notices.backend import Backend

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.DEMONSTRATION, settings.DATA_DIR = True, tmp_path


def send(number: int, text: str = "Read it here:\n\nhttps://x.example/sign/l/abc/\n\n<b>Bold?</b>"):
    for place in range(number):
        message = EmailMultiAlternatives(f"Message {place}", text, to=["a@example.org"])
        message.attach_alternative("<p>other</p>", "text/html")
        Backend().send_messages([message])


def test_there_is_none_but_in_the_demonstration(settings):
    settings.DEMONSTRATION = False
    assert Client().get(reverse("chasing:mailbox")).status_code == 404


def test_anybody_reads_there_what_was_sent_newest_first_with_live_links(demonstration):
    send(2)
    page = Client().get(reverse("chasing:mailbox")).content.decode()
    assert page.index("Message 1") < page.index("Message 0")
    assert '<a href="https://x.example/sign/l/abc/"' in page
    assert "&lt;b&gt;Bold?&lt;/b&gt;" in page
    assert "This is a demonstration" in page


def test_it_says_so_when_nothing_was_sent(demonstration):
    assert "Nothing was sent yet." in Client().get(reverse("chasing:mailbox")).content.decode()


def test_older_messages_stand_on_further_pages(demonstration):
    send(SHOWN + 1)
    address = reverse("chasing:mailbox")
    assert "Older messages" in Client().get(address).content.decode()
    second = Client().get(f"{address}?page=2").content.decode()
    assert "Message 0" in second
    assert "Newer messages" in second
    for odd in ("0", "-1", "x", "999999999999"):
        assert Client().get(f"{address}?page={odd}").status_code == 200
