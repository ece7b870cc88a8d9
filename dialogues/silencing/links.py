"""The words of messages to authors whose words are set aside."""

from django.utils.translation import gettext_lazy as _

from notifications import notices

notices.register("words.set_aside", _("Some of your words were set aside. Read why."))
notices.register("words.back", _("Words of yours that were set aside can be read again."))
notices.register("words.stay_aside", _("Your appeal was decided. Read how."))
