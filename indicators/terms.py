"""The settings of an indicator as pages show them: in force, planned, and how they came to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indicators import thresholds, words
from indicators.models import SettingChange
from indicators.registry import Indicator, Setting


@dataclass(frozen=True)
class Change:
    """A change in words."""

    since: date
    value: str
    reason: str
    by: str
    planned: bool


@dataclass(frozen=True)
class Term:
    """A setting, its value on the day and its changes, newest first."""

    code: str
    title: str
    help: str
    value: str
    since: date | None
    changes: tuple[Change, ...]


def terms(indicator: Indicator, changes: Sequence[SettingChange], on: date) -> list[Term]:
    """`changes` are those of the indicator, newest first, with who made them."""
    return [
        _term(setting, [c for c in changes if c.code == setting.code], on)
        for setting in indicator.settings
    ]


def _term(setting: Setting, changes: Sequence[SettingChange], on: date) -> Term:
    usable = [change for change in changes if thresholds.accepts(setting, change.value)]
    in_force = next((change for change in usable if change.since <= on), None)
    return Term(
        code=setting.code,
        title=str(setting.title),
        help=str(setting.help),
        value=words.setting_value(setting, in_force.value if in_force else setting.default),
        since=in_force.since if in_force else None,
        changes=tuple(
            Change(
                since=change.since,
                value=words.setting_value(setting, change.value),
                reason=change.reason,
                by=change.by.display_name,
                planned=change.since > on,
            )
            for change in usable
        ),
    )
