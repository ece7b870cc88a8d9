"""Links to survey rounds, and the words of messages about them."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import asked
from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import TenantQuerySet
from notifications import notices
from satisfaction.models import Reflection, SurveyInvitation, SurveyRound
from satisfaction.participants import few_consumers


def _rounds(ids: Collection[int], reader: Member) -> dict[int, Link]:
    rows = SurveyRound.objects.within(reader.agency).filter(pk__in=ids)
    return {row.pk: _round(row, reader) for row in rows}


def _round(row: SurveyRound, reader: Member) -> Link:
    title = _("Survey %(number)d on taking part") % {"number": row.number}
    page = "satisfaction:answer" if row.closed_on is None else "satisfaction:results"
    return Link(title, at(reader.agency, page, pk=row.pk))


def _reflections(ids: Collection[int], reader: Member) -> dict[int, Link]:
    rows = _readable(reader).filter(pk__in=ids)
    href = at(reader.agency, "satisfaction:reflections")
    return {row.pk: Link(_("What the consumers say together"), href) for row in rows}


def _readable(reader: Member) -> TenantQuerySet[Reflection]:
    """Released ones; one that is being written, only for the consumers."""
    rows, today = Reflection.objects.within(reader.agency), reader.agency.today()
    return rows if reader.pk in few_consumers(reader.agency, today) else rows.released(today)


links.register_many("survey_round", _rounds)
links.register_many("reflection", _reflections)
# A query alone: one that is being written is not among what is seen elsewhere.
links.register_seen(
    "reflection",
    lambda reader: Reflection.objects.within(reader.agency).released(reader.agency.today()),
)
links.register_seen("survey_round", lambda reader: SurveyRound.objects.within(reader.agency))
notices.register(
    "satisfaction.reflection_written",
    gettext_lazy("Somebody wrote down what you said together. Please read it: do you agree?"),
)
notices.register(
    "satisfaction.reflection_released",
    gettext_lazy("The consumers have said together what taking part is like."),
)
notices.register(
    "satisfaction.asked",
    gettext_lazy("We ask what it is like to take part. “%(title)s” has 10 short questions."),
)
notices.register(
    "satisfaction.reminder",
    gettext_lazy(
        "“%(title)s” is still open. It takes 3 minutes. You have answered already? Then you are "
        "done: everybody gets this, because nobody knows who has answered."
    ),
)
asked.register(
    "survey_round",
    lambda agency, key: Member.objects.within(agency).filter(
        pk__in=SurveyInvitation.objects.within(agency).filter(round=key).values("member")
    ),
)
