"""Codes that people read from paper and type on a phone, without look-alike letters."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4


def random_code(length: int) -> str:
    """An unguessable code: about 4.9 bits a letter."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def from_bytes(digest: bytes, length: int) -> str:
    """The code for a digest, the same each time."""
    number = int.from_bytes(digest)
    letters = []
    for _ in range(length):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def typed(text: str) -> str:
    """Normalize a typed code: case, spaces and dashes don't matter."""
    return "".join(letter for letter in text.upper() if letter in ALPHABET)


def shown(code: str) -> str:
    """The code in groups, for display and print."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
