"""The code of an invitation: in the link that is sent, or printed for somebody to type.

It is derived from the invitation's seed and the installation's secret key when needed. So a retry
after a crash sends the same code, and the database never holds it.
"""

import hashlib

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.models import Invitation
from foundation import codes, tenancy
from foundation.models import Agency

LENGTH = 16


def code_of(invitation: Invitation) -> str:
    """Sixteen letters and digits, about 78 bits, derived with the key it was made with."""
    for key in settings.SECRET_KEY_FALLBACKS:
        code = _code(invitation, key)
        if digest(code) == invitation.token_digest:
            return code
    return _code(invitation, settings.SECRET_KEY)


def _code(invitation: Invitation, key: str) -> str:
    mixed = salted_hmac("accounts.invitation", invitation.seed.hex, key, algorithm="sha256")
    return codes.from_bytes(mixed.digest(), LENGTH)


def digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def find(typed: str) -> tuple[Agency, int] | None:
    """The agency and invitation key for this code, whatever the invitation's state."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        found = Invitation.objects.across(agencies).filter(token_digest=digest(codes.typed(typed)))
        row = found.values_list("agency_id", "pk").first()
    return (agencies[row[0]], row[1]) if row else None
