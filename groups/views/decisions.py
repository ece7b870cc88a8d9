"""Decisions by consent: the proposal, everyone's position, and the outcome."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import titles
from accounts.models import Member
from foundation import prepared
from foundation.addresses import at
from foundation.asking import Quote, ask, show
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.links import Link
from foundation.models import Agency, TenantQuerySet
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from groups import actions, decision_facts, kinds, rules
from groups.actions.decisions import ROUND_CHANGED
from groups.alternates import own_seat, stepping_in
from groups.finding import decision_of, group_of
from groups.forms import (
    AmendForm,
    CloseForm,
    EnterPositionForm,
    InterestForm,
    PositionForm,
    ProposalForm,
    WaiverForm,
    WrittenProposalForm,
)
from groups.models import (
    Choice,
    Decision,
    DecisionReview,
    DecisionStatus,
    EarlierWording,
    GroupKind,
    Position,
    Question,
    Seat,
    Way,
)
from groups.of_proposal import back_to, with_words
from groups.presenting.decisions import DecisionParts, DecisionRights, decision_page
from groups.tally import day_of, tally, voters


@require_safe
def decisions(request: AgencyRequest, pk: int) -> HttpResponse:
    """People outside the group see only adopted decisions."""
    group = group_of(request, pk)
    inside = rules.reading(group, request.member) is None
    found = group.decisions.order_by("-opened_on", "-pk")
    if not inside:
        found = (
            found.none()
            if group.kind == GroupKind.DIALOGUE
            else found.filter(status=DecisionStatus.ADOPTED, kept_inside=False)
        )
    return render(
        request,
        "groups/decisions.html",
        {
            "group": group,
            "open": page_of(request, found.filter(status=DecisionStatus.OPEN), parameter="open"),
            "decided": page_of(request, found.exclude(status=DecisionStatus.OPEN)),
            "may_propose": rules.proposing(group, request.member) is None,
            "may_write_down": rules.writing_down(group, request.member) is None,
        },
    )


def propose(request: AgencyRequest, pk: int) -> HttpResponse:
    group = group_of(request, pk)
    enforce(rules.proposing(group, request.member))
    in_writing = decision_facts.starting_in_writing(group, request.member) is None
    form: ProposalForm = (
        WrittenProposalForm.from_request(request, until=decision_facts.last_day_in_writing(group))
        if in_writing
        else ProposalForm.from_request(request)
    )

    def act(form: ProposalForm) -> str:
        answers = form.answers
        written = answers.pop("way", Way.CONSENT) == Way.WRITING
        act = actions.propose_in_writing if written else actions.propose
        decision = act(group, **answers, by=request.member)
        return at(request.agency, "groups:decision", pk=decision.pk)

    return ask(
        request,
        form,
        act,
        title=_("Make a proposal"),
        text=[
            _("Everyone in %(name)s who decides is asked for their view.") % {"name": group.name}
        ],
        button=_("Bring it to the group"),
        back=at(request.agency, "groups:decisions", pk=pk),
        back_text=_("Back to the proposals"),
    )


def _positions(agency: Agency) -> TenantQuerySet[Position]:
    """All positions, newest round first; current ones before replaced ones."""
    rows = Position.objects.within(agency).filter(decision=prepared.ROW)
    return rows.select_related("member", "seat", "alternate").order_by(
        "-round", "member__shown_name", "pk"
    )


def _of[M: (Position, Question, DecisionReview)](
    decision: Decision, build: Callable[[Agency], TenantQuerySet[M]]
) -> list[M]:
    """The decision's rows of a query that is built once."""
    found: list[M] = prepared.of_agency(build).models(
        {"agency": decision.agency_id, "row": decision.pk}
    )
    for row in found:
        row.agency, row.decision = decision.agency, decision
    return found


def decision(request: AgencyRequest, pk: int) -> HttpResponse:
    """Read a proposal and answer it, on one page."""
    found = decision_of(request, pk)
    enforce(rules.reading_decision(found, request.member))
    positions = _of(found, _positions)
    current = [each for each in positions if each.round == found.round and not each.replaced_at]
    mine = next((each for each in current if each.member_id == request.member.pk), None)
    open_now = found.status == DecisionStatus.OPEN
    place = rules.place(found.group, request.member)
    decides = open_now and place.voting
    stepping = None
    if open_now and place.seated and not place.voting:
        stepping = stepping_in(found.group, request.member)
    speaks_for = None if stepping is None else stepping.holder
    if speaks_for is not None:
        mine = next((each for each in current if each.member_id == speaks_for.pk), None)
    motion = found.motion
    barred = kinds.barred(found.group, request.member) if open_now else None
    barred = barred or rules.concerned(motion, request.member)
    if open_now and place.seated:
        barred = barred or rules.interested(found, request.member)
    too_late = rules.answering_in_writing(found, request.agency.today())
    decides = decides and barred is None and too_late is None
    if stepping is not None:
        own = mine is not None and mine.alternate_id is None
        seat = own_seat(request.agency, found.group_id, stepping.holder_id, request.agency.today())
        decides = (
            barred is None
            and (
                rules.speaking_for(found, stepping, seat, said_by_holder=own)
                or rules.interested(found, stepping.holder)
            )
            is None
        )
    form = (
        PositionForm.from_request(
            request,
            unread=found.caucus,
            initial={
                "round": found.round,
                "choice": mine.choice if mine else None,
                "reason": mine.reason if mine else "",
            },
        )
        if decides
        else None
    )

    def act(form: PositionForm) -> tuple[str, str]:
        who = request.member if speaks_for is None else speaks_for
        actions.take_position(found, member=who, alternate=stepping, **form.answers)
        return at(request.agency, "groups:decision", pk=pk), _("Thank you. Your view is in.")

    if request.method == "POST":
        if form is None:
            # The reason, from the one rule that decides it.
            enforce(barred or too_late or rules.taking_position(found, None, request.member))
        elif (answer := submit(request, form, act)) is not None:
            return answer
        else:
            _ask_again(form, found)
    inside = rules.reading(found.group, request.member) is None
    may_run = open_now and rules.running(found.group, request.member) is None
    on = day_of(found, request.agency.today())
    seats = voters(found, on) if current else {}
    counted = tally(found, on, current, seats or None) if may_run else None
    not_yet = decision_facts.closing(found, request.member, counted, motion) if may_run else None
    written = decision_facts.writing_facts(found, request.member, barred) if inside else None
    on_paper = None
    if inside:
        on_paper = decision_facts.paper_facts(found, request.member, seats or None, current)
    parts = DecisionParts(
        decision=found,
        positions=positions,
        voters=frozenset(seats),
        questions=_of(found, _questions) if inside else [],
        wordings=_wordings(found) if inside and found.round > 1 else [],
        paper=on_paper,
        asked=form is not None,
        subject=_subject(found, request.member),
        speaks_for=speaks_for,
    )
    may = DecisionRights(
        inside=inside,
        ask=rules.asking(found, request.member) is None,
        answer=may_run or (open_now and found.proposed_by_id == request.member.pk),
        see_positions=rules.seeing_positions(found, request.member, answered=mine is not None)
        and (form is None or mine is not None),
        told_of_quorum=found.without_quorum and rules.told_of_quorum(found.group, request.member),
    )
    return render(
        request,
        "groups/decision.html",
        {
            "decision": found,
            "group": found.group,
            "page": decision_page(parts, may, request.member),
            "motion": motion if inside else None,
            "concerned": motion is not None
            and motion.about_a_seat
            and motion.member_id == request.member.pk,
            "form": form,
            "interests": found.interests.all() if inside else [],
            "reviews": [] if found.may_become(DecisionStatus.ADOPTED) else _of(found, _reviews),
            "open": open_now,
            "may_run": may_run,
            "not_yet": not_yet,
            "writing": written,
            "paper": on_paper,
            "ways_on": decision_facts.ways_on(
                found,
                request.member,
                closes=may_run and not_yet is None,
                writing=written,
                paper=on_paper,
            ),
        },
    )


def _questions(agency: Agency) -> TenantQuerySet[Question]:
    rows = Question.objects.within(agency).filter(decision=prepared.ROW)
    return rows.select_related("asked_by", "answered_by").order_by("pk")


def _reviews(agency: Agency) -> TenantQuerySet[DecisionReview]:
    rows = DecisionReview.objects.within(agency).filter(decision=prepared.ROW)
    return rows.select_related("by").order_by("-on", "-pk")


def _wordings(decision: Decision) -> list[EarlierWording]:
    rows = EarlierWording.objects.within(decision.agency).filter(decision=decision)
    return list(rows.order_by("round"))


def _ask_again(form: PortalForm, decision: Decision) -> None:
    """The page now shows the new text, so what is sent from it is about that."""
    if form.has_error(NON_FIELD_ERRORS, code=ROUND_CHANGED):
        form.put("round", decision.round)


def _subject(decision: Decision, reader: Member) -> Link | None:
    if not decision.subject_type or decision.subject_id is None:
        return None
    subject = (decision.subject_type, decision.subject_id)
    return titles.links_of([subject], reader).get(subject)


def enter_position(request: AgencyRequest, pk: int) -> HttpResponse:
    """Enter what somebody said aloud or on paper."""
    found = decision_of(request, pk)
    enforce(rules.running(found.group, request.member))
    seats = Seat.objects.within(request.agency).on(request.agency.today()).voting()
    said = Position.objects.within(request.agency).current().filter(decision=found)
    members = Member.objects.within(request.agency).filter(
        pk__in=seats.filter(group=found.group).values("member")
    )
    members = members.exclude(pk__in=said.filter(entered_by=None).values("member"))
    if found.caucus:
        # People who can sign in answer unread.
        members = members.filter(user=None)
    form = EnterPositionForm.from_request(
        request,
        members=members.exclude(pk=request.member.pk).order_by("shown_name"),
        unread=found.caucus,
        initial={"round": found.round, "agreed_on": request.agency.today()},
    )

    def act(form: EnterPositionForm) -> tuple[str, str]:
        answers = form.answers
        del answers["asked"]
        position = actions.take_position(found, **answers, by=request.member)
        message = _("The view of %(name)s is in.") % {"name": position.member}
        return at(request.agency, "groups:decision", pk=pk), message

    if (answer := submit(request, form, act)) is not None:
        return answer
    _ask_again(form, found)
    return show(
        request,
        form,
        title=_("Write down what somebody said"),
        button=_("Save"),
        **with_words(request, found),
    )


def amend(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(rules.amending(found, request.member))
    form = AmendForm.from_request(
        request, initial={"version": found.version, "title": found.title, "text": found.text}
    )

    def act(form: AmendForm) -> str:
        version = form.cleaned_data["version"]
        actions.amend(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "groups:decision", pk=pk)

    current = [
        each
        for each in _of(found, _positions)
        if each.round == found.round and not each.replaced_at
    ]
    answered = any(each.member_id == request.member.pk for each in current)
    shown = rules.seeing_positions(found, request.member, answered=answered)
    objections = [each for each in current if each.choice == Choice.OBJECT] if shown else []
    text = [
        _(
            "When you save, a new round starts and everyone is asked again. What was said before "
            "stays on record."
        )
    ]
    if not shown:
        text.append(_("You see what people object to once your own view is in."))
    return ask(
        request,
        form,
        act,
        title=_("Work on the proposal"),
        text=text,
        quotes=[Quote(each.reason, by=str(each.member)) for each in objections],
        button=_("Save and ask again"),
        **back_to(request, found),
    )


def close_decision(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    counted = tally(found, request.agency.today())
    enforce(decision_facts.closing(found, request.member, counted, found.motion))
    form = CloseForm.from_request(request, initial={"round": found.round})

    def act(form: CloseForm) -> str:
        answers = form.answers
        answers["adopted"] = answers["adopted"] == "yes"
        actions.close_decision(found, **answers, by=request.member)
        return at(request.agency, "groups:decision", pk=pk)

    if (answer := submit(request, form, act)) is not None:
        return answer
    _ask_again(form, found)
    return render(
        request,
        "groups/close_decision.html",
        {"form": form, "decision": found, "group": found.group, "tally": counted},
    )


def waive(request: AgencyRequest, pk: int) -> HttpResponse:
    """A voting member states why the group decides before everybody has answered."""
    found = decision_of(request, pk)
    enforce(rules.waiving(found, request.member))
    form = WaiverForm.from_request(request, initial={"waiver": found.waiver})

    def act(form: WaiverForm) -> tuple[str, str]:
        actions.waive(found, reason=form.answers["waiver"], by=request.member)
        return at(request.agency, "groups:decision", pk=pk), _("The reason is written down.")

    return ask(
        request,
        form,
        act,
        title=_("Decide before everyone has given their view"),
        text=[
            _(
                "Your group can decide now, but must say why. If too few people who use services "
                "have given their view, the oversight committee reads the reason."
            )
        ],
        button=_("Save the reason"),
        **back_to(request, found),
    )


def declare_interest(request: AgencyRequest, pk: int) -> HttpResponse:
    """Declare an interest of one's own in what the group decides here."""
    found = decision_of(request, pk)
    enforce(rules.declaring_interest(found, request.member))
    form = InterestForm.from_request(request)

    def act(form: InterestForm) -> tuple[str, str]:
        actions.declare_interest(found, text=form.answers["text"], by=request.member)
        said = _("Thank you. You take no part in this decision.")
        return at(request.agency, "groups:decision", pk=pk), said

    return ask(
        request,
        form,
        act,
        title=_("Declare an interest of your own"),
        text=[
            _(
                "You then take no part in this decision, and are not counted. What all consumers, "
                "or all staff, have in common is not an interest of your own."
            )
        ],
        button=_("Tell the group"),
        **back_to(request, found),
    )


def withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    seats = Seat.objects.within(request.agency).on(request.agency.today())
    seated = seats.filter(group=found.group_id, member=found.proposed_by_id).exists()
    enforce(rules.withdrawing(found, request.member, proposer_seated=seated))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.withdraw(found, by=request.member)
        return at(request.agency, "groups:decisions", pk=found.group_id), _("It is withdrawn.")

    return ask(
        request,
        form,
        act,
        tab=_("Withdraw this proposal"),
        title=_("Withdraw this proposal?"),
        text=[
            found.title,
            _("Nobody can give a view on it then. What was said stays on record."),
        ],
        button=_("Withdraw it"),
        kind="warning",
        **back_to(request, found),
    )
