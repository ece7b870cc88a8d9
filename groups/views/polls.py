"""Which dates suit: asked by who runs the group, answered by its people, and one chosen."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce
from foundation.templatetags.components import day
from groups import actions, rules
from groups.finding import group_of
from groups.forms.polls import ChooseDateForm, OfferDatesForm, SuitsForm
from groups.models import DatePoll, PollDate
from groups.presenting.polls import shown
from groups.scheduling import Foresight, foreseen, needs_reason
from groups.seated import seated
from groups.suits import answered_themselves, answers_of, counted, dates_of


def poll_of(request: AgencyRequest, pk: int) -> DatePoll:
    polls = DatePoll.objects.within(request.agency).select_related("meeting")
    found = get_object_or_404(polls, pk=pk)
    found.group = group_of(request, found.group_id)
    return found


def _to_poll(request: AgencyRequest, poll: DatePoll) -> Back:
    return {
        "back": at(request.agency, "groups:date_poll", pk=poll.pk),
        "back_text": _("Back to the dates"),
    }


def offer_dates(request: AgencyRequest, pk: int) -> HttpResponse:
    group = group_of(request, pk)
    form = OfferDatesForm.from_request(request, initial={"minutes_planned": 60})

    def act(form: OfferDatesForm) -> tuple[str, str]:
        poll = actions.ask_for_dates(
            group,
            dates=form.dates,
            closes_on=form.cleaned_data["closes_on"],
            minutes_planned=form.cleaned_data["minutes_planned"],
            by=request.member,
        )
        return at(request.agency, "groups:date_poll", pk=poll.pk), _("The group is asked.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.offering_dates(group, request.member),
        title=_("Ask which days suit"),
        text=[
            _("Everyone in %(name)s gets a message, and says which dates suit.")
            % {"name": group.name}
        ],
        button=_("Ask the group"),
        back=at(request.agency, "groups:meetings", pk=pk),
        back_text=_("Back to the meetings"),
    )


@require_safe
def date_poll(request: AgencyRequest, pk: int) -> HttpResponse:
    """The dates; for who runs the group, how many can come when, and ways to go on."""
    poll, member = poll_of(request, pk), request.member
    reads = rules.reading_dates(poll, member) is None
    says = rules.saying_dates(poll, member) is None
    if not reads:
        enforce(rules.reading(poll.group, member))
    people = seated(poll.group, request.agency, request.agency.today()) if reads else ()
    names = {each.pk: str(each) for each in people}
    settles = rules.settling_dates(poll, member) is None
    counts = counted(poll) if reads else []
    return render(
        request,
        "groups/date_poll.html",
        {
            "poll": poll,
            "group": poll.group,
            "is_open": poll.is_open(request.agency.today()),
            "says": says,
            "said": bool(answers_of(poll, member.pk)) if says else False,
            "reads": reads,
            "settles": settles,
            "dates": shown(
                poll,
                counts,
                names,
                weighs=rules.weighing_dates(poll, member),
                may_choose=settles,
            ),
            "plain": [] if reads else dates_of(poll),
            "enters": rules.entering_dates(poll, member) is None,
        },
    )


def say_dates(request: AgencyRequest, pk: int) -> HttpResponse:
    """Yes, if needed, or no for each date; in one page, and changed at will until it closes."""
    poll = poll_of(request, pk)
    form = SuitsForm.from_request(
        request, dates=dates_of(poll), said=answers_of(poll, request.member.pk)
    )

    def act(form: SuitsForm) -> tuple[str, str]:
        actions.say_dates(poll, answers=form.suits, by=request.member)
        return _to_poll(request, poll)["back"], _("Thank you. You can change it until it closes.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.saying_dates(poll, request.member),
        caption=poll.group.name,
        title=_("Which days suit you?"),
        text=[_("Who runs the group sees it. You don’t have to say why.")],
        button=_("Send"),
        **_to_poll(request, poll),
    )


@require_safe
def enter_dates(request: AgencyRequest, pk: int) -> HttpResponse:
    """For whom to enter what they said on paper or by phone."""
    poll = poll_of(request, pk)
    enforce(rules.entering_dates(poll, request.member))
    people = seated(poll.group, request.agency, request.agency.today()).filter(erased_at=None)
    people = people.exclude(pk__in=answered_themselves(poll))
    links = [
        {
            "text": str(each),
            "url": at(request.agency, "groups:enter_dates_for", pk=poll.pk, member=each.pk),
        }
        for each in people
        if each.pk != request.member.pk
    ]
    return render(request, "groups/enter_dates.html", {"poll": poll, "links": links})


def enter_dates_for(request: AgencyRequest, pk: int, member: int) -> HttpResponse:
    poll = poll_of(request, pk)
    people = seated(poll.group, request.agency, request.agency.today())
    person: Member = get_object_or_404(people.filter(erased_at=None), pk=member)
    said = person.pk in answered_themselves(poll)
    enforce(rules.entering_dates(poll, request.member, said_by_themselves=said))
    form = SuitsForm.from_request(request, dates=dates_of(poll), said=answers_of(poll, person.pk))

    def act(form: SuitsForm) -> tuple[str, str]:
        actions.say_dates(poll, answers=form.suits, by=request.member, member=person)
        back = at(request.agency, "groups:enter_dates", pk=poll.pk)
        return back, _("It is written down for %(name)s.") % {"name": person}

    return ask(
        request,
        form,
        act,
        title=_("Which days suit %(name)s?") % {"name": person},
        text=[_("Ask; don’t guess. They see that you entered it for them.")],
        button=_("Save"),
        back=at(request.agency, "groups:enter_dates", pk=poll.pk),
        back_text=_("Back"),
    )


def choose_date(request: AgencyRequest, pk: int) -> HttpResponse:
    """Plan the meeting on this date, or take it as the first of a series."""
    rows = PollDate.objects.within(request.agency)
    date = get_object_or_404(rows, pk=pk)
    poll = poll_of(request, date.poll_id)
    found = _foreseen(date, poll)
    # A series asks for its own reason.
    over = needs_reason(found) and "series" not in request.POST
    form = ChooseDateForm.from_request(request, over=over)

    def act(form: ChooseDateForm) -> tuple[str, str]:
        if "series" in request.POST:
            actions.end_poll(poll, by=request.member)
            clock = date.starts_at.astimezone(request.agency.zone).strftime("%Y-%m-%dT%H:%M")
            plan = at(request.agency, "groups:plan_series", pk=poll.group_id)
            return f"{plan}?first={clock}", _("Now say how the series goes on.")
        meeting = actions.choose_date(poll, date=date, **form.answers, by=request.member)
        return at(request.agency, "groups:meeting", pk=meeting.pk), _("The meeting is planned.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.settling_dates(poll, request.member),
        title=_("Meet on this date?"),
        about=day(date.starts_at, weekday=True, time=True),
        text=[
            *(each.words for each in found),
            _("Everyone in the group gets one message."),
        ],
        button=_("Plan the meeting"),
        secondary=_("Make it the first of a series"),
        secondary_name="series",
        **_to_poll(request, poll),
    )


def end_poll(request: AgencyRequest, pk: int) -> HttpResponse:
    poll = poll_of(request, pk)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.end_poll(poll, by=request.member)
        return at(request.agency, "groups:meetings", pk=poll.group_id), _("It is taken back.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.settling_dates(poll, request.member),
        title=_("Take the question back?"),
        text=[_("Nobody is asked any more, and no meeting is planned.")],
        button=_("Take it back"),
        kind="warning",
        **_to_poll(request, poll),
    )


def _foreseen(date: PollDate, poll: DatePoll) -> list[Foresight]:
    days = [poll.agency.date_of(date.starts_at)]
    return foreseen(poll.group, poll.agency, days, poll.minutes_planned)
