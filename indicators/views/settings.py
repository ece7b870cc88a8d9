"""The agency's policies, and changing one in three pages: value, preview, date and reason."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation import policies
from foundation.addresses import at
from foundation.asking import ask
from foundation.founding import Founding, founding
from foundation.http import AgencyRequest
from foundation.models import PolicyChange
from foundation.pages import render
from foundation.policies import AnyPolicy, PolicyValue
from foundation.refusals import enforce
from indicators import actions, registry, rules, words
from indicators import founding as founded
from indicators.forms import ChangeForm, TriedForm, ValueForm, written
from indicators.preview import Period, preview
from indicators.registry import Indicator
from indicators.results import IndicatorResult
from indicators.terms import terms


@require_safe
def settings(request: AgencyRequest) -> HttpResponse:
    """Every policy with its value in force, planned changes and their reasons."""
    today = request.agency.today()
    changes = list(PolicyChange.objects.within(request.agency).newest_first())
    context = {
        "groups": [
            {"title": title, "terms": terms(listed, changes, today)} for title, listed in _groups()
        ],
        "limits": [(str(each.title), each.words) for each in policies.limits()],
        "may_change": rules.changing_settings(request.member) is None,
    }
    return render(request, "indicators/settings.html", context)


def _groups() -> Iterator[tuple[str, Sequence[AnyPolicy]]]:
    """Policies that affect an indicator under its title, the others under their subject."""
    seen: set[str] = set()
    for indicator in registry.registered():
        listed = [each for each in indicator.settings if each.code not in seen]
        seen.update(each.code for each in listed)
        if listed:
            yield f"{indicator.number}. {indicator.title}", listed
    others = [each for each in policies.registered() if each.code not in seen]
    for area, title in policies.areas().items():
        if listed := [each for each in others if each.area == area]:
            yield str(title), listed


def _found(request: AgencyRequest, area: str, term: str) -> AnyPolicy:
    """The policy of an address, or 404; 403 for people who may not change it."""
    try:
        found = policies.find(f"{area}.{term}")
    except LookupError:
        raise Http404 from None
    enforce(rules.changing_settings(request.member))
    return found


def _page(request: AgencyRequest, page: str, policy: AnyPolicy, value: str = "") -> str:
    url = at(request.agency, f"indicators:{page}", area=policy.area, term=policy.name)
    return f"{url}?{urlencode({'value': value})}" if value else url


@require_http_methods(["GET", "HEAD", "POST"])
def change_value(request: AgencyRequest, area: str, term: str) -> HttpResponse:
    """The first page: the new value."""
    policy = _found(request, area, term)
    now = policy.value(request.agency, request.agency.today())
    tried = request.GET.get("value") or written(now)
    form = ValueForm.from_request(request, policy=policy, initial={"value": tried})
    moved = registry.judged_by(policy)

    def onward(form: ValueForm) -> str:
        value = written(form.cleaned_data["value"])
        return _page(request, "setting_preview" if moved else "setting_date", policy, value)

    said = {"now": policy.said(now)}
    return ask(
        request,
        form,
        onward,
        caption=moved[0].title if moved else "",
        title=_("Change: %(title)s") % {"title": policy.title},
        text=[
            _(
                "It is %(now)s today. Try a value. You’ll see how past months would have looked, "
                "and nothing changes yet."
            )
            % said
            if moved
            else _("It is %(now)s today.") % said
        ],
        button=_("Continue"),
        back=at(request.agency, "indicators:settings"),
        back_text=_("Back to the settings"),
    )


def _tried(request: AgencyRequest, policy: AnyPolicy) -> PolicyValue | None:
    form = TriedForm(request.GET, policy=policy)
    return form.cleaned_data["value"] if form.is_valid() else None


@require_safe
def preview_value(request: AgencyRequest, area: str, term: str) -> HttpResponse:
    """The second page: how past periods would have been judged."""
    policy = _found(request, area, term)
    value = _tried(request, policy)
    moved = registry.judged_by(policy)
    if value is None or not moved:
        return HttpResponseRedirect(_page(request, "setting", policy))
    today = request.agency.today()
    now = policy.value(request.agency, today)
    context = {
        "policy": policy,
        "tried": policy.said(value),
        "same": now == value,
        "head": [_("On"), _("As it was judged"), _("As tried"), _("Difference")],
        "looks": [
            _look(
                indicator,
                preview(request.agency, indicator, policy, value, today),
                founding(request.agency),
            )
            for indicator in moved
        ],
        "back_url": _page(request, "setting", policy, written(value)),
        "next_url": _page(request, "setting_date", policy, written(value)),
    }
    return render(request, "indicators/setting_preview.html", context)


def _look(indicator: Indicator, periods: Sequence[Period], days: Founding) -> dict[str, Any]:
    def shown(period: Period, result: IndicatorResult) -> dict[str, str]:
        return {"status": founded.shown(indicator, days, period.on, result.status.value)}

    def changes(period: Period) -> bool:
        return shown(period, period.then) != shown(period, period.tried)

    return {
        "title": indicator.title,
        "finding": _finding(sum(map(changes, periods)), len(periods)),
        "rows": [
            [
                words.day(period.on),
                shown(period, period.then),
                shown(period, period.tried),
                _("Would change") if changes(period) else _("Stays"),
            ]
            for period in periods
        ],
    }


def _finding(changing: int, periods: int) -> str:
    if not changing:
        return _("Of the last %(all)s periods, none would change.") % {"all": periods}
    return ngettext(
        "Of the last %(all)s periods, %(count)s would change.",
        "Of the last %(all)s periods, %(count)s would change.",
        changing,
    ) % {"all": periods, "count": changing}


@require_http_methods(["GET", "HEAD", "POST"])
def date_value(request: AgencyRequest, area: str, term: str) -> HttpResponse:
    """The third page: start date and reason."""
    policy = _found(request, area, term)
    value = _tried(request, policy)
    if value is None:
        return HttpResponseRedirect(_page(request, "setting", policy))
    today = request.agency.today()
    form = ChangeForm.from_request(request, today=today, initial={"since": today})

    def change(form: ChangeForm) -> tuple[str, str]:
        made = actions.change_policy(policy.code, value=value, by=request.member, **form.answers)
        said = _("The change counts from %(day)s on.") % {"day": words.day(made.since)}
        return at(request.agency, "indicators:settings"), said

    back = "setting_preview" if registry.judged_by(policy) else "setting"
    said = {"title": policy.title, "tried": policy.said(value)}
    return ask(
        request,
        form,
        change,
        tab=_("From when, and why: %(title)s") % said,
        caption=policy.title,
        title=_("From when, and why?"),
        text=[_("%(title)s: %(tried)s.") % said],
        button=_("Change it"),
        back=_page(request, back, policy, written(value)),
        cancel=at(request.agency, "indicators:settings"),
    )
