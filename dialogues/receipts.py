"""The code with which somebody who spoke as nobody finds the reply; only its digest is kept."""

from django.core import signing
from django.utils.crypto import salted_hmac

from foundation import codes

LENGTH = 12
_SALT = "dialogues.receipt"


def new() -> str:
    return codes.random_code(LENGTH)


def digest(code: str) -> str:
    return salted_hmac(_SALT, code, algorithm="sha256").hexdigest()


def sealed(code: str) -> str:
    """The code for a hidden field, so that only codes made here come back."""
    return signing.Signer(salt=_SALT).sign(code)


def unsealed(value: str) -> str | None:
    """The code that was sealed, or None where the field was tampered with."""
    try:
        return signing.Signer(salt=_SALT).unsign(value)
    except signing.BadSignature:
        return None
