"""The canonical text of a frozen snapshot: its results in one fixed serialization."""

import json
import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from foundation.founding import Founding, founding
from foundation.models import Agency
from indicators import words
from indicators.engine import ENGINE
from indicators.founding import day_of
from indicators.history import HistoryPoint, ending_with, monthly
from indicators.models import IndicatorStatus
from indicators.own import own_indicators
from indicators.results import IndicatorResult, JudgedCriterion, packed

# 2: says of each indicator and month if it fell into the founding.
# 3: has the agency's own indicators.
FORM = 3


def text(agency: Agency, results: dict[str, IndicatorResult], *, frozen_at: datetime) -> str:
    """JSON with sorted keys and no spaces, in the installation's language."""
    until = max((result.on for result in results.values()), default=agency.today())
    days = founding(agency)
    history = monthly(agency, until)
    with translation.override(settings.LANGUAGE_CODE):
        frozen = {
            "form": FORM,
            # Without a salt, the checksum would let readers test guesses at numbers they may not
            # see.
            "salt": secrets.token_hex(16),
            "engine": ENGINE,
            "agency": agency.slug,
            "as_of": until.isoformat(),
            "frozen_at": frozen_at.isoformat(),
            "indicators": [
                _indicator(result, history.get(code, []), days) for code, result in results.items()
            ],
            "own": [asdict(each) for each in own_indicators(agency, until)],
        }
    return json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _indicator(
    result: IndicatorResult, history: list[HistoryPoint], days: Founding
) -> dict[str, Any]:
    indicator = result.indicator
    day = day_of(indicator, days, result.on)
    return {
        "number": indicator.number,
        "code": indicator.code,
        "title": str(indicator.title),
        "why": str(indicator.why),
        "discreet": indicator.discreet,
        "hides_number": indicator.hides_number,
        "small": any(each.small for judged in result.judged for each in judged.outcome.evidence),
        "status": result.status.value,
        "founding": None if day is None else {"day": day.number, "of": day.of},
        "status_words": str(IndicatorStatus(result.status).label) if day is None else str(day),
        "value": _plain(result.value),
        "value_words": words.value(indicator, result.value, result.goal),
        "measure": words.measure(indicator, result.judged) if result.value is not None else "",
        "goal": _plain(result.goal),
        "goal_words": words.goal(indicator, result.goal),
        "criteria": [_criterion(result, judged) for judged in result.judged],
        "settings": [
            {
                "code": setting.code,
                "title": str(setting.title),
                "value": result.settings[setting.code],
                "words": setting.said(result.settings[setting.code]),
            }
            for setting in indicator.settings
        ],
        "history": [
            {
                "month": point.month.isoformat(),
                "day": point.day.isoformat(),
                "status": point.status,
                "founding": day_of(indicator, days, point.day) is not None,
                "value": _plain(point.value),
                "goal": _plain(point.goal),
                "words": words.value(indicator, point.value, point.goal),
            }
            for point in ending_with(
                history, result.on, result.status.value, result.value, result.goal
            )
        ],
    }


def _criterion(result: IndicatorResult, judged: JudgedCriterion) -> dict[str, Any]:
    criterion = result.indicator.criterion(judged.code)
    return {
        **packed(judged),
        "title": str(criterion.title),
        "discreet": result.indicator.hides(judged.code),
        "words": words.message(criterion, judged.outcome),
        "todo": str(criterion.todo),
    }


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
