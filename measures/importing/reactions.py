"""Start requested imports of big files; the words of messages about them."""

from django.utils.translation import gettext_lazy as _

from foundation import events
from measures.importing.tasks import bring_in
from notifications import notices

notices.register("import.done", _("The numbers of your file are saved: “%(title)s”."))
notices.register("import.stopped", _("The numbers of your file could not be saved: “%(title)s”."))


@events.after_commit("import.asked")
def begin_import(agency_id: int, event_id: int) -> None:
    bring_in.delay(agency_id)
