"""How often somebody can ask others to step in for them, or to help."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import attempts
from foundation.policies import Limit
from groups.policies import ASK_ONE, ASK_PEOPLE, ASKS_IN


def count_ask(asked: Member, *, field: str, by: Member) -> None:
    """Count one more ask; ValidationError for `field` if there were too many.

    Whether the person heard of it makes no difference, so that nobody can tell from this.
    """
    if _too_often(ASK_ONE, str(by.pk), str(asked.pk)):
        raise ValidationError(
            {field: _("You asked this person several times. Give them time, or ask somebody else.")}
        )
    if _too_often(ASK_PEOPLE, str(by.pk)):
        raise ValidationError({field: _("You asked several people. Wait for their answers.")})


def _too_often(most: Limit, *whose: str) -> bool:
    return attempts.count(most.code, *whose, seconds=ASKS_IN.span.total_seconds()) > most.value
