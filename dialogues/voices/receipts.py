"""The code with which an anonymous author finds the reply; only its digest is stored."""

from django.core import signing
from django.utils.crypto import salted_hmac

from dialogues.voices.models import Voice
from foundation import codes, tenancy
from foundation.models import Agency

LENGTH = 12
_SALT = "dialogues.receipt"


def new() -> str:
    return codes.random_code(LENGTH)


def digest(code: str) -> str:
    return salted_hmac(_SALT, code, algorithm="sha256").hexdigest()


def sealed(code: str) -> str:
    """Seal the code for a hidden field, so that only codes made here come back."""
    return signing.Signer(salt=_SALT).sign(code)


def unsealed(value: str) -> str | None:
    """The sealed code, or None if the field was tampered with."""
    try:
        return signing.Signer(salt=_SALT).unsign(value)
    except signing.BadSignature:
        return None


def agency_of_receipt(code: str) -> Agency | None:
    """The agency that issued this receipt."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        voices = Voice.objects.across(agencies).select_related("agency")
        found = voices.filter(receipt=digest(code)).first()
    return found.agency if found else None
