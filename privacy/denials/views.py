"""That was not me, or not right: said by the person, answered by an administrator."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access, changes
from accounts.models import AccessLog, Member
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce
from privacy.denials import actions, rules
from privacy.denials.forms import DenialAnswerForm
from privacy.denials.models import Denial, DenialQuerySet, DeniedKind
from privacy.denials.reading import denied, sentence, told_of


def _rows(request: AgencyRequest) -> DenialQuerySet:
    rows: DenialQuerySet = Denial.objects.within(request.agency)
    return rows


@require_safe
def denials(request: AgencyRequest) -> HttpResponse:
    """What the member said was not right, the latest first."""
    mine = _rows(request).filter(member=request.member).select_related("accused")
    page = page_of(request, mine.order_by("-at", "-pk"))
    rows = [denied(each) for each in page]
    return render(request, "privacy/denials/denials.html", {"page": page, "rows": rows})


def deny_look(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say that a look at one's data was not right."""
    looks = AccessLog.objects.within(request.agency).filter(about=request.member)
    look = get_object_or_404(looks.select_related("reader"), pk=pk)
    words = sentence(request.agency, DeniedKind.LOOK, look.what, look.at, look.reader)
    return _deny(
        request,
        DeniedKind.LOOK,
        pk,
        title=_("Say that this was not right"),
        button=_("That was not right"),
        words=words,
        who=look.reader,
    )


def deny_entry(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say that one did not ask for an entry on one's behalf."""
    entries = changes.entered_for(request.member).select_related("actor")
    event = get_object_or_404(entries, pk=pk)
    assert event.actor is not None
    words = sentence(request.agency, DeniedKind.ENTRY, event.name, event.at, event.actor)
    return _deny(
        request,
        DeniedKind.ENTRY,
        pk,
        title=_("Say that this was not you"),
        button=_("That was not me"),
        words=words,
        who=event.actor,
    )


def _deny(
    request: AgencyRequest,
    kind: DeniedKind,
    source: int,
    *,
    title: str,
    button: str,
    words: str,
    who: Member,
) -> HttpResponse:
    """What saying so does, and the button; what was said already leads to its page."""
    said = _rows(request).filter(member=request.member, kind=kind, source=source).first()
    if said is not None and request.method != "POST":
        return redirect(at(request.agency, "privacy:denial", pk=said.pk))

    def act(form: PortalForm) -> tuple[str, str]:
        made = actions.say(kind=kind, source=source, by=request.member)
        page = at(request.agency, "privacy:denial", pk=made.pk)
        return page, _("Thank you for telling us. Somebody looks into it.")

    handled = _(
        "An administrator looks into it and answers you. %(who)s can’t be the one who does."
    )
    return ask(
        request,
        PortalForm.from_request(request),
        act,
        title=title,
        text=[words, handled % {"who": who}, _("You don’t have to give a reason.")],
        button=button,
        back=at(request.agency, "accounts:who_looked"),
    )


def _found(request: AgencyRequest, pk: int) -> Denial:
    rows = _rows(request).select_related("member", "accused", "answered_by")
    found: Denial = get_object_or_404(rows, pk=pk)
    if found.member_id != request.member.pk:
        enforce(rules.handling(found, request.member))
        found.member.agency = request.agency
        access.log(by=request.member, about=found.member, what="denial")
    return found


@require_safe
def one(request: AgencyRequest, pk: int) -> HttpResponse:
    """For whoever said it, and for those who may answer."""
    found = _found(request, pk)
    mine = found.member_id == request.member.pk
    return render(
        request,
        "privacy/denials/denial.html",
        {
            "denial": found,
            "words": told_of(found),
            "mine": mine,
            "may_answer": rules.answering(found, request.member) is None,
            "nobody": mine and found.answered_at is None and not rules.somebody_can_answer(found),
        },
    )


def answer(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    page = at(request.agency, "privacy:denial", pk=pk)

    def act(form: DenialAnswerForm) -> tuple[str, str]:
        actions.answer(found, **form.answers, by=request.member)
        return page, _("They can read your answer now.")

    return ask(
        request,
        DenialAnswerForm.from_request(request),
        act,
        title=_("Answer %(name)s") % {"name": found.member},
        text=[told_of(found)],
        button=_("Send"),
        back=page,
        rule=lambda: rules.answering(found, request.member),
    )
