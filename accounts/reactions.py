"""Send new invitations promptly."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from accounts.tasks import send_invitations
from foundation import events
from foundation.models import Event


@events.together("invitation.made", "invitation.reminded")
def send(made: Sequence[Event]) -> None:
    """Ask for one job, however many invitations were made at once."""
    transaction.on_commit(partial(send_invitations.delay, made[0].agency_id), robust=True)
