"""Personal data in foundation's own tables, and in Django's that belong to no app.

Each app has a `personal_data.py` for this; here that name is the register's own.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from foundation.kept import always, since
from foundation.models import Agency, Attempts, Event, PolicyChange, Submission
from foundation.personal_data import AGENCYS, InExport, of, register, register_table
from foundation.retention import AGENCY, LOGS, MACHINE, SUBMISSIONS, TRIES

register(
    Agency,
    _("The agency"),
    whose=AGENCYS,
    kept=always(AGENCY),
    nothing="slug name timezone sandbox part2",
)
register(
    Event,
    _("Who did what, and when"),
    whose=of("actor", "on_behalf_of"),
    kept=since(LOGS, "at"),
    key="subject_type subject_id",
    subject="subject_type subject_id",
    # Ids, codes and numbers, never a name or free text; also about others than the actor.
    fact="name data",
    export={InExport.OTHERS: "data"},
)
register(
    PolicyChange,
    _("Changes of settings"),
    whose=AGENCYS,
    # Past days ask for the value then in force as long as the agency is here.
    kept=always(AGENCY),
    nothing="code value",
    record="reason",
)
register(
    Submission,
    _("Forms that were sent"),
    whose=AGENCYS,
    kept=since(SUBMISSIONS, "at"),
    nothing="key",
    # The address the form led to.
    key="location",
)
register(
    Attempts,
    _("Tries to sign in, and known networks"),
    whose=AGENCYS,
    kept=since(TRIES, "ends_at"),
    # A digest of an account or network that was tried, or of one somebody signed in from.
    trace="key",
    nothing="taken",
)
register(
    Permission,
    _("Django’s permissions, unused"),
    whose=AGENCYS,
    kept=always(MACHINE),
    nothing="name codename",
)
register(Group, _("Django’s groups, unused"), whose=AGENCYS, kept=always(MACHINE), nothing="name")
register(
    Group.permissions.through,
    _("Django’s permissions of groups, unused"),
    whose=AGENCYS,
    kept=always(MACHINE),
)
register(
    ContentType,
    _("Django’s list of models"),
    whose=AGENCYS,
    kept=always(MACHINE),
    nothing="app_label model",
)
register_table(
    "django_migrations", _("Changes of the database that were made"), nothing="id app name applied"
)
# The keys of used second-factor codes briefly contain the user's key.
register_table(
    "portal_cache",
    _("What the program keeps at hand for a moment"),
    trace="cache_key",
    nothing="value expires",
)
