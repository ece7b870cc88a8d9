"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "dialogue.opened": _("opened a dialogue"),
        "dialogue.advanced": _("took a dialogue to its next stage"),
        "dialogue.closed": _("closed a dialogue"),
        "door.opened": _("opened a page for voices without a name"),
        "door.closed": _("closed a page for voices without a name"),
        "ground_rules.set": _("set ground rules"),
        "ground_rules.begun_from_starter": _("began ground rules from the starter text"),
        "ground_rules.acknowledged": _("accepted the ground rules"),
        "contribution.made": _("said something in a dialogue"),
        "reader.named": _("named who reads words to the whole program"),
        "reader.ended": _("ended that somebody reads words to the whole program"),
        "reader.changed": _("changed whether a reader’s name is shown"),
        "words.looked_at": _("read what people said"),
        "theme.harvested": _("wrote down a theme"),
        "theme.grew": _("added words to a theme"),
        "theme.disposed": _("said what happens with a theme"),
        "theme.taken_to_cell": _("took a theme to a cell"),
        "theme.answered": _("told back what came of a theme"),
    }
)
