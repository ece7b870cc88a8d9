"""What governing documents keep of people: who rated a version, and the words that they quote."""

from documents.models import Document, Ratification, Rating, RatingItem, Version
from foundation.personal_data import AGENCYS, always, of, register, within
from foundation.retention import AGENCY

register(Document, whose=AGENCYS, kept=always(AGENCY), nothing="kind")
register(
    Version,
    whose=AGENCYS,
    # How long it was in force is not written in it: all versions stay with their document.
    kept=within("document"),
    nothing="number form",
    record="text text_equivalent",
)
register(Ratification, whose=AGENCYS, kept=within("version"), nothing="body")
register(
    Rating,
    whose=of("rater"),
    kept=within("version"),
    standing="standing employed_peer",
)
register(
    RatingItem,
    whose=of("rating__rater"),
    kept=within("rating"),
    fact="code present",
    words={"words": "rating__rater"},
    redacted="words",
)
