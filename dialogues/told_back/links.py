"""The words of messages to people who spoke."""

from django.utils.translation import gettext_lazy as _

from notifications import notices

notices.register("theme.disposed", _("What you said was heard: “%(title)s”. See what is next."))
notices.register("theme.taken_to_cell", _("What you said is now an improvement idea: “%(title)s”."))
notices.register("theme.answered", _("There is a reply to what you said: “%(title)s”."))
notices.register("theme.moved", _("Something came of what you said: “%(title)s”."))
