"""Motions about who sits in a group, answers to them, and papers about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.pages import render, submit
from foundation.refusals import Refusal, enforce
from groups import actions, decision_facts, kinds, rules
from groups.finding import group_of, groups_of, seat_of
from groups.forms import (
    ConfirmForm,
    GroupMotionForm,
    MotionAnswerForm,
    ResolutionForm,
    SeatChangeForm,
    SeatMotionForm,
)
from groups.models import (
    ABOUT_A_SEAT,
    Ending,
    Group,
    GroupKind,
    Motion,
    MotionKind,
    Resolution,
    ResolutionState,
    Seat,
    SeatOffer,
)
from groups.policies import FOUNDING, REMOVAL_ANSWER


def _choices(request: AgencyRequest, group: Group) -> TenantQuerySet[Member]:
    """People who can be proposed: as in the offer of a seat, by the right to see everybody."""
    members = Member.objects.within(request.agency).on(request.agency.today())
    if not rules.choosing_from_all(request.member):
        seats = Seat.objects.within(request.agency).filter(group__in=groups_of(request))
        members = members.filter(pk__in=seats.values("member"))
    return members.order_by("shown_name", "pk")


def propose_seat(request: AgencyRequest, pk: int) -> HttpResponse:
    group = group_of(request, pk)
    enforce(rules.moving(group, MotionKind.SEAT, group, request.member))
    form = SeatMotionForm.from_request(
        request,
        members=_choices(request, group),
        caucus=rules.caucusing(group) is None,
        initial={"since": group.day_to_show(request.agency.today()), "voting": "yes"},
    )

    def act(form: SeatMotionForm) -> str:
        answers = form.answers
        decision = actions.propose_seat(
            group,
            answers["member"],
            voting=answers["voting"] == "yes",
            office=answers["office"],
            since=answers["since"],
            reason=answers["reason"],
            caucus=answers.get("caucus") == "yes",
            by=request.member,
        )
        return at(request.agency, "groups:decision", pk=decision.pk)

    return ask(
        request,
        form,
        act,
        title=_("Propose somebody for a seat"),
        text=[
            _(
                "%(name)s decides about it. If it agrees, the person is asked. They have the seat "
                "when they say yes."
            )
            % {"name": group.name}
        ],
        button=_("Bring it to the group"),
        **_back(request, group),
    )


def _back(request: AgencyRequest, group: Group) -> Back:
    return {
        "back": at(request.agency, "groups:people", pk=group.pk),
        "back_text": _("Back to the people"),
    }


def _deciding(request: AgencyRequest, group: Group, kind: MotionKind) -> list[Group]:
    """Groups to which the member can propose it: the group itself, and the governing body."""
    board = groups_of(request).lasting(request.agency.today())
    found = [group, *board.filter(kind=GroupKind.GOVERNING_BODY).exclude(pk=group.pk)]
    refusals: list[Refusal] = []
    allowed = []
    for each in found:
        each.agency = request.agency
        refusal = rules.moving(group, kind, each, request.member)
        if refusal is None:
            allowed.append(each)
        else:
            refusals.append(refusal)
    if not allowed:
        enforce(refusals[0])
    return allowed


def propose_change(request: AgencyRequest, pk: int) -> HttpResponse:
    """Propose to end somebody's seat, or to take an office or a vote away."""
    seat = seat_of(request, pk)
    deciding = _deciding(request, seat.group, MotionKind.END)
    form = SeatChangeForm.from_request(
        request,
        groups=deciding,
        office=bool(seat.office),
        voting=seat.voting,
        charter=kinds.charter(seat.group) is not None,
        initial={"since": request.agency.today(), "what": "end", "deciding": deciding[0].pk},
    )

    def act(form: SeatChangeForm) -> str:
        answers = form.answers
        what = answers["what"]
        decision = actions.propose_change(
            seat,
            deciding=form.chosen,
            ends=what == "end",
            voting=seat.voting and what != "vote",
            office="" if what == "office" else seat.office,
            since=answers["since"],
            reason=answers["reason"],
            charter_words=answers.get("charter_words", ""),
            by=request.member,
        )
        return at(request.agency, "groups:decision", pk=decision.pk)

    days = REMOVAL_ANSWER.words(request.agency, request.agency.today())
    return ask(
        request,
        form,
        act,
        title=_("The seat of %(name)s") % {"name": seat.member},
        text=[
            _(
                "Nobody ends a seat here alone. %(name)s is told what you propose, and has "
                "%(days)s to answer in writing. Then the group decides."
            )
            % {"name": seat.member, "days": days}
        ],
        button=_("Bring it to the group"),
        **_back(request, seat.group),
    )


def propose_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """Propose to end the group."""
    group = group_of(request, pk)
    deciding = _deciding(request, group, MotionKind.DISSOLVE)
    form = GroupMotionForm.from_request(
        request,
        groups=deciding,
        initial={"since": request.agency.today(), "deciding": deciding[0].pk},
    )

    def act(form: GroupMotionForm) -> str:
        decision = actions.propose_for_group(
            group,
            MotionKind.DISSOLVE,
            deciding=form.chosen,
            since=form.answers["since"],
            reason=form.answers["reason"],
            by=request.member,
        )
        return at(request.agency, "groups:decision", pk=decision.pk)

    said = _(
        "This is a proposal. If it is agreed, all seats end on that day. What the group did stays "
        "on record, and what it asked for stays due."
    )
    if group.kind == GroupKind.COMMITTEE:
        said += " " + _("The dashboard says on which day the committee was ended, and by whom.")
    name = {"name": group.name}
    return ask(
        request,
        form,
        act,
        title=_("End %(name)s") % name,
        text=[said],
        button=_("Bring it to the group"),
        back=at(request.agency, "groups:group", pk=pk),
        back_text=_("Back to %(name)s") % name,
    )


def confirm(request: AgencyRequest, pk: int) -> HttpResponse:
    """Propose to keep the founding members under the charter."""
    group = group_of(request, pk)
    enforce(rules.moving(group, MotionKind.CONFIRM, group, request.member))
    seats = Seat.objects.within(request.agency).on(request.agency.today())
    founding = seats.filter(group=group, ending=Ending.TERM).select_related("member")
    form = ConfirmForm.from_request(request, groups=[group])

    def act(form: ConfirmForm) -> str:
        decision = actions.propose_for_group(
            group,
            MotionKind.CONFIRM,
            deciding=group,
            since=request.agency.today(),
            reason=form.answers["reason"],
            by=request.member,
        )
        return at(request.agency, "groups:decision", pk=decision.pk)

    return submit(request, form, act) or render(
        request,
        "groups/confirm_founding.html",
        {
            "form": form,
            "group": group,
            "seats": list(founding.order_by("member__shown_name", "pk")),
            "chartered": kinds.charter(group) is not None,
        },
    )


def motion(request: AgencyRequest, pk: int) -> HttpResponse:
    """A motion about one's own seat, and one's written answer."""
    motions = Motion.objects.within(request.agency).select_related(
        "group", "decision__group", "member"
    )
    found = get_object_or_404(motions, pk=pk, kind__in=ABOUT_A_SEAT)
    if not rules.reading_motion(found, request.member):
        raise Http404
    assert found.decision is not None
    refusal = rules.answering_motion(found, request.member)
    if request.method == "POST":
        enforce(refusal)
    form = MotionAnswerForm.from_request(request)

    def act(form: MotionAnswerForm) -> tuple[str, str]:
        actions.answer_motion(found, text=form.answers["answer"], by=request.member)
        return at(request.agency, "groups:motion", pk=pk), _("Those who decide can read it now.")

    answer = submit(request, form, act) if refusal is None else None
    return answer or render(
        request,
        "groups/motion.html",
        {
            "motion": found,
            "decision": found.decision,
            "group": found.group,
            "theirs": found.member_id == request.member.pk,
            "form": form if refusal is None else None,
        },
    )


def add_resolution(request: AgencyRequest, pk: int) -> HttpResponse:
    """Enter what a paper says about who sits in the group."""
    group = group_of(request, pk)
    today = request.agency.today()
    votes = Seat.objects.within(request.agency).on(today).voting().filter(group=group).exists()
    enforce(
        rules.entering_resolution(
            group,
            request.member,
            on=today,
            anybody_votes=votes,
            chartered=kinds.charter(group) is not None,
        )
    )
    members = _choices(request, group)
    form = ResolutionForm.from_request(
        request, members=members, attesting=members.exclude(pk=request.member.pk)
    )

    def act(form: ResolutionForm) -> tuple[str, str]:
        answers = form.answers
        resolution = actions.enter_resolution(
            group,
            on=answers["on"],
            text=answers["text"],
            members=list(answers["members"]),
            chair=answers["chair"],
            asked=answers["asked"],
            by=request.member,
        )
        message = _("%(name)s was asked to confirm it.") % {"name": answers["asked"]}
        return at(request.agency, "groups:resolution", pk=resolution.pk), message

    return ask(
        request,
        form,
        act,
        title=_("Who was chosen for %(name)s") % {"name": group.name},
        text=_of_resolution(group, FOUNDING.words(request.agency, today)),
        button=_("Ask the second person"),
        **_back(request, group),
    )


def _of_resolution(group: Group, days: str) -> list[str]:
    if group.kind == GroupKind.COUNCIL:
        return [
            _(
                "For a council that was there before the portal: write down what its minutes say "
                "about who sits in it. A second person who was there confirms it."
            )
        ]
    if group.kind != GroupKind.COMMITTEE:
        return [
            _(
                "Your board decided on paper who sits in it. Write down what the paper says. A "
                "second person confirms it."
            )
        ]
    return [
        _(
            "The first members of the oversight committee are chosen by the consumers who took "
            "part in the first dialogues. Write down what they decided. One of them confirms it."
        ),
        _(
            "These seats last for the founding: %(days)s at most. After that, the committee "
            "decides under its charter."
        )
        % {"days": days},
    ]


def resolution(request: AgencyRequest, pk: int) -> HttpResponse:
    """The paper, whom it names, and whether a second person attests to it."""
    rows = Resolution.objects.within(request.agency)
    rows = rows.select_related("group", "entered_by", "asked")
    found = get_object_or_404(rows, pk=pk)
    found.group.agency = request.agency
    if not rules.seeing_resolution(found, request.member):
        raise Http404
    asked = found.asked_id == request.member.pk and found.state == ResolutionState.WAITING
    refusal = (
        decision_facts.attesting_resolution(found, request.member)
        if asked or request.method == "POST"
        else None
    )
    if request.method == "POST":
        enforce(refusal)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.attest_resolution(found, by=request.member)
        offers = SeatOffer.objects.within(request.agency).waiting().filter(group=found.group)
        mine = offers.filter(member=request.member).first()
        if mine is not None:
            said = _("Thank you. It is confirmed, and it names you, too.")
            return at(request.agency, "groups:offer", pk=mine.pk), said
        return at(request.agency, "groups:resolution", pk=pk), _("Thank you. It is confirmed.")

    answer = submit(request, form, act) if asked and refusal is None else None
    named = found.motions.select_related("member").order_by("member__shown_name", "pk")
    return answer or render(
        request,
        "groups/resolution.html",
        {
            "resolution": found,
            "group": found.group,
            "named": list(named),
            "asked": asked,
            "refusal": refusal,
            "form": form if asked and refusal is None else None,
            "may_read_people": rules.running(found.group, request.member) is None,
        },
    )


def deny_resolution(request: AgencyRequest, pk: int) -> HttpResponse:
    rows = Resolution.objects.within(request.agency).select_related("group")
    found = get_object_or_404(rows, pk=pk, asked=request.member)
    enforce(rules.denying_resolution(found, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.deny_resolution(found, by=request.member)
        return at(request.agency, "home_of"), _("Your answer is on record. Nobody gets a seat.")

    return ask(
        request,
        form,
        act,
        title=_("It was not so"),
        text=[
            _(
                "If you say no, nobody gets a seat by this paper. Who wrote it down reads your "
                "answer and can ask somebody else."
            )
        ],
        button=_("Say no"),
        kind="warning",
        back=at(request.agency, "groups:resolution", pk=pk),
        back_text=_("Back to the paper"),
    )
