"""The terms of the indicators, and changing one in three pages: value, preview, day and reason."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from indicators import actions, registry, rules, thresholds, words
from indicators.forms import ChangeForm, TriedForm, ValueForm, written
from indicators.models import SettingChange
from indicators.preview import preview
from indicators.registry import Indicator, Setting, SettingValue
from indicators.terms import terms


@require_safe
def settings(request: AgencyRequest) -> HttpResponse:
    """Every term with its value in force, its planned changes and their reasons."""
    today = request.agency.today()
    rows = SettingChange.objects.within(request.agency).select_related("by")
    changes = list(rows.order_by("-since", "-pk"))
    context = {
        "groups": [
            {
                "indicator": indicator,
                "terms": terms(
                    indicator, [c for c in changes if c.indicator == indicator.code], today
                ),
            }
            for indicator in registry.registered()
            if indicator.settings
        ],
        "may_change": rules.changing_settings(request.member) is None,
    }
    return render(request, "indicators/settings.html", context)


def _found(request: AgencyRequest, code: str, setting: str) -> tuple[Indicator, Setting]:
    """The setting of an address, or 404; 403 for those who may not change it."""
    indicator = registry.find(code)
    try:
        found = registry.setting(code, setting)
    except LookupError:
        raise Http404 from None
    enforce(rules.changing_settings(request.member))
    assert indicator is not None
    return indicator, found


def _page(request: AgencyRequest, name: str, code: str, setting: str, value: str = "") -> str:
    url = at(request.agency, f"indicators:{name}", code=code, setting=setting)
    return f"{url}?{urlencode({'value': value})}" if value else url


@require_http_methods(["GET", "HEAD", "POST"])
def change_value(request: AgencyRequest, code: str, setting: str) -> HttpResponse:
    """The first page: which value instead of the one in force."""
    indicator, found = _found(request, code, setting)
    today = request.agency.today()
    now = thresholds.settings_of(request.agency, code, today)[setting]
    tried = request.GET.get("value") or written(now)
    form = ValueForm.from_request(request, setting=found, initial={"value": tried})

    def onward(form: ValueForm) -> str:
        value = written(form.cleaned_data["value"])
        return _page(request, "setting_preview", code, setting, value)

    answer = submit(request, form, onward)
    if answer is not None:
        return answer
    context = {
        "form": form,
        "indicator": indicator,
        "setting": found,
        "now": words.setting_value(found, now),
        "settings_url": at(request.agency, "indicators:settings"),
    }
    return render(request, "indicators/setting_value.html", context)


def _tried(request: AgencyRequest, setting: Setting) -> SettingValue | None:
    form = TriedForm(request.GET, setting=setting)
    return form.cleaned_data["value"] if form.is_valid() else None


@require_safe
def preview_value(request: AgencyRequest, code: str, setting: str) -> HttpResponse:
    """The second page: what the value would have said of the last periods."""
    indicator, found = _found(request, code, setting)
    value = _tried(request, found)
    if value is None:
        return HttpResponseRedirect(_page(request, "setting", code, setting))
    today = request.agency.today()
    periods = preview(request.agency, indicator, setting, value, today)
    now = thresholds.settings_of(request.agency, code, today)[setting]
    changing = sum(period.changes for period in periods)
    context = {
        "indicator": indicator,
        "setting": found,
        "now": words.setting_value(found, now),
        "tried": words.setting_value(found, value),
        "same": now == value,
        "finding": _finding(changing, len(periods)),
        "head": [_("On"), _("As it was judged"), _("As tried"), _("Difference")],
        "rows": [
            [
                words.day(period.on),
                {"status": period.then.status.value},
                {"status": period.tried.status.value},
                _("Would change") if period.changes else _("Stays"),
            ]
            for period in periods
        ],
        "back_url": _page(request, "setting", code, setting, written(value)),
        "next_url": _page(request, "setting_date", code, setting, written(value)),
    }
    return render(request, "indicators/setting_preview.html", context)


def _finding(changing: int, periods: int) -> str:
    if not changing:
        return _("Of the last %(all)s periods, none would change.") % {"all": periods}
    return ngettext(
        "Of the last %(all)s periods, %(count)s would change.",
        "Of the last %(all)s periods, %(count)s would change.",
        changing,
    ) % {"all": periods, "count": changing}


@require_http_methods(["GET", "HEAD", "POST"])
def date_value(request: AgencyRequest, code: str, setting: str) -> HttpResponse:
    """The third page: from which day on, and why."""
    indicator, found = _found(request, code, setting)
    value = _tried(request, found)
    if value is None:
        return HttpResponseRedirect(_page(request, "setting", code, setting))
    today = request.agency.today()
    form = ChangeForm.from_request(request, today=today, initial={"since": today})

    def change(form: ChangeForm) -> tuple[str, str]:
        made = actions.change_setting(
            request.agency,
            indicator=code,
            code=setting,
            value=value,
            by=request.member,
            **form.answers,
        )
        said = _("The change counts from %(day)s on.") % {"day": words.day(made.since)}
        return at(request.agency, "indicators:settings"), said

    answer = submit(request, form, change)
    if answer is not None:
        return answer
    context = {
        "form": form,
        "indicator": indicator,
        "setting": found,
        "tried": words.setting_value(found, value),
        "back_url": _page(request, "setting_preview", code, setting, written(value)),
        "settings_url": at(request.agency, "indicators:settings"),
    }
    return render(request, "indicators/setting_date.html", context)
