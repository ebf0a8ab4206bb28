"""Log lines: one a record, whatever a stranger typed, so that nobody can forge a second line."""

import logging
import re

# A link that lets somebody in carries 43 letters after a stroke: they never stand in a log.
_SECRET = re.compile(r"(?<=/)[\w-]{43}(?![\w-])")


class OneLine(logging.Formatter):
    """Time, level, logger and message on one line; line breaks and control characters are shown, not obeyed."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The record as one printable line; a traceback follows with its lines indented."""
        plain = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None})
        line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in super().format(plain))
        line = _SECRET.sub("[secret]", line)
        if record.exc_info:
            trace = self.formatException(record.exc_info)
            line += "".join(f"\n    {part}" for part in trace.splitlines())
        return line
