"""The seventh indicator: a committee directed by consumers that meets and gets answers."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import StandingKind
from documents.force import in_force
from documents.models import DocumentKind
from foundation.once import once
from groups.as_known import KnownGroup, known_groups, turns
from groups.models import Attendance, Group, GroupKind, Meeting, MeetingStatus, Office, Seat
from groups.policies import QUORUM
from indicators.foresight import foreseen
from indicators.registry import (
    Criterion,
    Evidence,
    Indicator,
    Outcome,
    Settings,
    failed,
    no_data,
    passed,
    register,
)
from oversight.answers_due import answers_due
from oversight.ended import ended
from oversight.policies import (
    ANSWER_DAYS,
    ANSWER_WARNING,
    MEETING_DAYS,
    MEETING_WARNING,
    SEAT_WARNING,
)

NO_COMMITTEE = "no_committee"
NO_COMMITTEE_WORDS = _("There is no oversight committee yet.")
DISSOLVED = "dissolved"
DISSOLVED_WORDS = _("The oversight committee was dissolved on %(day)s.")


@once
def committees(agencies: Sequence[int], on: date) -> dict[int, Group]:
    """By agency key, the oversight committee that existed on that day; two queries.

    An empty committee opened after a dissolved one does not count, since it would hide the
    dissolution.
    """
    groups = Group.objects.across(agencies).open(on).filter(kind=GroupKind.COMMITTEE)
    dissolved = ended(agencies, on)
    return {
        group.agency_id: group
        for group in groups.order_by("pk")
        if group.agency_id not in dissolved
    }


def without(agencies: Sequence[int], on: date, groups: Mapping[int, Group]) -> dict[int, Outcome]:
    """Outcomes for agencies without a committee on that day; one query if there are any.

    They tell apart agencies that had none yet from those that dissolved theirs, which is no excuse.
    """
    lacking = [agency for agency in agencies if agency not in groups]
    days = ended(lacking, on) if lacking else {}
    return {
        agency: failed(DISSOLVED, day=days[agency]) if agency in days else no_data(NO_COMMITTEE)
        for agency in lacking
    }


def known_committees(agencies: Sequence[int], on: date) -> dict[int, list[KnownGroup]]:
    """By agency key, the oversight committee as known on that day, and any known successor."""
    return known_groups(agencies, on, kinds=[GroupKind.COMMITTEE])


def there(committees: Sequence[KnownGroup], on: date) -> KnownGroup | Outcome:
    """The committee on a future day, or the outcome if it will have ended by then.

    A successor makes up for it only if somebody has a vote in it.
    """
    found = next((each for each in committees if each.holds(on)), None)
    past = [each.until for each in committees if each.until <= on]
    if found is not None and (not past or found.voters(on)):
        return found
    return failed(DISSOLVED, day=max(past)) if past else no_data(NO_COMMITTEE)


class OfTheCommittee(Criterion):
    """Criteria about the committee and its seats, which can end on a known day."""

    where = "oversight:committee"

    def warning(self, settings: Settings) -> int:
        return settings.number(SEAT_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        groups, known = committees(agencies, on), known_committees(agencies, on)
        return without(agencies, on, groups) | {
            key: foreseen(
                on,
                partial(self._on, known[key]),
                settings=settings[key],
                turns=turns(known[key]),
            )
            for key in groups
        }

    def _on(self, committees: Sequence[KnownGroup], on: date) -> Outcome:
        committee = there(committees, on)
        return committee if isinstance(committee, Outcome) else self.judged(committee, on)

    @abstractmethod
    def judged(self, committee: KnownGroup, on: date) -> Outcome:
        """The outcome for the committee that exists on that day."""


class CharterInForce(Criterion):
    code = "charter_in_force"
    discreet = False
    title = _("The committee has a charter in force")
    todo = _("Write the charter and put it before the committee and the governing body.")
    where = "documents:list"
    messages = {
        "in_force": _("The charter is in force since %(since)s."),
        "not_in_force": _("No charter is in force."),
        NO_COMMITTEE: NO_COMMITTEE_WORDS,
        DISSOLVED: DISSOLVED_WORDS,
    }

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        groups = committees(agencies, on)
        charters = in_force(agencies, DocumentKind.CHARTER, on)
        outcomes = without(agencies, on, groups)
        for agency in agencies:
            charter = charters.get(agency)
            if charter is not None and charter.in_force_on is not None:
                evidence = (Evidence("document_version", charter.pk),)
                outcomes[agency] = passed("in_force", since=charter.in_force_on, evidence=evidence)
            elif agency in groups:
                outcomes[agency] = failed("not_in_force")
        return outcomes


class ConsumerMajority(OfTheCommittee):
    """Worded without numbers: in a small committee they would give people away."""

    code = "consumer_majority"
    title = _("Consumers hold more than half of the voting seats")
    todo = _("Invite consumers into the committee. Ask those who take part already.")
    messages = {
        "majority": _("More than half of the voting seats are held by consumers."),
        "minority": _("Half or fewer of the voting seats are held by consumers."),
        "empty": _("Nobody has a voting seat yet."),
        NO_COMMITTEE: NO_COMMITTEE_WORDS,
        DISSOLVED: DISSOLVED_WORDS,
    }

    def judged(self, committee: KnownGroup, on: date) -> Outcome:
        seats, evidence = committee.voters(on), (_about(committee),)
        if not seats:
            return no_data("empty", evidence=evidence)
        if 2 * sum(seat.is_consumer for seat in seats) > len(seats):
            return passed("majority", evidence=evidence)
        return failed("minority", evidence=evidence)


def _about(group: Group | KnownGroup) -> Evidence:
    return Evidence("group", group.pk)


class ConsumerLeads(OfTheCommittee):
    """Worded without a name, and alike whether nobody leads or no leader is a consumer."""

    code = "consumer_leads"
    title = _("A consumer chairs the committee, or chairs it together with somebody")
    todo = _("Ask the committee to choose a chair or a co-chair who is a consumer.")
    messages = {
        "leads": _("The chair or a co-chair is a consumer."),
        "others": _("No consumer is chair or co-chair yet."),
        NO_COMMITTEE: NO_COMMITTEE_WORDS,
        DISSOLVED: DISSOLVED_WORDS,
    }

    def judged(self, committee: KnownGroup, on: date) -> Outcome:
        leads = any(
            seat.is_consumer and seat.office in {Office.CHAIR, Office.CO_CHAIR}
            for seat in committee.voters(on)
        )
        said = passed if leads else failed
        return said("leads" if leads else "others", evidence=(_about(committee),))


@dataclass(frozen=True)
class HeldMeetings:
    """A committee's last meeting, and its last one with enough consumers."""

    last: Meeting | None = None
    counted: Meeting | None = None


class MetWithQuorum(Criterion):
    """A meeting counts if two consumer members came, or if fewer exist, all and at least one."""

    code = "met_with_quorum"
    title = _("The committee met lately, with enough consumers")
    todo = _("Plan a meeting of the committee on a day when its consumer members can come.")
    where = "oversight:committee"

    def warning(self, settings: Settings) -> int:
        return settings.number(MEETING_WARNING)

    messages = {
        "met": _("The last such meeting was on %(day)s."),
        "long_ago": _("The last such meeting was on %(day)s. That is too long ago."),
        "long_ago_since": _(
            "The last such meeting was on %(day)s. That is too long ago. The committee met on "
            "%(held)s, but too few of its consumer members are on record as having come."
        ),
        "never": _("There was no such meeting yet."),
        "uncounted": _(
            "The committee met on %(held)s. It does not count: too few of its consumer members "
            "are on record as having come."
        ),
        "new": _("The committee is new and has not met yet."),
        NO_COMMITTEE: NO_COMMITTEE_WORDS,
        DISSOLVED: DISSOLVED_WORDS,
    }

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        groups, known = committees(agencies, on), known_committees(agencies, on)
        held = meetings_held(groups, on)
        return without(agencies, on, groups) | {
            key: foreseen(
                on,
                partial(_met_on, group, known[key], held[key], settings[key]),
                settings=settings[key],
                turns=turns(known[key]),
            )
            for key, group in groups.items()
        }


def _met_on(
    group: Group, known: Sequence[KnownGroup], held: HeldMeetings, settings: Settings, on: date
) -> Outcome:
    """Of a successor: it has not met yet."""
    committee = there(known, on)
    if isinstance(committee, Outcome):
        return committee
    if committee.pk != group.pk:
        return no_data("new", evidence=(_about(committee),))
    return _met(group, held, on, settings.at(on).number(MEETING_DAYS))


def _met(group: Group, held: HeldMeetings, on: date, days: int) -> Outcome:
    """Explain why a recent meeting does not count, rather than call it missing."""
    last, other = held.counted, held.last
    if last is None:
        said = failed if on > group.opened + timedelta(days=days) else no_data
        if other is not None:
            about = (Evidence("meeting", other.pk),)
            return said("uncounted", evidence=about, held=other.on)
        return said("never" if said is failed else "new", evidence=(_about(group),))
    evidence: tuple[Evidence, ...] = (Evidence("meeting", last.pk),)
    lapses = last.on + timedelta(days=days + 1)
    if on < lapses:
        return passed("met", evidence=evidence, day=last.on, lapses=lapses)
    if other is not None and other.pk != last.pk:
        evidence += (Evidence("meeting", other.pk),)
        return failed("long_ago_since", evidence=evidence, day=last.on, held=other.on)
    return failed("long_ago", evidence=evidence, day=last.on)


def meetings_held(groups: Mapping[int, Group], on: date) -> dict[int, HeldMeetings]:
    """By agency key, its committee's last meetings by that day; 3 queries."""
    agencies, keys = list(groups), [group.pk for group in groups.values()]
    held = Meeting.objects.across(agencies).filter(status=MeetingStatus.HELD, on__lte=on)
    meetings = list(held.filter(group__in=keys).order_by("on", "pk"))
    attendances = Attendance.objects.across(agencies).filter(
        meeting__in=[meeting.pk for meeting in meetings],
        standing=StandingKind.PRIMARY_CONSUMER,
        employed_peer=False,
    )
    came: dict[int, set[int]] = defaultdict(set)
    for meeting_id, member_id in attendances.values_list("meeting_id", "member_id"):
        came[meeting_id].add(member_id)
    seats: dict[int, list[Seat]] = defaultdict(list)
    taken = Seat.objects.across(agencies).voting().of_consumers()
    for seat in taken.filter(group__in=keys, since__lte=on):
        seats[seat.group_id].append(seat)
    found: dict[int, HeldMeetings] = defaultdict(HeldMeetings)
    for meeting in meetings:
        counts = _quorate(meeting, seats[meeting.group_id], came[meeting.pk])
        before = found[meeting.agency_id]
        found[meeting.agency_id] = HeldMeetings(meeting, meeting if counts else before.counted)
    return found


def _quorate(meeting: Meeting, seats: Iterable[Seat], came: set[int]) -> bool:
    seated = {
        seat.member_id
        for seat in seats
        if seat.since <= meeting.on and (seat.until is None or meeting.on < seat.until)
    }
    return len(seated & came) >= max(1, min(QUORUM.value, len(seated)))


class AnswersInTime(Criterion):
    code = "answers_in_time"
    discreet = False
    title = _("Management answers the committee in time")
    todo = _("Ask management to answer what is overdue.")
    where = "oversight:recommendations"

    def warning(self, settings: Settings) -> int:
        return settings.number(ANSWER_WARNING)

    messages = {
        "none": _("No recommendation waits for an answer."),
        "waiting": ngettext_lazy(
            "%(count)d recommendation waits for an answer, none of them too long.",
            "%(count)d recommendations wait for an answer, none of them too long.",
            "count",
        ),
        "overdue": ngettext_lazy(
            "%(count)d answer of management is overdue.",
            "%(count)d answers of management are overdue.",
            "count",
        ),
    }

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        due = answers_due(agencies, on)
        return {agency: _answered(due[agency], on) for agency in agencies}


def _answered(due: Mapping[int, date], on: date) -> Outcome:
    """`due`: the deadline of each recommendation that awaits an answer."""
    if not due:
        return passed("none")
    overdue = [key for key, day in due.items() if day < on]
    if overdue:
        evidence = [Evidence("recommendation", key) for key in overdue]
        return failed("overdue", evidence=evidence, count=len(overdue))
    return passed(
        "waiting",
        evidence=[Evidence("recommendation", key) for key in due],
        lapses=min(due.values()) + timedelta(days=1),
        count=len(due),
    )


register(
    Indicator(
        number=7,
        code="oversight",
        title=_("Consumers direct the oversight committee"),
        why=_(
            "Somebody has to see to it that what was promised is done. That is a committee in "
            "which consumers have the say, that meets, and that management answers."
        ),
        criteria=(
            CharterInForce(),
            ConsumerMajority(),
            ConsumerLeads(),
            MetWithQuorum(),
            AnswersInTime(),
        ),
        settings=(MEETING_DAYS, MEETING_WARNING, SEAT_WARNING, ANSWER_DAYS, ANSWER_WARNING),
        discreet=True,
        after_founding=True,
    )
)
