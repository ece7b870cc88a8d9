"""Who defines, publishes, attests, retires and reads an agency's own indicators."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal
from indicators.own import seeing
from indicators.rules import changing_settings
from measures.local.models import LocalIndicator, LocalReaders, LocalSource, LocalVersion


def _retired(indicator: LocalIndicator) -> Refusal | None:
    if indicator.retired_on is not None:
        return Refusal(_("This indicator is retired."), _("Define a new one."))
    return None


def defining(by: Member) -> Refusal | None:
    return changing_settings(by)


def redefining(indicator: LocalIndicator, by: Member) -> Refusal | None:
    return _retired(indicator) or defining(by)


def editing(version: LocalVersion, by: Member) -> Refusal | None:
    if version.published_on is not None:
        return Refusal(
            _("This version is published, so it stays as it is."), _("Write a new version.")
        )
    return redefining(version.indicator, by)


def publishing(version: LocalVersion, by: Member) -> Refusal | None:
    """Only what was tried on the agency's own data, exactly as it is now."""
    if (refusal := editing(version, by)) is not None:
        return refusal
    if version.tested_version != version.version:
        return Refusal(
            _("It has not been tested since it was changed last."),
            _("Look at what it would say now, and confirm it."),
        )
    return None


def attesting(
    indicator: LocalIndicator, current: LocalVersion | None, by: Member
) -> Refusal | None:
    """`current`: the version in force today."""
    if (refusal := _retired(indicator)) is not None:
        return refusal
    if not (by.may(Permission.OVERSEE) or by.may(Permission.MANAGE_SETTINGS)):
        return Refusal(
            _("Only the oversight committee and administrators attest it."),
            _("Tell one of them what you know."),
        )
    if current is None or current.source != LocalSource.ATTESTED:
        return Refusal(
            _("This indicator is not attested."), _("Its number comes from the measure.")
        )
    return None


def reading(version: LocalVersion, reader: Member) -> bool:
    """Drafts are for who may publish them; to others their pages are a 404."""
    if version.published_on is None:
        return defining(reader) is None
    return seeing(reader, everybody=version.readers == LocalReaders.EVERYBODY)


def in_force_among(versions: Sequence[LocalVersion], on: date) -> LocalVersion | None:
    """Of one indicator's versions, the one that counts on a day."""
    came = [each for each in versions if each.since is not None and each.since <= on]
    return max(came, key=lambda each: each.number, default=None)


def deciding(versions: Sequence[LocalVersion], today: date) -> LocalVersion:
    """The version whose readers see an indicator's page: what counts, what will, or the draft."""
    published = [each for each in versions if each.published_on is not None]
    newest = max(published or versions, key=lambda each: each.number)
    return in_force_among(published, today) or newest
