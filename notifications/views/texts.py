"""Texts to a person's phone: what they are, the number, its code, what for, and the end."""

from datetime import time

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.policies import in_words
from foundation.refusals import enforce
from notifications import actions, numbers, rules
from notifications.actions.numbers import asked_number, live_number
from notifications.forms import SHARED, PhoneCodeForm, PhoneForm, TextsForm
from notifications.models import Often, TextNumber
from notifications.policies import TEXT_CODE
from notifications.topics import Topic


@require_safe
def texts(request: AgencyRequest) -> HttpResponse:
    """Whether the member gets texts, for what and when; the ways to change it.

    A code that was asked for and not entered yet is what comes next.
    """
    enforce(rules.having_texts(request.member))
    number, asked = live_number(request.member), asked_number(request.member)
    return render(
        request,
        "notifications/texts.html",
        {
            "number": number,
            "facts": _facts(number) if number is not None else [],
            "ending": numbers.ending(asked.number) if asked is not None else "",
        },
    )


def _facts(number: TextNumber) -> list[dict[str, str]]:
    assert number.confirmed_at is not None
    hour_from, hour_until = (
        time_format(time(hour), "g:i a") for hour in (number.quiet_from, number.quiet_until)
    )
    quiet = (
        _("Always")
        if number.quiet_from == number.quiet_until
        else _("Not from %(since)s to %(until)s") % {"since": hour_from, "until": hour_until}
    )
    topics = [str(Topic(each).label) for each in Topic.values if getattr(number, each)]
    return [
        {
            "key": _("Your number"),
            "value": _("ends in %(digits)s") % {"digits": numbers.ending(number.number)},
        },
        {"key": _("Texts for"), "value": ", ".join(topics)},
        {"key": _("How many"), "value": str(Often(number.often).label)},
        {"key": _("When"), "value": quiet},
        {
            "key": _("Who reads them"),
            "value": _("Others, too: they say even less") if number.shared else _("Only you"),
        },
    ]


def text_number(request: AgencyRequest) -> HttpResponse:
    """The number to text, and who reads texts there; a code goes to it."""
    enforce(rules.having_texts(request.member))
    form = PhoneForm.from_request(request, member=request.member)

    def act(form: PhoneForm) -> str:
        said = form.answers
        actions.ask_for_texts(
            number=said["number"], shared=said["who"] == SHARED, by=request.member
        )
        return at(request.agency, "notifications:text_code")

    return ask(
        request,
        form,
        act,
        title=_("Your number for texts"),
        text=[
            _("We text you a code first. So we know that the phone is yours."),
            _("Nobody here sees your number. Your phone company may charge you for texts."),
        ],
        button=_("Text me a code"),
        keep=False,
        back=at(request.agency, "notifications:texts"),
        back_text=_("Back"),
    )


def text_code(request: AgencyRequest) -> HttpResponse:
    """The code that was texted, which proves that the number is theirs."""
    enforce(rules.having_texts(request.member))
    form = PhoneCodeForm.from_request(request, member=request.member)
    back = at(request.agency, "notifications:texts")

    def act(form: PhoneCodeForm) -> tuple[str, str]:
        actions.confirm_number(code=form.cleaned_data["code"], by=request.member)
        return back, _("You get texts now. You can change or stop them here.")

    if answer := submit(request, form, act):
        return answer
    asked = asked_number(request.member)
    if asked is None:
        return redirect(at(request.agency, "notifications:text_number"))
    time_left = in_words(TEXT_CODE.unit, TEXT_CODE.value)
    return render(
        request,
        "notifications/text_code.html",
        {"form": form, "ending": numbers.ending(asked.number), "time_left": time_left},
    )


def choose_texts(request: AgencyRequest) -> HttpResponse:
    """What the member gets texts for, how often, and when not."""
    enforce(rules.having_texts(request.member))
    number = live_number(request.member)
    back = at(request.agency, "notifications:texts")
    if number is None:
        return redirect(back)
    form = TextsForm.from_request(request, initial=TextsForm.of(number))

    def act(form: TextsForm) -> tuple[str, str]:
        said = form.answers
        actions.choose_texts(
            **{each: each in said["topics"] for each in Topic.values},
            often=Often(said["often"]),
            quiet_from=said["quiet_from"],
            quiet_until=said["quiet_until"],
            shared=said["who"] == SHARED,
            by=request.member,
        )
        return back, _("Saved.")

    return ask(
        request,
        form,
        act,
        title=_("What you get texts for"),
        button=_("Save"),
        back=back,
        back_text=_("Back"),
    )


def stop_texts(request: AgencyRequest) -> HttpResponse:
    form = PortalForm.from_request(request)
    back = at(request.agency, "notifications:texts")

    def act(form: PortalForm) -> tuple[str, str]:
        actions.stop_texts(by=request.member)
        return back, _("You get no texts any more. We deleted your number.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.having_texts(request.member),
        title=_("Stop the texts?"),
        text=[_("We delete your number. Your messages still wait for you here.")],
        button=_("Stop the texts"),
        kind="warning",
        back=back,
        back_text=_("Back"),
    )
