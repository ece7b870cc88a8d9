"""Tell people what came of their words; take quotes of set-aside words off other pages."""

from cells.ideas import lineage
from cells.ideas.actions import reword_origin
from cells.ideas.models import Opportunity
from dialogues.silencing import actions as silencing
from dialogues.silencing.models import Silencing
from dialogues.themes.actions import authors
from dialogues.themes.models import Theme
from dialogues.told_back.actions import quotes
from foundation import events
from foundation.models import Event
from notifications.actions import tell


@events.inside(
    "opportunity.chosen", "opportunity.parked", "opportunity.declined", "opportunity.closed"
)
def tell_who_said_it(event: Event) -> None:
    """Tell the people whose words led to an improvement idea what came of it."""
    opportunity = Opportunity.objects.within(event.agency).get(pk=event.subject_id)
    parts = lineage.all_in(opportunity)
    told = {event.actor_id, *(part.author_id for part in parts)}
    origins = {part.origin_id or 0 for part in parts if part.origin_type == Theme.subject_code}
    for theme in Theme.objects.within(event.agency).filter(pk__in=origins).order_by("pk"):
        for author in authors(theme):
            if author.pk not in told:
                tell(author, "theme.moved", subject=theme)


@silencing.following
def reword_ideas(words: Silencing) -> None:
    """Update quotes that were copied to cells."""
    voice, contribution = words.voice_id, words.contribution_id
    said = {"words__voice": voice} if voice else {"words__contribution": contribution}
    for theme in Theme.objects.within(words.agency).filter(**said).distinct():
        reword_origin(words.agency, Theme.subject_code, theme.pk, quotes(theme))
