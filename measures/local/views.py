"""Pages of an agency's own indicators: defined, tested, published, attested, retired."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import titles
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.http import AgencyRequest
from foundation.models import PolicyChange
from foundation.pages import render, submit
from foundation.refusals import enforce
from indicators.forms import ChangeForm
from indicators.rules import changing_settings
from indicators.terms import terms
from measures.local import actions, rules
from measures.local.evaluating import evaluate, goal_in_words, readers_in_words, seen_by
from measures.local.forms import (
    AttestForm,
    LocalIndicatorEditForm,
    LocalIndicatorForm,
    LocalTestForm,
    RetireLocalForm,
)
from measures.local.models import LocalIndicator, LocalReaders, LocalSource, LocalVersion
from measures.local.presenting import (
    changes,
    local_card,
    records,
    rule_in_words,
    tried,
)
from measures.local.rules import in_force_among
from measures.policies import OWN_FRESH, OWN_WARNING


def _versions(request: AgencyRequest, pk: int) -> tuple[LocalIndicator, list[LocalVersion]]:
    """The indicator and the versions that the member may see, oldest first; else 404."""
    rows = LocalIndicator.objects.within(request.agency).select_related("retired_by")
    indicator = get_object_or_404(rows, pk=pk)
    found = LocalVersion.objects.within(request.agency).filter(indicator=indicator)
    versions = list(found.select_related("measure", "published_by").order_by("number"))
    for each in versions:
        each.indicator = indicator
    if not rules.reading(rules.deciding(versions, request.agency.today()), request.member):
        raise Http404
    may_draft = rules.defining(request.member) is None
    return indicator, [each for each in versions if each.published_on is not None or may_draft]


def _draft(request: AgencyRequest, pk: int) -> LocalVersion:
    """The draft of an indicator; 404 without one, or for who may not publish it."""
    _indicator, versions = _versions(request, pk)
    draft = next((each for each in versions if each.published_on is None), None)
    if draft is None:
        raise Http404
    return draft


def _page(request: AgencyRequest, key: int) -> str:
    return at(request.agency, "measures:local_indicator", pk=key)


def _back(request: AgencyRequest, key: int) -> Back:
    return {"back": _page(request, key), "back_text": _("Back to the indicator")}


@require_safe
def local_indicators(request: AgencyRequest) -> HttpResponse:
    """All indicators of the agency's own: those that count, drafts, and retired ones."""
    agency, today = request.agency, request.agency.today()
    counting = seen_by(agency, request.member, today)
    shown = {each.version.indicator_id for each in counting}
    rows = LocalVersion.objects.within(agency).select_related("indicator").order_by("-number", "pk")
    by_indicator: dict[int, list[LocalVersion]] = {}
    for version in rows:
        if version.indicator_id not in shown:
            by_indicator.setdefault(version.indicator_id, []).append(version)
    others = [rules.deciding(versions, today) for versions in by_indicator.values()]
    others = [each for each in others if rules.reading(each, request.member)]
    context = {
        "cards": [local_card(agency, found) for found in counting],
        "drafts": [each for each in others if each.indicator.retired_on is None],
        "retired": [each for each in others if each.indicator.retired_on is not None],
        "may_define": rules.defining(request.member) is None,
    }
    return render(request, "measures/local/list.html", context)


@require_safe
def local_indicator(request: AgencyRequest, pk: int) -> HttpResponse:
    """How it stands, its rule, settings and records, and what was decided about it."""
    agency, today = request.agency, request.agency.today()
    indicator, versions = _versions(request, pk)
    published = [each for each in versions if each.published_on is not None]
    draft = next((each for each in versions if each.published_on is None), None)
    current = in_force_among(published, today)
    shown = current or (published or versions)[-1]
    retired = indicator.retired_on is not None
    counts = current is not None and not retired
    found = evaluate(agency, [shown], today)[shown.pk] if counts else None
    policy = OWN_FRESH if shown.source == LocalSource.MEASURE else OWN_WARNING
    changed = PolicyChange.objects.within(agency).newest_first().filter(code=policy.code)
    measure = shown.measure
    links = titles.links_of({("measure", measure.pk)} if measure else set(), request.member)
    context: dict[str, Any] = {
        "indicator": indicator,
        "version": shown,
        "draft": draft,
        "counts": counts,
        "card": local_card(agency, found) if found else None,
        "goal": goal_in_words(shown),
        "rule": rule_in_words(shown),
        "readers": readers_in_words(shown),
        "records": records(shown, today, request.member) if published else [],
        "measure_link": links.get(("measure", measure.pk)) if measure else None,
        "terms": terms([policy], list(changed), today),
        "may_change_settings": changing_settings(request.member) is None,
        "changes": changes(indicator, published),
        "may_change": rules.redefining(indicator, request.member) is None,
        "may_attest": rules.attesting(indicator, current, request.member) is None,
    }
    return render(request, "measures/local/indicator.html", context)


def define(request: AgencyRequest) -> HttpResponse:
    enforce(rules.defining(request.member))
    form = LocalIndicatorForm.from_request(
        request,
        measures=actions.offered(request.member),
        initial={"readers": LocalReaders.EVERYBODY},
    )

    def act(form: LocalIndicatorForm) -> str:
        version = actions.define(**form.answers, by=request.member)
        return at(request.agency, "measures:local_test", pk=version.indicator_id)

    return ask(
        request,
        form,
        act,
        title=_("Define an indicator of our own"),
        text=[
            _("It stands beside the seven, and changes nothing about them."),
            _("On the next page you see what it would say now. Nothing counts until you publish."),
        ],
        button=_("Save the draft and test it"),
        back=at(request.agency, "measures:local_indicators"),
        back_text=_("Back to our own indicators"),
    )


def change(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change the draft, or begin one from the version that counts."""
    indicator, versions = _versions(request, pk)
    enforce(rules.redefining(indicator, request.member))
    last = versions[-1]
    initial = {**actions.fields_of(last)}
    measures = actions.offered(request.member)
    form = (
        LocalIndicatorForm.from_request(request, measures=measures, initial=initial)
        if last.published_on is not None
        else LocalIndicatorEditForm.from_request(
            request, measures=measures, initial={"version": last.version, **initial}
        )
    )

    def act(form: LocalIndicatorForm) -> str:
        if last.published_on is not None:
            actions.redefine(indicator, **form.answers, by=request.member)
        else:
            seen = form.cleaned_data["version"]
            actions.edit(last, **form.answers, seen=seen, by=request.member)
        return at(request.agency, "measures:local_test", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Change the indicator"),
        about=last.name,
        text=[_("What counts now stays until you publish the new version.")],
        button=_("Save the draft and test it"),
        **_back(request, pk),
    )


def test(request: AgencyRequest, pk: int) -> HttpResponse:
    """What the draft says on the agency's own data, now and on the last periods."""
    draft = _draft(request, pk)
    enforce(rules.editing(draft, request.member))
    _indicator, versions = _versions(request, pk)
    agency, today = request.agency, request.agency.today()
    form = LocalTestForm.from_request(request, initial={"version": draft.version})

    def act(form: LocalTestForm) -> str:
        actions.confirm_test(draft, seen=form.cleaned_data["version"], by=request.member)
        return at(agency, "measures:local_publish", pk=pk)

    return submit(request, form, act) or render(
        request,
        "measures/local/test.html",
        {
            "form": form,
            "draft": draft,
            "card": local_card(agency, evaluate(agency, [draft], today)[draft.pk]),
            "rule": rule_in_words(draft),
            "head": [_("On"), _("As it is judged"), _("As tried"), _("What it rests on")],
            "rows": tried(agency, draft, versions, today),
        },
    )


def publish(request: AgencyRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    today = request.agency.today()
    form = ChangeForm.from_request(request, today=today, initial={"since": today})

    def act(form: ChangeForm) -> tuple[str, str]:
        made = actions.publish(draft, **form.answers, by=request.member)
        said = {"day": date_format(made.since, "F j, Y") if made.since else ""}
        return _page(request, pk), _("The indicator counts from %(day)s on.") % said

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.publishing(draft, request.member),
        title=_("Publish the indicator"),
        about=draft.name,
        text=[
            goal_in_words(draft),
            _("Who sees it: %(readers)s") % {"readers": readers_in_words(draft)},
        ],
        button=_("Publish it"),
        **_back(request, pk),
    )


def attest(request: AgencyRequest, pk: int) -> HttpResponse:
    indicator, versions = _versions(request, pk)
    current = in_force_among(versions, request.agency.today())
    form = AttestForm.from_request(request)

    def act(form: AttestForm) -> tuple[str, str]:
        actions.attest(indicator, **form.answers, by=request.member)
        return _page(request, pk), _("It is written down, with your name.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.attesting(indicator, current, request.member),
        title=_("Attest the indicator"),
        about=versions[-1].name,
        button=_("Attest it"),
        **_back(request, pk),
    )


def retire(request: AgencyRequest, pk: int) -> HttpResponse:
    indicator, versions = _versions(request, pk)
    form = RetireLocalForm.from_request(request)

    def act(form: RetireLocalForm) -> tuple[str, str]:
        actions.retire(indicator, **form.answers, by=request.member)
        return _page(request, pk), _("The indicator is retired. What it said stays on record.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.redefining(indicator, request.member),
        title=_("Retire the indicator"),
        about=versions[-1].name,
        warning=_("It stops counting today, and can’t be brought back."),
        button=_("Retire it"),
        **_back(request, pk),
    )
