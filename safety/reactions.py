"""Safety's messages to people, its contacts beside text boxes, and its retention."""

from django.utils.translation import gettext_lazy as _

from foundation import writing
from notifications import notices
from safety import contacts

notices.register("call.made", _("Somebody asks you to contact them."))
notices.register("call.seen", _("Somebody has seen that you want to be contacted."))
notices.register("no_contact.recorded", _("A no-contact order was recorded. Please look at it."))
notices.register("no_contact.ended", _("A no-contact order was ended. Please look at it."))
writing.register(contacts.entered)
