"""An Account as its page and its poster show it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.models import Agency
from foundation.quarters import quarter_of
from quarterly.facts import AccountLine, PaidInQuarter, QuarterFacts, facts, of_text
from quarterly.models import AccountStatus, QuarterlyAccount


@dataclass(frozen=True)
class AccountPart:
    """A heading, the lines below it, and what to say where there is none."""

    title: str
    lines: tuple[AccountLine, ...]
    none: str


@dataclass(frozen=True)
class AccountPage:
    """The first paragraph, and what the records say."""

    opening: str
    met: str
    parts: tuple[AccountPart, ...]
    paid: str


def shown(account: QuarterlyAccount) -> AccountPage:
    """As it is released; of a draft, as it would read now."""
    if account.text:
        opening, told = of_text(account.text)
    else:
        opening = account.opening
        told = facts(account.agency, quarter_of(account.since))
    return AccountPage(opening, _met(told), _parts(told), _paid(told.paid))


def _met(told: QuarterFacts) -> str:
    dialogues = ngettext(
        "%(count)d dialogue between consumers and providers",
        "%(count)d dialogues between consumers and providers",
        told.dialogues,
    ) % {"count": told.dialogues}
    meetings = ngettext(
        "%(count)d meeting of a CQI cell", "%(count)d meetings of CQI cells", told.meetings
    ) % {"count": told.meetings}
    return _("There were %(dialogues)s, and %(meetings)s.") % {
        "dialogues": dialogues,
        "meetings": meetings,
    }


def _parts(told: QuarterFacts) -> tuple[AccountPart, ...]:
    return (
        AccountPart(_("What we said"), told.said, _("No theme was written down in this quarter.")),
        AccountPart(
            _("What was done"), told.done, _("No improvement was finished in this quarter.")
        ),
        AccountPart(
            _("What we are working on"), told.begun, _("No new improvement idea was chosen.")
        ),
        AccountPart(
            _("What was refused or set aside, and why"),
            told.refused,
            _("Nothing was refused or set aside."),
        ),
        AccountPart(
            _("What the committee asked of management"),
            told.asked,
            _("The committee made no recommendation."),
        ),
    )


def _paid(paid: PaidInQuarter) -> str:
    if not paid.people:
        return _("Nobody was paid in this quarter.")
    if not paid.sum:
        return _("%(people)s people were paid for their part.").capitalize() % {
            "people": paid.people
        }
    said = _("%(people)s people were paid %(sum)s in all for their part.") % {
        "people": paid.people,
        "sum": paid.sum,
    }
    if not paid.days:
        return said
    waited = ngettext(
        "Half of it came within %(days)s day of the work.",
        "Half of it came within %(days)s days of the work.",
        int(paid.days),
    ) % {"days": paid.days}
    return f"{said} {waited}"


def where_it_stands(account: QuarterlyAccount, agency: Agency) -> str:
    """What happens next, in a sentence; "" once it is out."""
    if account.is_out(agency.today()):
        return ""
    match account.status:
        case AccountStatus.DRAFT:
            return _(
                "This is a draft. Once the committee’s consumers release it, management can add a "
                "reply, and then it is out."
            )
        case AccountStatus.ASKED:
            return _(
                "The committee’s consumers are deciding whether to release it. Its text stays as "
                "it is meanwhile."
            )
        case _:
            assert account.reply_until is not None
            return _(
                "It is released. It goes out when management replies, or else after %(day)s."
            ) % {"day": date_format(account.reply_until, "F j, Y")}
