"""Who may decide what happens with a theme, and reply."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.dialogue.rules import facilitating
from dialogues.themes.models import Theme
from foundation.refusals import Refusal


def disposing(theme: Theme, by: Member) -> Refusal | None:
    return facilitating(theme.dialogue, by)


def replying(theme: Theme, by: Member, *, disposed: bool) -> Refusal | None:
    if (refusal := facilitating(theme.dialogue, by)) is not None:
        return refusal
    if not disposed:
        return Refusal(
            _("Nobody has decided yet what happens with this theme."),
            _("Say that first. Then tell people."),
        )
    return None
