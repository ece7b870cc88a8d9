"""The code with which one person answers one round.

A member's own code is derived from the secret key whenever it is needed (for the link on their home
page) and never stored. A printed sheet's code is random and shown once, on the printed page. The
database holds only digests.
"""

from collections.abc import Mapping

from django.utils.crypto import salted_hmac

from foundation import codes
from recovery.moving.register import renew
from satisfaction.models import SurveyInvitation

LENGTH = 12
# What the digest of somebody who was erased begins with; the row's key follows.
FORMER = "former-"


def code_of(invitation: SurveyInvitation) -> str:
    return _code(invitation.agency_id, invitation.round_id, invitation.member_id)


def for_sheet() -> str:
    """A new code that leads to nobody."""
    return codes.random_code(LENGTH)


def digest_for(agency_id: int, round_id: int, member_id: int) -> str:
    """The digest of a member's code, as stored with the invitation."""
    return digest(_code(agency_id, round_id, member_id))


def digest(code: str) -> str:
    return salted_hmac("satisfaction.digest", code, algorithm="sha256").hexdigest()


def _code(*parts: int) -> str:
    whose = ":".join(str(part) for part in parts)
    return codes.from_bytes(
        salted_hmac("satisfaction.code", whose, algorithm="sha256").digest(), LENGTH
    )


def _renewed(row: Mapping[str, str]) -> str:
    """The digest of a row whose keys were shifted: codes are derived from keys."""
    if row["digest"].startswith(FORMER):
        return f"{FORMER}{row['id']}"
    return digest_for(int(row["agency_id"]), int(row["round_id"]), int(row["member_id"]))


renew(SurveyInvitation, "digest", _renewed)
