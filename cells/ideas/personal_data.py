"""Personal data of ideas: an idea belongs to its author, its outcome does not."""

from django.utils.translation import gettext_lazy as _

from cells.ideas.models import Opportunity
from foundation.kept import within
from foundation.personal_data import of, register

register(
    Opportunity,
    _("Improvement ideas"),
    whose=of("on_behalf_of", "raised_by"),
    kept=within("cell"),
    nothing="kind state",
    key="origin_type origin_id",
    words={"title": "on_behalf_of raised_by", "description": "on_behalf_of raised_by"},
    taken_back="title description",
    # Once the cell has chosen it, it works on it: the idea stays without the person.
    stays_if={"title": "chosen_on", "description": "chosen_on"},
    record="origin_words reason result told",
    # Of the dialogue's words it came from.
    copies="origin_words",
)
