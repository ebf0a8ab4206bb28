"""The short code of a text: what is printed on paper so that anyone can find and check the version.

Ten characters of Crockford's base 32 (https://www.crockford.com/base32.html) from the first fifty
bits of the text hash, shown in two halves: "7QK2M-0ZX4B".
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
BITS_LEFT_OUT = 2  # thirteen hexadecimal digits hold 52 bits, a code 50
HASH_LENGTH = 64

_HASH = re.compile(r"[0-9a-f]{64}")
_GAPS = re.compile(r"[\s\u2010-\u2015\u2212-]+")
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def short_code(body_sha256: str) -> str:
    """ "7QK2M-0ZX4B" for a SHA-256 in 64 hexadecimal digits; nothing for a draft, which has none."""
    if not body_sha256:
        return ""
    if not _HASH.fullmatch(body_sha256):
        raise ValueError("A short code is made from a SHA-256 in 64 hexadecimal digits.")
    number = int(body_sha256[:13], 16) >> BITS_LEFT_OUT
    letters = "".join(ALPHABET[(number >> shift) & 31] for shift in range(45, -1, -5))
    return f"{letters[:5]}-{letters[5:]}"


def same_code(typed: str, body_sha256: str) -> bool:
    """Whether what somebody typed is the code of this text, all ten characters of it.

    Small letters, spaces and hyphens do not matter; O is read as 0, I and L as 1.
    """
    return bool(body_sha256) and read_code(typed) == short_code(body_sha256)


def read_code(typed: str) -> str:
    """What was typed, written as it is printed; nothing where it cannot be a code."""
    letters = _GAPS.sub("", typed[:100]).upper().translate(_READ_AS)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return ""
    return f"{letters[:5]}-{letters[5:]}"


def hashes_of(typed: str) -> tuple[str, str] | None:
    """The lowest and the highest text hash that has this code, for a search on an indexed column:
    `filter(body_sha256__range=found)`; None where what was typed cannot be a code.

    The bounds are exact, so that no further check is needed. Two texts share a code about once in
    a thousand million million: whoever searches shows each that is found.
    """
    code = read_code(typed).replace("-", "")
    if not code:
        return None
    number = 0
    for letter in code:
        number = number << 5 | ALPHABET.index(letter)
    lowest = f"{number << BITS_LEFT_OUT:013x}"
    highest = f"{(number << BITS_LEFT_OUT) | (2**BITS_LEFT_OUT - 1):013x}"
    return lowest.ljust(HASH_LENGTH, "0"), highest.ljust(HASH_LENGTH, "f")
