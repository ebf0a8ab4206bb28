"""The identifier that a request's lines and entries share."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from register.ledger.middleware import RequestIdMiddleware
from register.ledger.open_acts import request_id


def answer(**headers):
    return RequestIdMiddleware(lambda request: HttpResponse(request_id.get()))(
        RequestFactory().get("/", headers=headers)
    )


def test_a_sane_identifier_of_the_proxy_is_kept():
    response = answer(**{"X-Request-ID": "abcd-1234"})
    assert response.content == b"abcd-1234"
    assert response["X-Request-ID"] == "abcd-1234"
    assert request_id.get() == ""


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "abcd 1234", "abcd1234\n"])
def test_any_other_is_replaced(given):
    made = answer(**{"X-Request-ID": given}).content.decode()
    assert len(made) == 32
    assert made.isalnum()
