"""Words set aside: pages for facilitators, the other side, and the committee."""

import csv
from collections import defaultdict
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Member
from dialogues.dialogue.finding import dialogue_of
from dialogues.dialogue.models import Dialogue
from dialogues.silencing import actions, reading, rules
from dialogues.silencing.forms import AppealForm, SetAsideForm, VoteForm
from dialogues.silencing.models import Appeal, Ended, Silencing
from dialogues.silencing.reasons import SilenceCode
from dialogues.voices.models import Contribution, Voice
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit, submit_unnamed
from foundation.paging import page_of
from foundation.refusals import enforce
from groups.models import GroupKind, Seat

PER_PAGE = 25
LOG_HEAD = ("reason", "asked_on", "agreed_on", "ended_on", "outcome", "appealed_on", "appeal")
OUTCOMES = {
    "set_aside": _("Set aside"),
    "masked": _("Hidden for now"),
    "asked": _("Waiting for the other side"),
    "back": _("Brought back by an appeal"),
    **{how.value: how.label for how in Ended},
}


def _dialogue(request: AgencyRequest, pk: int | None) -> Dialogue | None:
    return dialogue_of(request, pk) if pk is not None else None


def _list(request: AgencyRequest, pk: int | None) -> str:
    if pk is None:
        return at(request.agency, "dialogues:set_aside")
    return at(request.agency, "dialogues:set_aside_in", pk=pk)


def _side(request: AgencyRequest, dialogue: Dialogue | None) -> str | None:
    sides = reading.sides(dialogue, request.agency, request.agency.today())
    return sides.get(request.member.pk)


@require_safe
def words(request: AgencyRequest, pk: int | None = None) -> HttpResponse:
    """All words of a dialogue, or those to the whole program; which are set aside, and why."""
    dialogue, today = _dialogue(request, pk), request.agency.today()
    enforce(rules.hearing(dialogue, request.member))
    said = Contribution.objects.within(request.agency).filter(dialogue=dialogue)
    voices = Voice.objects.within(request.agency).filter(dialogue=dialogue)
    silencings = Silencing.objects.within(request.agency).filter(dialogue=dialogue)
    rows = silencings.select_related("contribution", "voice", "appeal").order_by("-on", "pk")
    now = list(rows.hiding(today))
    said_now = reading.readable(said, today).order_by("-on", "pk").values_list("pk", "text")
    voices_now = reading.readable(voices, today).order_by("pk").values_list("pk", "text")
    keys = [(f"c{key}", text) for key, text in said_now]
    keys += [(f"v{key}", text) for key, text in voices_now]
    page = page_of(request, keys, PER_PAGE)
    return render(
        request,
        "dialogues/silencing/words.html",
        {
            "dialogue": dialogue,
            "page": page,
            "aside": [
                {"row": row, "may_undo": _may_undo(row, request.member, dialogue)} for row in now
            ],
            "asked": [
                {"row": row, "form": _taking_back(row, request.member, today)}
                for row in rows.undecided(today)
            ],
            "csv_url": f"{_list(request, pk)}log.csv",
            "sees_counts": rules.seeing_counts(
                request.member, in_committee=_in_committee(request.member, today)
            )
            is None,
        },
    )


def _taking_back(row: Silencing, by: Member, on: date) -> PortalForm | None:
    return PortalForm() if rules.withdrawing(row, by, on=on) is None else None


def _may_undo(row: Silencing, by: Member, dialogue: Dialogue | None) -> bool:
    return rules.undoing(row, by, dialogue=dialogue) is None


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: AgencyRequest, key: str, pk: int | None = None) -> HttpResponse:
    """Choose the reason for one of them."""
    dialogue = _dialogue(request, pk)
    enforce(rules.hearing(dialogue, request.member))
    found = _words(request, dialogue, key)
    side = _side(request, dialogue)
    form = SetAsideForm.from_request(request)
    form.fields["code"].choices = [  # type: ignore[attr-defined]
        (code.value, code.label)
        for code in SilenceCode
        if rules.setting_aside(dialogue, code, request.member, side=side) is None
    ]

    def act(form: SetAsideForm) -> Destination:
        made = actions.set_aside(found, code=form.cleaned_data["code"], by=request.member)
        if made.alone:
            return _list(request, pk), _("Nobody reads these words now.")
        return _list(request, pk), _("The other side is asked. Until then, people can read it.")

    not_alone = _(
        "You can set aside an ad, or hide for a short time what lets people guess who somebody is. "
        "For other reasons, one person of each side decides together."
    )
    return ask(
        request,
        form,
        act,
        title=_("Set these words aside"),
        paper=found.text,
        text=[] if side else [not_alone],
        button=_("Set aside"),
        back=_list(request, pk),
        back_text=_("Back to the words"),
    )


def _words(request: AgencyRequest, dialogue: Dialogue | None, key: str) -> Contribution | Voice:
    today = request.agency.today()
    said = Contribution.objects.within(request.agency).filter(dialogue=dialogue)
    voices = Voice.objects.within(request.agency).filter(dialogue=dialogue)
    kind, rest = key[:1], key[1:]
    if kind == "c" and rest.isdecimal() and len(rest) < 19:
        return get_object_or_404(reading.readable(said, today), pk=int(rest))
    found = reading.readable(voices, today)
    try:
        return get_object_or_404(found, pk=UUID(rest)) if kind == "v" else _nowhere()
    except ValueError:
        raise Http404 from None


def _nowhere() -> Voice:
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: AgencyRequest, key: UUID) -> HttpResponse:
    """Restore what one facilitator set aside alone."""
    rows = Silencing.objects.within(request.agency).select_related(
        "dialogue__group", "contribution", "voice"
    )
    found = get_object_or_404(rows, pk=key)
    dialogue = _dialogue(request, found.dialogue_id)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.undo(found, by=request.member)
        return _list(request, found.dialogue_id), _("People can read these words again.")

    return ask(
        request,
        form,
        act,
        title=_("Bring these words back"),
        paper=found.words.text,
        text=[
            _("People can read them again at once. The same reason can’t be given for them again.")
        ],
        button=_("Bring back"),
        back=_list(request, found.dialogue_id),
        back_text=_("Back to the words"),
        rule=lambda: rules.undoing(found, request.member, dialogue=dialogue),
    )


@require_POST
def withdraw(request: AgencyRequest, key: UUID) -> HttpResponse:
    """Withdraw a request to the other side."""
    mine = Silencing.objects.within(request.agency).filter(asked_by=request.member)
    found = get_object_or_404(mine, pk=key)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.withdraw(found, by=request.member)
        return _list(request, found.dialogue_id), _("You took it back. The words stay.")

    return submit(request, form, act) or redirect(_list(request, found.dialogue_id))


@require_safe
def asked(request: AgencyRequest) -> HttpResponse:
    """Requests of the other side that await this member."""
    found = reading.for_the_other_side(request.member, request.agency.today())
    return render(request, "dialogues/silencing/asked.html", {"rows": found})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AgencyRequest, key: UUID) -> HttpResponse:
    """Agree to setting words aside, or decline; a stand-in need not know the dialogue."""
    today = request.agency.today()
    rows = Silencing.objects.within(request.agency).select_related(
        "dialogue__group", "contribution", "voice"
    )
    found = get_object_or_404(rows, pk=key)
    side = reading.sides(found.dialogue, request.agency, today).get(request.member.pk)
    if side is None:
        raise Http404
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        if request.POST.get("answer") == "agree":
            actions.agree(found, by=request.member)
            message = _("You agreed. Nobody reads these words now.")
        else:
            actions.refuse(found, by=request.member)
            message = _("You said no. The words stay.")
        return at(request.agency, "dialogues:asked"), message

    if sent := submit(request, form, act):
        return sent
    enforce(rules.agreeing(found, request.member, side=side, on=today))
    return render(request, "dialogues/silencing/answer.html", {"form": form, "row": found})


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: AgencyRequest, pk: int) -> HttpResponse:
    """What was done about one's own words, why, and an appeal."""
    mine = Contribution.objects.within(request.agency).filter(author=request.member)
    said = get_object_or_404(mine, pk=pk)
    told = reading.told(said, request.agency.today())
    open_to = next((each for each in told if each.may_appeal), None)
    form = AppealForm.from_request(request)

    def act(form: AppealForm) -> Destination:
        if open_to is not None:
            text = form.cleaned_data["text"]
            actions.appeal(open_to.silencing, by=request.member, text=text)
        return request.path, _("Sent to the members of the committee who use services.")

    return submit_unnamed(request, form, act) or render(
        request,
        "dialogues/silencing/mine.html",
        {"form": form, "words": said, "told": told, "may_appeal": open_to is not None},
    )


@require_safe
def appeals(request: AgencyRequest) -> HttpResponse:
    return render(
        request,
        "dialogues/silencing/appeals.html",
        {"appeals": reading.appeals_for(request.member)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AgencyRequest, key: UUID) -> HttpResponse:
    """A consumer member of the committee reads the words, the reason and the appeal, and votes."""
    found = next((row for row in reading.appeals_for(request.member) if row.appeal.pk == key), None)
    if found is None:
        raise Http404
    appeal = found.appeal
    form = VoteForm.from_request(request, initial=_answered(found))

    def act(form: VoteForm) -> Destination:
        actions.vote(appeal, by=request.member, back=form.cleaned_data["back"])
        return at(request.agency, "dialogues:appeals"), _("Thank you.")

    said = [(_("Why they were set aside:"), appeal.silencing.get_code_display())]
    if appeal.text:
        said.append((_("What the person says:"), linebreaksbr(appeal.text, autoescape=True)))
    return ask(
        request,
        form,
        act,
        title=_("Should these words be back?"),
        paper=appeal.silencing.words.text,
        text=[format_html("<strong>{}</strong> {}", *each) for each in said],
        button=_("Send"),
        back=at(request.agency, "dialogues:appeals"),
        back_text=_("Back to the appeals"),
    )


def _answered(found: reading.AppealToDecide) -> dict[str, str]:
    """The member's earlier vote as initial values."""
    if found.back is None:
        return {}
    return {"back": "yes" if found.back else "no"}


def _in_committee(by: Member, on: date) -> bool:
    seats = Seat.objects.within(by.agency).on(on).filter(member=by)
    return seats.filter(group__kind=GroupKind.COMMITTEE).exists()


@require_safe
def counts(request: AgencyRequest) -> HttpResponse:
    """How often each reason was given this year, and the outcomes: no words, no names."""
    today = request.agency.today()
    in_committee = _in_committee(request.member, today)
    enforce(rules.seeing_counts(request.member, in_committee=in_committee))
    found = reading.counts(request.agency, today.replace(month=1, day=1))
    by_code: dict[str, list[str]] = defaultdict(list)
    for (code, how), count in sorted(found.items()):
        by_code[code].append(f"{OUTCOMES[how]}: {count}")
    return render(
        request,
        "dialogues/silencing/counts.html",
        {
            "year": today.year,
            "head": [_("Reason"), _("How it went")],
            "rows": [
                [code.label, ", ".join(by_code[code.value]) or _("Never")] for code in SilenceCode
            ],
        },
    )


@require_safe
def log_csv(request: AgencyRequest, pk: int | None = None) -> HttpResponse:
    """Codes and days of a dialogue (or of words to the whole program), for both sides."""
    dialogue, today = _dialogue(request, pk), request.agency.today()
    if _side(request, dialogue) is None:
        enforce(rules.hearing(dialogue, request.member))
    rows = Silencing.objects.within(request.agency).filter(dialogue=dialogue)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="set-aside.csv"'},
    )
    table = csv.writer(response)
    table.writerow(
        ["reason", "asked_on", "agreed_on", "ended_on", "outcome", "appealed_on", "appeal"]
    )
    # Keys are random, so the order within a day reveals nothing.
    for row in rows.select_related("appeal").order_by("on", "pk"):
        table.writerow(_line(row, today))
    return response


def _line(row: Silencing, today: date) -> list[str]:
    appeal: Appeal | None = getattr(row, "appeal", None)
    days = [row.on, row.agreed_on, row.ended_on]
    return [
        row.code,
        *(day.isoformat() if day else "" for day in days),
        reading.outcome(row, today),
        appeal.on.isoformat() if appeal else "",
        (appeal.outcome or "open") if appeal else "",
    ]
