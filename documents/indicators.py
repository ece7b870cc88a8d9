"""The first two indicators: a mission that honors consumers, and a described process."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from documents.force import in_force, review_by
from documents.judging import JudgedVersion, counting, judged
from documents.models import DocumentKind, Version
from documents.policies import REVIEW, REVIEW_WARNING
from foundation.policies import Policy
from indicators.foresight import foreseen
from indicators.registry import (
    Criterion,
    CriterionUnit,
    Evidence,
    Indicator,
    Outcome,
    Settings,
    failed,
    no_data,
    passed,
    register,
)


def _evidence(version: Version) -> tuple[Evidence, ...]:
    return (Evidence("document_version", version.pk),)


class _OfDocument(Criterion):
    """A criterion about the version of one kind of document that is in force."""

    where = "documents:list"

    def __init__(self, kind: DocumentKind) -> None:
        self.document = kind

    def ratings(
        self, agencies: Sequence[int], on: date
    ) -> tuple[
        dict[int, Version], dict[int, tuple[JudgedVersion, JudgedVersion]], dict[int, int] | None
    ]:
        """By agency: the version in force, and its judgement by all ratings and by the shown ones.

        For the process document, also the key of the mission in force.
        """
        versions = in_force(agencies, self.document, on)
        missions = None
        if self.document == DocumentKind.PROCESS:
            found = in_force(agencies, DocumentKind.MISSION, on)
            missions = {agency: version.pk for agency, version in found.items()}
        counted = counting(versions.values(), on, missions)
        return (
            versions,
            {
                agency: (
                    judged(self.document, counted[version.pk].all),
                    judged(self.document, counted[version.pk].told),
                )
                for agency, version in versions.items()
            },
            missions,
        )


class Adopted(_OfDocument):
    code = "adopted"
    title = _("The oversight committee and the governing body have adopted it")
    todo = _("Write the document and put it before the committee and the governing body.")
    messages: ClassVar = {
        "adopted": _("Version %(number)d is in force since %(since)s."),
        "not_adopted": _("There is a text, but not both bodies have adopted it."),
        "nothing": _("Nothing is written yet."),
    }

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        versions = in_force(agencies, self.document, on)
        written: dict[int, Version] = {}
        drafts = Version.objects.across(agencies).of(self.document).filter(drafted_on__lte=on)
        for version in drafts.order_by("number"):
            written[version.agency_id] = version
        return {agency: _adopted(versions.get(agency), written.get(agency)) for agency in agencies}


def _adopted(version: Version | None, written: Version | None) -> Outcome:
    if version is not None and version.in_force_on is not None:
        return passed(
            "adopted",
            number=version.number,
            since=version.in_force_on,
            evidence=_evidence(version),
        )
    if written is not None:
        return failed("not_adopted", evidence=_evidence(written))
    return no_data("nothing")


class Rated(_OfDocument):
    code = "rated"
    title = _("At least one consumer and one staff member have rated it")
    todo = _("Ask consumers and staff to hold the document against its checklist.")
    messages: ClassVar = {
        "rated": _("Consumers and staff have both rated it."),
        "not_both": _("It has not been rated by both consumers and staff."),
        "no_mission": _("There is no mission statement in force to rate it against."),
        "reopened": _("The mission statement is newer than the ratings. Rate it again."),
        "nothing": _("No version is in force yet."),
    }

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        versions, found, missions = self.ratings(agencies, on)
        rated_ever = counting(versions.values(), on) if missions is not None else {}
        outcomes = {}
        for agency in agencies:
            version = versions.get(agency)
            if version is None:
                outcomes[agency] = no_data("nothing")
            elif found[agency][0].rated:
                outcomes[agency] = passed("rated", evidence=_evidence(version))
            elif missions is not None and agency not in missions:
                outcomes[agency] = failed("no_mission", evidence=_evidence(version))
            elif missions is not None and rated_ever[version.pk].all:
                outcomes[agency] = failed("reopened", evidence=_evidence(version))
            else:
                outcomes[agency] = failed("not_both", evidence=_evidence(version))
        return outcomes


class EverythingFound(_OfDocument):
    code = "everything_found"
    title = _(
        "Most consumers who rated it, and a staff member, found everything that belongs in it"
    )
    todo = _("Read what was not found, and write a new version that says it plainly.")
    messages: ClassVar = {
        "found": _("Everything on the checklist was found."),
        "some_missing": _("Not everything on the checklist was found."),
        "not_found": _("%(found)d of %(all)d things on the checklist were found."),
        "not_rated": _("Consumers and staff have not both rated it yet."),
        "nothing": _("No version is in force yet."),
    }
    unit = CriterionUnit.COUNT
    measure = _("checklist items met")

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        versions, found, _missions = self.ratings(agencies, on)
        return {
            agency: _found(versions.get(agency), *found.get(agency, (None, None)))
            for agency in agencies
        }


def _found(
    version: Version | None, live: JudgedVersion | None, told: JudgedVersion | None
) -> Outcome:
    """Judge by all ratings, but tell how many items were found only over enough raters."""
    if version is None or live is None or told is None:
        return no_data("nothing")
    if not live.rated:
        return no_data("not_rated", evidence=_evidence(version))
    every = len(live.items)
    if not live.missing:
        return passed("found", value=every, goal=every, evidence=_evidence(version))
    if not told.rated or not told.missing:
        return failed("some_missing", goal=every, evidence=_evidence(version))
    value = every - len(told.missing)
    return failed(
        "not_found",
        value=value,
        goal=every,
        found=value,
        all=every,
        evidence=_evidence(version),
    )


class Reviewed(_OfDocument):
    code = "reviewed"
    title = _("It is not past its review date")
    todo = _("Look at the document again and adopt it as a new version.")
    messages: ClassVar = {
        "current": _("Its review is due by %(by)s."),
        "past": _("Its review was due by %(by)s."),
        "nothing": _("No version is in force yet."),
    }

    def warning(self, settings: Settings) -> int:
        return settings.number(REVIEW_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        versions = in_force(agencies, self.document, on)
        return {
            agency: foreseen(
                on,
                partial(_reviewed, versions.get(agency), REVIEW[self.document], settings[agency]),
                settings=settings[agency],
            )
            for agency in agencies
        }


def _reviewed(
    version: Version | None, months: Policy[int], settings: Settings, on: date
) -> Outcome:
    until = review_by(version, settings.at(on).number(months)) if version is not None else None
    if version is None or until is None:
        return no_data("nothing")
    if on >= until:
        return failed("past", by=until, evidence=_evidence(version))
    return passed("current", by=until, lapses=until, evidence=_evidence(version))


def _criteria(kind: DocumentKind) -> tuple[Criterion, ...]:
    return (Adopted(kind), Rated(kind), EverythingFound(kind), Reviewed(kind))


register(
    Indicator(
        number=1,
        code="mission",
        title=_("The mission statement honors the power and dignity of consumers"),
        why=_(
            "What an agency says it is there for shapes what it does. So consumers and staff hold "
            "the mission statement against what recovery needs, and both bodies adopt it."
        ),
        criteria=_criteria(DocumentKind.MISSION),
        settings=(REVIEW[DocumentKind.MISSION], REVIEW_WARNING),
        headline="everything_found",
        after_founding=True,
    )
)
register(
    Indicator(
        number=2,
        code="process",
        title=_("The way quality is improved is written down and follows the mission"),
        why=_(
            "People can only take part as equals in something that they can see: who decides, "
            "where they sit, how they are told back, and what to do when they don’t agree."
        ),
        criteria=_criteria(DocumentKind.PROCESS),
        settings=(REVIEW[DocumentKind.PROCESS], REVIEW_WARNING),
        headline="everything_found",
        after_founding=True,
    )
)
