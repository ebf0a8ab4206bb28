"""How much one text may hold before its print is refused, with the place named in the sentence."""

import re

from register.printing.refusals import PrintFailed

LONGEST_TEXT = 400_000
LONGEST_WORD = 4_000
WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def within(text: str, where: str) -> str:
    """The same text, or PrintFailed naming `where` it is too long to be laid out."""
    if len(text) > LONGEST_TEXT:
        raise PrintFailed(
            f"{where} holds {len(text):,} characters and cannot be printed: "
            "attach it as a file, or divide it."
        )
    if word := WORD.search(text):
        raise PrintFailed(
            f"{where} holds a word of {len(word[0]):,} characters and cannot be printed: "
            "put spaces into it."
        )
    return text
