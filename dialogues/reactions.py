"""What dialogues do when something else happens: sessions held, ideas moved, people erased."""

from django.utils.translation import gettext_lazy as _

from cells import lineage
from cells.models import Opportunity
from dialogues.actions.themes import authors
from dialogues.models import Contribution, Dialogue, Theme
from foundation import events
from foundation.addresses import at
from foundation.models import Event
from groups import kinds
from groups.models import Group, GroupKind
from notifications import notices
from notifications.actions import tell

notices.register("theme.disposed", _("What you said was heard: “%(title)s”. See what is next."))
notices.register("theme.taken_to_cell", _("What you said is now an improvement idea: “%(title)s”."))
notices.register("theme.answered", _("There is a reply to what you said: “%(title)s”."))
notices.register("words.set_aside", _("Some of your words were set aside. Read why."))
notices.register("words.back", _("Words of yours that were set aside can be read again."))
notices.register("words.stay_aside", _("Your appeal was decided. Read how."))
notices.register("reader.named", _("You were named to read what people say to the whole program."))
notices.register("reader.ended", _("You no longer read what people say to the whole program."))
notices.register("theme.moved", _("Something came of what you said: “%(title)s”."))

ORIGIN = "dialogues.theme"


def _page(group: Group) -> str:
    dialogue = Dialogue.objects.within(group.agency).get(group=group)
    return at(group.agency, "dialogues:dialogue", pk=dialogue.pk)


kinds.register(GroupKind.DIALOGUE, _page, closing=_page)


@events.inside(
    "opportunity.chosen", "opportunity.parked", "opportunity.declined", "opportunity.closed"
)
def tell_who_said_it(event: Event) -> None:
    """Those whose words an improvement idea came from hear what became of it."""
    opportunity = Opportunity.objects.within(event.agency).get(pk=event.subject_id)
    parts = lineage.all_in(opportunity)
    told = {event.actor_id, *(part.author_id for part in parts)}
    origins = {part.origin_id or 0 for part in parts if part.origin_type == ORIGIN}
    for theme in Theme.objects.within(event.agency).filter(pk__in=origins).order_by("pk"):
        for author in authors(theme):
            if author.pk not in told:
                tell(author, "theme.moved", subject=theme)


@events.inside("member.erased")
def forget_names(event: Event) -> None:
    """What they said stays, under nobody's name."""
    Contribution.objects.within(event.agency).filter(author=event.subject_id).update(named=False)
