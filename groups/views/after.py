"""Ten minutes after a meeting: one form, its review, what was recorded, and undoing all of it."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Member
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before, submit
from foundation.refusals import enforce
from groups import actions, meeting_facts, meeting_parts, recorded, rules
from groups.actions.absences import tells_absences
from groups.after_form import AfterForm, AskedAfter
from groups.finding import meeting_of
from groups.meeting_facts import Expected
from groups.meeting_parts import PartFilled
from groups.models import Attendance, Meeting, MeetingStatus
from groups.paper import ATTESTED
from groups.policies import MINUTES_DUE, MISSED_SHOWN
from groups.presenting.after import (
    DecisionShown,
    ResultParts,
    ReviewParts,
    Undoing,
    decision_shown,
    hour,
    lacking,
    last_time,
    moment,
    result_page,
    review,
)
from groups.recorded import Record

# What was sent and is not carried from one page to the next.
NOT_CARRIED = ("csrfmiddlewaretoken", "step", "more", "waiver")


@dataclass(frozen=True)
class Filling:
    """The form of a meeting that is not recorded yet, and what it rests on."""

    meeting: Meeting
    expected: Expected
    last: Meeting | None
    planned: Meeting | None
    form: AfterForm
    parts: list[PartFilled]

    def is_valid(self) -> bool:
        valid = self.form.is_valid()
        wrong = [each for each in self.parts if not each.form.is_valid()]
        for each in wrong:
            self.form.add_error(None, _("Check this part: %(title)s.") % {"title": each.title})
        return valid and not wrong


def after(request: AgencyRequest, pk: int) -> HttpResponse:
    """The form until the meeting is recorded; from then on, what was recorded."""
    found = meeting_of(request, pk)
    enforce(rules.recording(found, request.member))
    if before := sent_before(request):
        return HttpResponseRedirect(before)
    came = _came(found)
    if came:
        return _result(request, found, came, late=request.method == "POST")
    asks_again = request.POST.get("step") == "edit" or "more" in request.POST
    filling = _filling(request, found, unchecked=asks_again)
    if request.method != "POST" or asks_again or not filling.is_valid():
        return _page(request, filling)
    if request.POST.get("step") == "save":
        return _save(request, filling) or _page(request, filling)
    return _review(request, filling)


def _came(meeting: Meeting) -> list[Attendance]:
    """Who is on record; nobody before the meeting is held."""
    if meeting.status != MeetingStatus.HELD:
        return []
    rows = Attendance.objects.within(meeting.agency).filter(meeting=meeting)
    return list(rows.order_by("pk"))


def _filling(request: AgencyRequest, found: Meeting, *, unchecked: bool) -> Filling:
    member, agency = request.member, request.agency
    last, planned = meeting_facts.neighbors(found)
    expected = meeting_facts.expected(found)
    known = [each.pk for each in expected.people]
    others = Member.objects.within(agency).filter(erased_at=None).exclude(pk__in=known)
    today = agency.today()
    length = (Decimal(found.minutes_planned) / 60).quantize(Decimal("0.01"))
    asked = AskedAfter(
        decisions=rules.writing_down(found.group, member) is None,
        next=planned is None and rules.entering(found.group, member, past=False) is None,
        late=found.on < today - MINUTES_DUE.span(agency, today),
    )
    suggested = meeting_facts.suggested(found, last, timezone.now()) if asked.next else None
    form = AfterForm.from_request(
        request,
        expected=expected.people,
        others=others.order_by("shown_name"),
        asked=asked,
        length=length,
        agency=agency,
        on=found.on,
        more="more" in request.POST,
        initial={"version": found.version, "took": length, "guests": 0, "next_at": suggested},
    )
    parts = meeting_parts.filled(found, member, request.POST if form.is_bound else None)
    if unchecked:
        form.leave_unchecked()
        for each in parts:
            each.form.leave_unchecked()
    return Filling(found, expected, last, planned, form, parts)


def _page(request: AgencyRequest, filling: Filling) -> HttpResponse:
    found, last = filling.meeting, filling.last
    records = [] if last is None else meeting_facts.decisions_of(last)
    return render(
        request,
        "groups/after.html",
        {
            "form": filling.form,
            "parts": filling.parts,
            "meeting": found,
            "group": found.group,
            "last": last_time(found, last, records),
            "planned": filling.planned,
        },
    )


def _review(request: AgencyRequest, filling: Filling) -> HttpResponse:
    found, form = filling.meeting, filling.form
    came = {member.pk for member in form.present}
    decided = form.decided
    all_voted = filling.expected.all_voted(came)
    sent = form.cleaned_data
    shown = ReviewParts(
        came=len(came),
        hours=sent["took"],
        guests=sent.get("guests") or 0,
        agreed=sum(each.adopted for each in decided),
        not_agreed=sum(not each.adopted for each in decided),
        all_voted=all_voted,
        reasoned=bool(sent.get("waiver")),
        needs_two=found.group.kind in ATTESTED,
        next_at=form.next_start,
        parts=[words for words in (each.words for each in filling.parts) if words],
        missed=any(each.pk not in came for each in filling.expected.people),
        tells=bool(sent.get("tell")),
        follows=meeting_parts.foreseen(found, request.member),
    )
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_CARRIED
        for value in values
    ]
    return render(
        request,
        "groups/after_review.html",
        {
            "meeting": found,
            "group": found.group,
            "said": review(shown),
            "decided": decided,
            "carried": carried,
            "waiver": form["waiver"] if decided and not all_voted else None,
        },
    )


def _save(request: AgencyRequest, filling: Filling) -> HttpResponse | None:
    found = filling.meeting

    def act(form: AfterForm) -> tuple[str, str]:
        sent, present = form.cleaned_data, form.present
        missed = filling.expected.missed({member.pk for member in present})
        actions.record_meeting(
            found,
            present=present,
            guests=sent.get("guests") or 0,
            decided=form.decided,
            waiver=sent.get("waiver") or "",
            late_reason=sent.get("late_reason") or "",
            next_at=form.next_start,
            parts=filling.parts,
            missed=meeting_facts.to_tell(found, missed) if sent.get("tell") else [],
            version=sent["version"],
            by=request.member,
        )
        return at(request.agency, "groups:after", pk=found.pk), _("The meeting is recorded.")

    return submit(request, filling.form, act)


def _result(
    request: AgencyRequest, found: Meeting, came: list[Attendance], *, late: bool
) -> HttpResponse:
    member = request.member
    record = recorded.last(found)
    expected = meeting_facts.expected(found)
    there = {row.member_id for row in came}
    _last, following = meeting_facts.neighbors(found)
    may_cancel = following is not None and rules.entering(found.group, member, past=False) is None
    parts = [
        (part.words, part.link)
        for code, key in (() if record is None else record.parts)
        if (part := meeting_parts.of(code).shown(key, member)) is not None
    ]
    shown = ResultParts(
        meeting=found,
        came=came,
        decisions=_decisions(found, expected, there),
        next=following,
        may_cancel=may_cancel,
        parts=parts,
        missed=_missed(found, expected, there, member),
        told=None if record is None else record.told,
        follows=meeting_parts.followed(found, member),
        undoing=_undoing(found, record, member),
    )
    return render(
        request,
        "groups/after_result.html",
        {
            "meeting": found,
            "group": found.group,
            "page": result_page(shown),
            "too_late": late,
        },
    )


def _missed(found: Meeting, expected: Expected, there: set[int], reader: Member) -> list[str]:
    """For calls soon after: later, nobody can look up who stayed away how often.

    It tells also who was not expected; they see that somebody looked.
    """
    if found.on <= found.agency.today() - MISSED_SHOWN.span or not rules.naming_missed(found):
        return []
    missed = expected.missed(there)
    known = {*there, *(each.pk for each in missed)}
    others = [each for each in expected.people if each.pk not in known]
    if (missed or others) and not tells_absences(found):
        return []
    access.log_all(by=reader, about=others, what="not expected")
    return [str(each) for each in missed]


def _decisions(found: Meeting, expected: Expected, there: set[int]) -> list[DecisionShown]:
    return [
        decision_shown(
            record,
            waits=lacking(
                record,
                expected.voting,
                expected.with_those_stood_for(there) | meeting_facts.spoken(record),
            ),
        )
        for record in meeting_facts.decisions_of(found)
    ]


def _undoing(found: Meeting, record: Record | None, member: Member) -> Undoing | None:
    """The way to undo all of it for whoever saved it, while there is time."""
    if record is None or record.by != member.pk:
        return None
    until = rules.undone_until(record, member)
    if timezone.now() > until:
        return None
    return Undoing(at(found.agency, "groups:undo_record", pk=found.pk), hour(until))


def undo(request: AgencyRequest, pk: int) -> HttpResponse:
    """Undo all that was recorded, right after it was saved; or say why that is not possible now."""
    found = meeting_of(request, pk)
    enforce(rules.recording(found, request.member))
    if before := sent_before(request):
        return HttpResponseRedirect(before)
    record = recorded.last(found)
    built = None if record is None else actions.built_on(found, record, request.member)
    now = timezone.now()
    refusal = rules.undoing_record(found, record, request.member, now, built=built)
    if refusal is not None and built is not refusal:
        enforce(refusal)
    if refusal is not None:
        context = {"meeting": found, "group": found.group, "refusal": refusal}
        return render(request, "groups/not_undone.html", context)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.undo_record(found, by=request.member)
        return at(request.agency, "groups:after", pk=pk), _("It is undone. You can record it anew.")

    return ask(
        request,
        form,
        act,
        tab=_("Undo all of this"),
        title=_("Undo all of this?"),
        text=[
            moment(found.starts_at),
            _(
                "Who came, the decisions, the next meeting and the number are taken back, and no "
                "payment follows. Whoever has read a message about it already hears that it was "
                "taken back; nobody else does. An e-mail that is on its way only says that there "
                "is a message."
            ),
        ],
        button=_("Undo all of this"),
        kind="warning",
        back=at(request.agency, "groups:after", pk=pk),
        back_text=_("Back to what was recorded"),
    )
