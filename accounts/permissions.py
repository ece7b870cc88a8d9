"""What each role may do: one enum, one table."""

from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    FACILITATOR = "facilitator", _("Facilitator")
    APPROVER = "approver", _("Payment approver")
    PAYER = "payer", _("Payer")
    COMMITTEE = "committee", _("Oversight committee member")
    MANAGEMENT = "management", _("Management")


class Permission(Enum):
    MANAGE_PEOPLE = auto()
    MANAGE_SETTINGS = auto()
    MANAGE_COMPENSATION = auto()
    SEE_STANDINGS = auto()
    SEE_ACTIVITY = auto()
    FACILITATE = auto()
    RUN_SURVEYS = auto()
    APPROVE_PAYMENTS = auto()
    PAY = auto()
    SEE_PAYMENTS = auto()
    OVERSEE = auto()
    ANSWER_FOR_MANAGEMENT = auto()


ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_PEOPLE,
            Permission.MANAGE_SETTINGS,
            Permission.MANAGE_COMPENSATION,
            Permission.SEE_STANDINGS,
            Permission.SEE_ACTIVITY,
            Permission.RUN_SURVEYS,
        }
    ),
    Role.FACILITATOR: frozenset(
        {Permission.FACILITATE, Permission.SEE_STANDINGS, Permission.RUN_SURVEYS}
    ),
    Role.APPROVER: frozenset({Permission.APPROVE_PAYMENTS, Permission.SEE_PAYMENTS}),
    Role.PAYER: frozenset({Permission.PAY, Permission.SEE_PAYMENTS}),
    Role.COMMITTEE: frozenset({Permission.OVERSEE}),
    Role.MANAGEMENT: frozenset({Permission.ANSWER_FOR_MANAGEMENT}),
}

# Roles that whoever holds them can lend to somebody for some days.
LENT = frozenset({Role.APPROVER, Role.PAYER})
# Roles that handle money, people or settings sign in with a second factor.
SECOND_FACTOR = frozenset({Role.ADMINISTRATOR, Role.APPROVER, Role.PAYER})


def permissions(roles: frozenset[Role]) -> frozenset[Permission]:
    """All permissions of these roles together."""
    return frozenset().union(*(ROLES[role] for role in roles))
