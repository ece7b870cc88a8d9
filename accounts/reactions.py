"""Send new invitations promptly."""

from accounts.tasks import send_invitations
from foundation import events


@events.after_commit("invitation.made")
def send(agency_id: int, event_id: int) -> None:
    send_invitations.delay(agency_id)
