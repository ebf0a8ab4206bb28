"""What a print may fetch: the project's own fonts and drawings, by name, and nothing else at all."""

from collections.abc import Mapping
from pathlib import Path

from weasyprint.urls import URLFetcher, URLFetcherResponse

from register.printing.drawings import SHELF


class ShelfFetcher(URLFetcher):
    """Serves `print:<name>` from the given fonts and drawings and refuses every other address.

    Neither a socket nor a file outside the shelf is ever opened, whatever a text asks for.
    """

    def __init__(self, files: list[Path], drawings: Mapping[str, bytes] | None = None):
        super().__init__(allowed_protocols=("print",), allow_redirects=False)
        self._shelf = {SHELF + file.name: file for file in files}
        self._drawings = dict(drawings or {})
        self.refused: list[str] = []

    def fetch(self, url, headers=None):
        """The named font or drawing; ValueError for anything that does not stand on the shelf."""
        if (svg := self._drawings.get(url)) is not None:
            return URLFetcherResponse(url, svg, {"Content-Type": "image/svg+xml"})
        file = self._shelf.get(url)
        if file is None:
            self.refused.append(url[:200])
            raise ValueError("A print fetches nothing but its own fonts and drawings.")
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/woff2"})

    def open(self, url, data=None, timeout=None):
        """Same as `fetch`: the opener's own handlers for http, ftp and file are never reached."""
        return self.fetch(getattr(url, "full_url", url))
