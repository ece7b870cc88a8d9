"""The settings by which an agency's indicators are judged on a day."""

from collections.abc import Sequence
from datetime import date

from foundation.models import Agency
from indicators import registry
from indicators.models import SettingChange
from indicators.registry import Kind, Setting, Settings, SettingValue

type InForce = dict[int, dict[str, Settings]]


def in_force(agencies: Sequence[int], on: date) -> InForce:
    """By agency key and indicator code; one query. What was never changed is at its default."""
    changed: dict[tuple[int, str, str], object] = {}
    rows = SettingChange.objects.across(agencies).until(on)
    for agency, indicator, code, value in rows.values_list(
        "agency_id", "indicator", "code", "value"
    ):
        changed[agency, indicator, code] = value
    return {
        agency: {
            indicator.code: Settings(
                {
                    setting.code: _usable(
                        setting, changed.get((agency, indicator.code, setting.code))
                    )
                    for setting in indicator.settings
                }
            )
            for indicator in registry.registered()
        }
        for agency in agencies
    }


def settings_of(agency: Agency, indicator: str, on: date) -> Settings:
    """One indicator's settings in force that day, for whoever else goes by them."""
    return in_force([agency.pk], on)[agency.pk][indicator]


def accepts(setting: Setting, value: object) -> bool:
    """Whether the setting can hold this value."""
    if setting.kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    if setting.kind is Kind.CHOICE:
        return value in [code for code, _ in setting.choices]
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    low, high = limits(setting)
    return low <= value <= high


def limits(setting: Setting) -> tuple[int, int]:
    """The least and the greatest number that the setting takes."""
    low = 0 if setting.minimum is None else setting.minimum
    most = 100 if setting.kind is Kind.PERCENT else 10_000
    return low, most if setting.maximum is None else setting.maximum


def _usable(setting: Setting, value: object) -> SettingValue:
    # A value that an earlier release allowed gives way to the default.
    if accepts(setting, value):
        return value  # type: ignore[return-value]
    return setting.default
