"""Asks a time stamp server (RFC 3161) when a seal was made, so that the hour does not rest on our word."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

SECONDS = 20
LARGEST_ANSWER = 200_000


class NoTimeStamp(Exception):
    """The time stamp server did not answer as it should; `sentence` says so."""

    sentence = "The time stamp server did not answer. It is asked again later."


class TimeStampServer(TimeStamper):
    """The time stamp server at an address; NoTimeStamp when it does not answer within 20 seconds."""

    def __init__(self, url: str):
        super().__init__()
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The server's answer to a request."""
        kind = {"Content-Type": "application/timestamp-query"}
        asking = urllib.request.Request(self.url, data=req.dump(), headers=kind)
        try:
            with urllib.request.urlopen(asking, timeout=SECONDS) as answer:
                return tsp.TimeStampResp.load(answer.read(LARGEST_ANSWER))
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise NoTimeStamp(str(error)) from error
