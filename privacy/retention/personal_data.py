"""Personal data of the schedule: who changed it, and what waits to be destroyed."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import always, since
from foundation.personal_data import AGENCYS, listed, register, register_table
from foundation.retention import (
    AGENCY,
    BY_ITSELF,
    CHOICE,
    UNDO,
    KeptFor,
    RetentionClass,
    declare,
)
from privacy.retention.models import (
    AnnouncedRow,
    ArchivedRow,
    RetentionRule,
    RetentionRun,
    RetentionTurn,
)
from recovery.contents import leave_to_migrations

ARCHIVED = declare(
    RetentionClass(
        "archived",
        _("What the schedule has taken out of use, in case that has to be undone"),
        KeptFor.of(UNDO),
        (CHOICE,),
        waits=BY_ITSELF,
    )
)

register(
    RetentionRule,
    _("Changes of the schedule"),
    whose=AGENCYS,
    # Past days ask for the time then in force as long as the agency is here.
    kept=always(AGENCY),
    nothing="code months days",
    record="cites reason",
)
register(
    RetentionTurn,
    _("When the schedule was turned on, off or paused"),
    whose=AGENCYS,
    kept=always(AGENCY),
    nothing="code on",
)
register(
    RetentionRun,
    _("Runs of the schedule"),
    whose=AGENCYS,
    # It proves what was destroyed, and when.
    kept=always(AGENCY),
    nothing="code taken",
)
register(
    ArchivedRow,
    _("What is out of use and waits to be destroyed"),
    whose=listed("people"),
    # From the day of the run.
    kept=since(ARCHIVED, "run__day"),
    # Destroyed with the person. Nobody reads it and nobody exports it: it is out of use.
    goes=True,
    nothing="place",
    fact="people groups",
    record="row",
)
register(
    AnnouncedRow,
    _("What was announced and waits to be destroyed"),
    # Places and keys, without what the rows say.
    whose=AGENCYS,
    kept=since(ARCHIVED, "run__day"),
    nothing="place chosen",
    key="row",
)
register_table(
    "privacy_wholeplace",
    _("What the schedule takes as wholes"),
    nothing=(
        "place code months days least_months least_days tax_due held key level parent link since"
        " is_moment people groups history ties subject_code subject_key unless"
    ),
)
register_table(
    "privacy_takenplace",
    _("Where the schedule takes rows"),
    nothing=(
        "place code months days least_months least_days held key parent link since is_moment"
        " people groups unless undo_days"
    ),
)
register_table(
    "privacy_subject", _("Whom a subject is about"), nothing="code place key people groups"
)
# They hold SQL that runs with the owner's rights: never take it from a file.
for _table in ("privacy_takenplace", "privacy_subject", "privacy_wholeplace"):
    leave_to_migrations(_table, "part of the schema: migrations fill it")
