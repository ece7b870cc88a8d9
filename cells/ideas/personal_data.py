"""Personal data of ideas: an idea belongs to its author, its outcome does not."""

from django.utils.translation import gettext_lazy as _

from cells.ideas.models import Opportunity
from foundation.personal_data import of, register, within

register(
    Opportunity,
    _("Improvement ideas"),
    whose=of("on_behalf_of", "raised_by"),
    kept=within("cell"),
    nothing="kind state",
    key="origin_type origin_id",
    words={"title": "on_behalf_of raised_by", "description": "on_behalf_of raised_by"},
    # The cell works on it, so it stays without the person.
    redacted="title description",
    # A copy of the dialogue's words it came from.
    record="origin_words reason result told",
)
