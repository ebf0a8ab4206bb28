"""Header lines of messages: always one line, whatever title stands in them."""


def one_line(words: str) -> str:
    """The words on one line: breaks and control characters become single spaces."""
    shown = "".join(char if char.isprintable() else " " for char in str(words))
    return " ".join(shown.split())
