"""Personal data of governing documents: who rated a version, and the words they quote."""

from django.utils.translation import gettext_lazy as _

from documents.models import (
    CharterTerms,
    Document,
    ProcessStep,
    Ratification,
    Rating,
    RatingItem,
    Version,
)
from foundation.kept import always, since, within
from foundation.personal_data import AGENCYS, of, register
from foundation.retention import AGENCY, GOVERNANCE

register(Document, _("Governing documents"), whose=AGENCYS, kept=always(AGENCY), nothing="kind")
register(
    Version,
    _("Versions of governing documents"),
    whose=AGENCYS,
    # Nothing records how long it was in force, so all versions stay with their document.
    kept=within("document"),
    nothing="number form",
    record="text text_equivalent",
)
register(
    ProcessStep,
    _("Steps of a process"),
    whose=AGENCYS,
    kept=within("process"),
    nothing="position",
    record="name who_decides consumers feedback appeal measure",
)
register(
    CharterTerms,
    _("Terms of a charter"),
    whose=AGENCYS,
    kept=within("charter"),
    nothing=(
        "seats_consumers seats_family seats_staff seats_others term_months terms_in_a_row "
        "quorum_percent quorum_consumers decides_by chair co_chair note_taker minutes_to_board "
        "minutes_to_program minutes_to_public"
    ),
    record="grounds powers budget disputes",
)
register(Ratification, _("Ratifications"), whose=AGENCYS, kept=within("version"), nothing="body")
register(
    Rating,
    _("Ratings of governing documents"),
    whose=of("rater"),
    # The version stays; who rated it, and in what standing, does not.
    # The last rating of a version still holds.
    kept=since(GOVERNANCE, "on", last_of="version"),
    standing="standing employed_peer",
)
register(
    RatingItem,
    _("Checklist items of a rating"),
    whose=of("rating__rater"),
    kept=within("rating"),
    fact="code present",
    words={"words": "rating__rater"},
    taken_back="words",
)
