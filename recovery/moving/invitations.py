"""Open invitations of an agency that was moved: letters sent before let nobody in."""

import uuid
from collections.abc import Mapping

from accounts import invitation_codes
from accounts.models import Invitation
from recovery.moving.register import renew


def _digest(row: Mapping[str, str]) -> str:
    """The digest of the code that this installation makes of the shifted seed."""
    invitation = Invitation(seed=uuid.UUID(row["seed"]))
    return invitation_codes.digest(invitation_codes.code_of(invitation))


renew(Invitation, "token_digest", _digest)
