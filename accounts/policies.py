"""Limits on sessions, invitations and printed codes, and rates of sign-in attempts.

Rates are the same in the whole installation: attempts are counted before the agency is known, and
loosening a rate for one agency would loosen it for all.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Rate, Text, Unit, area, register

area("accounts", _("People and signing in"))

INVITATION = register(
    Policy("accounts.invitation", _("Days an invitation can be accepted"), Unit.DAYS, 14, 1, 90)
)
REMINDER = register(
    Limit("accounts.reminder", _("Days between two e-mails about an invitation"), Unit.DAYS, 3)
)
LIST_LENGTH = register(
    Limit("accounts.list_length", _("People on a list that is added at once"), Unit.COUNT, 2000)
)
LIST_KEPT = register(
    Limit("accounts.list_kept", _("Hours a list of people is kept"), Unit.HOURS, 24)
)
IDLE = register(Limit("accounts.idle", _("Minutes until an idle session ends"), Unit.MINUTES, 20))
IDLE_WITH_POWER = register(
    Limit(
        "accounts.idle_with_power",
        _("The same for who handles money, people or settings"),
        Unit.MINUTES,
        15,
    )
)
LONGEST = register(Limit("accounts.longest", _("Hours a session lasts, at most"), Unit.HOURS, 24))
FRESH = register(
    Limit(
        "accounts.fresh",
        _("Minutes after signing in in which sign-in settings can be changed"),
        Unit.MINUTES,
        15,
    )
)
CODES_ON_A_SHEET = register(
    Limit("accounts.codes_on_a_sheet", _("Codes on a printed sheet"), Unit.COUNT, 10)
)
DENIABLE = register(
    Limit(
        "accounts.deniable",
        _("Days in which a person is told how their sign-in changed, and can say it was not them"),
        Unit.DAYS,
        30,
    )
)
LEAVE_TAKEN_BACK = register(
    Limit(
        "accounts.leave_taken_back",
        _("Days in which a leave that was a mistake can be taken back"),
        Unit.DAYS,
        14,
    )
)
RETURN = register(
    Limit(
        "accounts.return",
        _("Days after a time away in which nothing of that person counts as late"),
        Unit.DAYS,
        7,
    )
)
PAUSE = register(
    Limit("accounts.pause", _("Days for which administrators can pause access"), Unit.DAYS, 14)
)
PAUSE_WINDOW = register(
    Limit(
        "accounts.pause_window",
        _("Days in which pauses for the same reason are added up"),
        Unit.DAYS,
        30,
    )
)
PAUSE_LONGER = register(
    Limit(
        "accounts.pause_longer",
        _("Days by which one decision of the committee can make a pause longer"),
        Unit.DAYS,
        30,
    )
)
CODE_BY_EMAIL = register(
    Limit("accounts.code_by_email", _("Minutes that a sign-in code works"), Unit.MINUTES, 15)
)
NEW_PASSWORD = register(
    Limit(
        "accounts.new_password",
        _("Hours that a password reset link works"),
        Unit.HOURS,
        24,
    )
)
OWN_NETWORK = register(
    Limit(
        "accounts.own_network",
        _("Days that a network stays known after somebody signed in from it"),
        Unit.DAYS,
        90,
    )
)


class By(StrEnum):
    """What attempts are counted by (`accounts.limits`), as allauth writes it."""

    NETWORK = "ip"
    ACCOUNT = "key"
    STRANGERS = "stranger"


# By allauth's name of the action. Printed codes are too long to guess even from many places, so
# they need no `stranger` rate.
RATES: dict[str, list[tuple[By, Rate]]] = {}


def _rate(action: str, by: By, tries: int, time: int, unit: Unit, title: Text) -> Rate:
    earlier = [each for counted, each in RATES.setdefault(action, []) if counted is by]
    code = f"accounts.{action}_{by.name.lower()}" + ("_longer" if earlier else "")
    rate = register(Rate(code, title, tries, time, unit))
    RATES[action].append((by, rate))
    return rate


_rate("login_failed", By.NETWORK, 20, 1, Unit.MINUTES, _("Wrong passwords from one network"))
_rate(
    "login_failed",
    By.ACCOUNT,
    5,
    5,
    Unit.MINUTES,
    _("Wrong passwords for one account, one network"),
)
_rate(
    "login_failed",
    By.STRANGERS,
    30,
    1,
    Unit.HOURS,
    _("Wrong passwords for one account, all unknown networks"),
)
_rate(
    "request_login_code",
    By.NETWORK,
    20,
    1,
    Unit.MINUTES,
    _("Sign-in codes requested from one network"),
)
_rate(
    "request_login_code",
    By.ACCOUNT,
    3,
    1,
    Unit.MINUTES,
    _("Sign-in codes requested for one address, one network"),
)
_rate(
    "request_login_code",
    By.ACCOUNT,
    10,
    1,
    Unit.HOURS,
    _("Sign-in codes requested for one address, one network, longer window"),
)
_rate(
    "request_login_code",
    By.STRANGERS,
    20,
    1,
    Unit.HOURS,
    _("Sign-in codes requested for one address, all unknown networks"),
)
_rate(
    "reset_password",
    By.NETWORK,
    20,
    1,
    Unit.MINUTES,
    _("Password resets requested from one network"),
)
_rate(
    "reset_password",
    By.ACCOUNT,
    5,
    1,
    Unit.MINUTES,
    _("Password resets requested for one account, one network"),
)
_rate(
    "reset_password",
    By.STRANGERS,
    20,
    1,
    Unit.HOURS,
    _("Password resets requested for one account, all unknown networks"),
)
_rate(
    "code",
    By.ACCOUNT,
    10,
    10,
    Unit.MINUTES,
    _("Sign-in codes entered for one address, one network"),
)
_rate(
    "code",
    By.ACCOUNT,
    40,
    24,
    Unit.HOURS,
    _("Sign-in codes entered for one address, one network, longer window"),
)
_rate(
    "code",
    By.STRANGERS,
    30,
    1,
    Unit.HOURS,
    _("Sign-in codes entered for one address, all unknown networks"),
)
_rate(
    "address_code",
    By.ACCOUNT,
    10,
    10,
    Unit.MINUTES,
    _("Codes entered to confirm an address, one network"),
)
_rate(
    "address_code",
    By.ACCOUNT,
    40,
    24,
    Unit.HOURS,
    _("Codes entered to confirm an address, one network, longer window"),
)
_rate(
    "address_code",
    By.STRANGERS,
    30,
    1,
    Unit.HOURS,
    _("Codes entered to confirm an address, all unknown networks"),
)
_rate("printed_code", By.NETWORK, 20, 1, Unit.MINUTES, _("Printed codes entered from one network"))
PRINTED_CODE = _rate(
    "printed_code",
    By.ACCOUNT,
    5,
    5,
    Unit.MINUTES,
    _("Printed codes entered for one name, one network"),
)
LETTER_CODE = _rate(
    "invitation_code", By.NETWORK, 20, 1, Unit.MINUTES, _("Letter codes entered from one network")
)
_rate("invitation", By.NETWORK, 30, 1, Unit.MINUTES, _("Invitations opened from one network"))


def as_allauth_reads_them() -> dict[str, str]:
    """All rates, for the setting ACCOUNT_RATE_LIMITS: {"code": "10/600s/key,40/86400s/key"}."""
    return {
        action: ",".join(
            f"{rate.tries}/{int(rate.span.total_seconds())}s/{by}" for by, rate in counted
        )
        for action, counted in RATES.items()
    }
