"""The starter retention schedule: how long each class is kept, and the rules behind it.

Each table names its class, and the date from which the time counts, in the register
(`foundation/personal_data.py`). An agency may keep a class longer than `usual`, or shorter, but
never shorter than `least` unless it cites its state's rule. Once the agency has turned that on,
`privacy/retention` takes rows out of use whose time is over, or announces and destroys what goes as
a `whole`; a class that `waits` says why it does neither.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.months import A_YEAR, months_later
from foundation.policies import SPANS, Limit, Policy, Text, Unit, register

UNDO = register(
    Limit("privacy.undo", _("Days until rows taken out of use are destroyed"), Unit.DAYS, 30)
)
# Why a class stays for now.
BY_ITSELF = _("The program deletes it by itself as soon as it no longer counts.")
TAX_DAY = (4, 15)


@dataclass(frozen=True)
class KeptFor:
    """A calendar span, or one of hours if it is shorter than a day."""

    months: int = 0
    days: int = 0
    hours: int = 0

    @classmethod
    def of(cls, policy: Policy[int] | Limit) -> "KeptFor":
        """The value of a policy that another rule already uses (its default, if it can be set)."""
        number = policy.value if isinstance(policy, Limit) else policy.default
        length = SPANS[policy.unit] * number
        if policy.unit is Unit.DAYS:
            return cls(days=length.days)
        return cls(hours=int(length.total_seconds() // 3600))

    def after(self, day: date) -> date:
        """The first day on which it is over; a part of a day counts as a whole one."""
        return months_later(day, self.months) + timedelta(days=self.days + -(-self.hours // 24))

    @property
    def words(self) -> str:
        """ "6 years", "30 days", "24 hours"."""
        years, months = divmod(self.months, A_YEAR)
        if years and not months:
            return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
        if self.months:
            words = ngettext("%(count)d month", "%(count)d months", self.months)
            return words % {"count": self.months}
        if self.hours:
            words = ngettext("%(count)d hour", "%(count)d hours", self.hours)
            return words % {"count": self.hours}
        if not self.days:
            return _t("at once")
        return ngettext("%(count)d day", "%(count)d days", self.days) % {"count": self.days}


def years(number: int) -> KeptFor:
    return KeptFor(months=number * A_YEAR)


def days(number: int) -> KeptFor:
    return KeptFor(days=number)


@dataclass(frozen=True)
class LegalSource:
    """The rule behind a class: its citation, and what it requires."""

    cites: Text
    words: Text


HIPAA_PRIVACY = LegalSource(
    "45 CFR 164.530(j)",
    _(
        "HIPAA: consents, notices and other privacy papers are kept from the day they were made "
        "or last in effect, whichever is later."
    ),
)
HIPAA_SECURITY = LegalSource(
    "45 CFR 164.316(b)(2)",
    _(
        "HIPAA: the record of who had access and what was done is kept from the day it was made "
        "or last in effect, whichever is later."
    ),
)
IRS = LegalSource(
    "26 CFR 31.6001-1(e)(2)",
    _(
        "IRS: records of pay are kept from the day on which the tax is due or paid, whichever is "
        "later. Many keep them longer than it asks."
    ),
)
PART_2 = LegalSource(
    "42 CFR 2.16",
    _(
        "Records that show somebody was treated for substance use are destroyed so that nobody can "
        "read them. The rule sets no time."
    ),
)
STATE = LegalSource(
    _("the state’s own rule"),
    _("The agency enters what its state asks for; it goes before the starting value."),
)
CHOICE = LegalSource(_("the agency’s choice"), _("No rule that we know of sets a time."))


class Counts(Enum):
    """When the time starts, once the row has the date that the register names."""

    DAY = _("from that day")
    """On the date itself."""
    TAX_DUE = _("from the day on which the tax for that year is due")
    """On April 15 of the year after the date's."""

    def start(self, day: date) -> date:
        return date(day.year + 1, *TAX_DAY) if self is Counts.TAX_DUE else day


@dataclass(frozen=True)
class RetentionClass:
    """One line of the schedule. Without `usual`, rows are kept as long as their subject."""

    code: str
    title: Text
    usual: KeptFor | None
    sources: tuple[LegalSource, ...]
    least: KeptFor | None = None
    counts: Counts = Counts.DAY
    # Whether a hold suspends deletion; not for transient technical data, or what would let somebody
    # sign in.
    held: bool = True
    # Why its rows stay for now, although their time is over.
    waits: Text = ""
    # Its rows go with what they belong to and what refers to them, or not yet.
    whole: bool = False

    def over(self, day: date) -> date | None:
        """The first day on which a row with the date `day` can be deleted; None: it stays."""
        return None if self.usual is None else self.usual.after(self.counts.start(day))

    @property
    def words(self) -> str:
        """How long, in plain words."""
        if self.usual is None:
            return str(_("as long as it is used"))
        return self.usual.words


_declared: dict[str, RetentionClass] = {}


def declare(found: RetentionClass) -> RetentionClass:
    """Add a class to the schedule. ValueError: its time is shorter than the rule allows."""
    if found.code in _declared:
        raise ValueError(f"there is a class {found.code} already")
    if found.least is not None:
        day = date(2026, 1, 1)
        if found.usual is not None and found.usual.after(day) < found.least.after(day):
            raise ValueError(f"{found.code} is kept for less than its least")
    _declared[found.code] = found
    return found


def schedule() -> tuple[RetentionClass, ...]:
    """All classes, in order of declaration."""
    return tuple(_declared.values())


ACCOUNTS = declare(
    RetentionClass(
        "accounts", _("Signing in, while the person takes part somewhere"), None, (CHOICE,)
    )
)
MEMBERSHIP = declare(
    RetentionClass(
        "membership",
        _("Who took part, in what standing, with which seat"),
        years(6),
        (STATE, PART_2, CHOICE),
        whole=True,
    )
)
ACCESS = declare(
    RetentionClass(
        "access",
        _("Roles, readers, and pauses: who was given access, and who lost it"),
        years(6),
        (HIPAA_SECURITY,),
        least=years(6),
        whole=True,
    )
)
CONSENTS = declare(
    RetentionClass(
        "consents",
        _("Consents about who may know what"),
        years(6),
        (HIPAA_PRIVACY,),
        least=years(6),
        whole=True,
    )
)
LOGS = declare(
    RetentionClass(
        "logs",
        _("Who looked at whose data, and who did what"),
        years(6),
        (HIPAA_SECURITY,),
        least=years(6),
    )
)
GOVERNANCE = declare(
    RetentionClass(
        "governance",
        _("Groups, meetings, minutes and decisions"),
        years(6),
        (STATE, CHOICE),
        whole=True,
    )
)
QUALITY = declare(
    RetentionClass(
        "quality",
        _("Improvement ideas, plans, tests and measures"),
        years(6),
        (STATE, CHOICE),
        whole=True,
    )
)
VOICES = declare(
    RetentionClass(
        "voices",
        _("What people said in dialogues, and what came of it"),
        years(3),
        (CHOICE, PART_2),
        whole=True,
    )
)
SURVEYS = declare(
    RetentionClass(
        "surveys", _("Survey rounds and answers without names"), years(6), (CHOICE,), whole=True
    )
)
PAY = declare(
    RetentionClass(
        "pay",
        _("Pay, costs paid back, and the books"),
        years(7),
        (IRS, STATE),
        least=years(4),
        counts=Counts.TAX_DUE,
        whole=True,
    )
)
PAYEES = declare(
    RetentionClass(
        "payees",
        _("Who gets what a former member is still owed, once it is paid or its time is over"),
        days(1),
        (CHOICE,),
        waits=BY_ITSELF,
    )
)
SAFETY = declare(
    RetentionClass("safety", _("People who must not meet"), years(6), (STATE, CHOICE), whole=True)
)
CALLS = declare(
    RetentionClass("calls", _("“Please contact me”"), years(1), (STATE, CHOICE), whole=True)
)
CONCERNS = declare(
    RetentionClass(
        "concerns",
        _("Concerns in confidence, sealed, once their readers have closed them"),
        years(3),
        (CHOICE, STATE),
        whole=True,
    )
)
COPIES = declare(
    RetentionClass(
        "copies",
        _("Copies that people got of their own information, once their time is over"),
        days(0),
        (CHOICE,),
        held=False,
        waits=BY_ITSELF,
    )
)
LEGAL = declare(
    RetentionClass(
        "legal",
        _("Legal orders and holds"),
        years(6),
        (HIPAA_PRIVACY,),
        least=years(6),
        whole=True,
    )
)
AGREEMENTS = declare(
    RetentionClass(
        "agreements",
        _("Agreements with those who run the portal"),
        years(6),
        (HIPAA_PRIVACY,),
        least=years(6),
        whole=True,
    )
)
SNAPSHOTS = declare(
    RetentionClass("snapshots", _("Indicators as they were shown"), years(6), (CHOICE,))
)
MESSAGES = declare(RetentionClass("messages", _("Messages in the portal"), years(1), (CHOICE,)))
SENT_MAIL = declare(
    RetentionClass("sent_mail", _("E-mail and texts that were sent"), days(30), (CHOICE,))
)
INVITATIONS = declare(
    RetentionClass("invitations", _("Invitations to sign in"), days(90), (CHOICE,), whole=True)
)
NEEDS = declare(
    RetentionClass(
        "access_needs",
        _("What people need at meetings, once it is over"),
        days(90),
        (CHOICE,),
        whole=True,
    )
)
TIMES_AWAY = declare(
    RetentionClass(
        "times_away",
        _("Times away, which dates suited whom, and who was called about a meeting"),
        days(90),
        (CHOICE,),
        whole=True,
    )
)
IMPORTS = declare(
    RetentionClass("imports", _("Files of numbers that were brought in"), days(14), (CHOICE,))
)
SUBMISSIONS = declare(
    RetentionClass(
        "submissions",
        _("Keys that keep a form from being sent twice"),
        days(2),
        (CHOICE,),
        held=False,
    )
)
TRIES = declare(
    RetentionClass(
        "tries",
        _("Tries to sign in, and known networks, until they no longer count"),
        days(0),
        (CHOICE,),
        held=False,
        waits=BY_ITSELF,
    )
)
LISTS = declare(
    RetentionClass(
        "people_lists",
        _("Lists of people that were uploaded, until their people are invited"),
        days(1),
        (CHOICE,),
        waits=BY_ITSELF,
    )
)
SESSIONS = declare(
    RetentionClass(
        "sessions",
        _("Where somebody is signed in"),
        days(2),
        (CHOICE,),
        held=False,
        waits=BY_ITSELF,
    )
)
AGENCY = declare(
    RetentionClass(
        "agency",
        _("The agency itself, its lists, settings and governing documents"),
        None,
        (STATE, CHOICE),
    )
)
MACHINE = declare(
    RetentionClass("machine", _("What the program itself needs"), None, (CHOICE,), held=False)
)
