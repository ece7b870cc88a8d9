"""A change that somebody denies is looked into; the words of the messages."""

from django.utils.translation import gettext_lazy as _

from accounts import former
from foundation import events
from foundation.models import Event
from notifications import notices
from notifications.actions import tell
from privacy.denials import actions

# The group's own message quotes the proposal and leads to it.
TOLD_ALREADY = {"position.taken"}

notices.register("denial.answered", _("Somebody answered what you said was not right."))
notices.register(
    "entry.for_you", _("Somebody entered something for you. Please check that it is right.")
)
former.register(
    "privacy:denials",
    _("What was not right"),
    _("What you said was not you, and the answers."),
    "privacy:deny_look",
    "privacy:deny_entry",
    "privacy:denial",
)


@events.inside("way.denied")
def _look_into(event: Event) -> None:
    changes = Event.objects.within(event.agency).select_related("actor")
    assert event.actor is not None
    actions.note_change(changes.get(pk=event.data["change"]), by=event.actor)


@events.inside(events.ANY)
def _tell_for_whom(event: Event) -> None:
    """Tell the person for whom something was entered."""
    person = event.on_behalf_of
    if person is None or event.actor_id in (None, person.pk) or event.name in TOLD_ALREADY:
        return
    person.agency = event.agency
    tell(person, "entry.for_you", subject=event, title="")
