"""The only write path for governing documents."""

from collections.abc import Mapping
from typing import Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Member
from documents import rules
from documents.checklists import checklist
from documents.models import (
    BODIES,
    CharterTerms,
    Document,
    DocumentKind,
    Form,
    ProcessStep,
    Ratification,
    Rating,
    Version,
)
from documents.steps import whole
from documents.terms import FIELDS as TERMS
from documents.terms import TermsFields
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from groups.actions import propose, settle_overtaken
from groups.models import Decision, DecisionStatus, Group
from groups.standing import TakenAs, standings

Answer = tuple[bool, str]
STEP_NEEDS = ("name", "who_decides", "consumers")
STEP_FIELDS = (*STEP_NEEDS, "feedback", "appeal", "measure")


def _locked(version: Version, by: Member) -> Version:
    versions = Version.objects.within(by.agency).select_related("document", "terms")
    return versions.select_for_update(of=("self",)).get(pk=version.pk)


def _worded(text: str, form: str, text_equivalent: str) -> None:
    if not text.strip():
        raise ValidationError({"text": _("Write the text.")})
    if form == Form.CHART and not text_equivalent.strip():
        raise ValidationError(
            {"text_equivalent": _("Say the same in sentences, for those who can’t see a chart.")}
        )


@transaction.atomic
def draft(
    kind: str,
    *,
    text: str,
    by: Member,
    form: str = Form.NARRATIVE,
    text_equivalent: str = "",
    starter: str = "",
    like: Version | None = None,
) -> Version:
    """Start a new version of a document. ValidationError while another draft is open.

    `starter`: the language of the starter text that it began from, if it did; `like`: the version
    whose steps it begins with, if both are written in steps, or whose terms, for a charter.
    """
    enforce(rules.drafting(by))
    _worded(text, form, text_equivalent)
    document, _created = Document.objects.within(by.agency).get_or_create(
        kind=DocumentKind(kind), defaults={"agency": by.agency}
    )
    document = Document.objects.within(by.agency).select_for_update().get(pk=document.pk)
    versions = Version.objects.within(by.agency).filter(document=document)
    if versions.drafts().exists():
        raise ValidationError(_("There is a draft already. Change that one."))
    latest: int | None = versions.aggregate(latest=Max("number"))["latest"]
    version = Version.objects.within(by.agency).create(
        document=document,
        number=(latest or 0) + 1,
        form=form,
        text=text.strip(),
        text_equivalent=text_equivalent.strip(),
        drafted_by=by,
        drafted_on=by.agency.today(),
    )
    if like is not None and form == Form.STEPS and like.document_id == document.pk:
        for position, step in enumerate(like.ordered_steps, start=1):
            words = {name: getattr(step, name) for name in STEP_FIELDS}
            version.steps.create(agency=by.agency, position=position, **words)
    terms = like.charter_terms if like is not None and like.document_id == document.pk else None
    if terms is not None:
        CharterTerms.objects.within(by.agency).create(
            charter=version, **{name: getattr(terms, name) for name in TERMS}
        )
    events.record("document.drafted", version, by=by, kind=document.kind)
    if starter:
        events.record("document.begun_from_starter", version, by=by, language=starter)
    return version


@transaction.atomic
def edit(
    version: Version,
    *,
    text: str,
    form: str,
    text_equivalent: str,
    by: Member,
    seen: int | None = None,
) -> Version:
    """Change a draft; `seen` is the edit version that `by` last saw."""
    version = _locked(version, by)
    enforce(rules.editing(version, by))
    if seen is not None and seen != version.version:
        raise ValidationError(
            _("Somebody changed this while you were writing. Open the page again to see it.")
        )
    _worded(text, form, text_equivalent)
    if form != Form.STEPS and version.ordered_steps:
        raise ValidationError(
            {"form": _("It has steps. Take them away first, or leave it written in steps.")}
        )
    version.text, version.form = text.strip(), form
    version.text_equivalent = text_equivalent.strip()
    version.version += 1
    version.save()
    events.record("document.edited", version, by=by)
    return version


def _stepped(step: ProcessStep, by: Member) -> tuple[ProcessStep, list[ProcessStep]]:
    """The current row, and all of its draft in order, with the draft locked."""
    version = _locked(step.process, by)
    enforce(rules.editing(version, by))
    row = version.ordered_steps
    for each in row:
        each.process = version
    found = next((each for each in row if each.pk == step.pk), None)
    if found is None:
        raise ValidationError(_("Somebody took this step away. Open the page again to see it."))
    return found, row


def _filled(words: Mapping[str, str]) -> dict[str, str]:
    """A step's fields, of which the first three are needed."""
    filled = {name: words.get(name, "").strip() for name in STEP_FIELDS}
    required(**{name: filled[name] for name in STEP_NEEDS})
    return filled


@transaction.atomic
def add_step(version: Version, *, by: Member, **words: str) -> ProcessStep:
    """Add a step at the end of a draft. `words`: the step's fields."""
    version = _locked(version, by)
    row = version.ordered_steps
    enforce(rules.adding_step(version, by, there=len(row)))
    step: ProcessStep = version.steps.create(
        agency=by.agency, position=row[-1].position + 1 if row else 1, **_filled(words)
    )
    events.record("document.edited", version, by=by)
    return step


@transaction.atomic
def change_step(
    step: ProcessStep, *, by: Member, version: int | None = None, **words: str
) -> ProcessStep:
    """Change a draft's step; `version` is the step's edit version that `by` last saw."""
    step, _row = _stepped(step, by)
    same(step, version)
    for name, text in _filled(words).items():
        setattr(step, name, text)
    step.version += 1
    step.save()
    events.record("document.edited", step.process, by=by)
    return step


@transaction.atomic
def move_step(step: ProcessStep, *, up: bool, by: Member) -> bool:
    """Swap places with the step before or after; False at the end of the row."""
    step, row = _stepped(step, by)
    at = row.index(step)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(row):
        return False
    other = row[to]
    step.position, other.position = other.position, step.position
    step.save(update_fields=["position"])
    other.save(update_fields=["position"])
    events.record("document.edited", step.process, by=by)
    return True


@transaction.atomic
def take_away_step(step: ProcessStep, *, by: Member) -> None:
    """Take a step out of a draft."""
    step, _row = _stepped(step, by)
    step.delete()
    events.record("document.edited", step.process, by=by)


@transaction.atomic
def enter_terms(
    version: Version, *, by: Member, seen: int | None = None, **terms: Unpack[TermsFields]
) -> CharterTerms:
    """Enter the terms of a draft of the charter, or change them.

    `seen`: the edit version of the terms that `by` last saw; 0 if there were none. ValidationError,
    by field: what no charter can say.
    """
    version = _locked(version, by)
    enforce(rules.entering_terms(version, by))
    rows = CharterTerms.objects.within(by.agency).select_for_update()
    row = rows.filter(charter=version).first()
    if row is None:
        row = CharterTerms(agency=by.agency, charter=version, version=0)
    same(row, seen)
    if wrong := rules.unfit(terms):
        raise ValidationError(wrong)
    for name, value in terms.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.version += 1
    row.save()
    events.record("document.edited", version, by=by)
    return row


def bodies_to_ask(version: Version, by: Member) -> tuple[list[Group], bool]:
    """Bodies yet to be asked to ratify the version, and whether one of the two is missing."""
    groups = Group.objects.within(by.agency).open(by.agency.today()).filter(kind__in=BODIES)
    found = list(groups.order_by("kind"))
    asked = Decision.objects.within(by.agency).filter(
        subject_type=version.subject_code,
        subject_id=version.pk,
        status__in=[DecisionStatus.OPEN, DecisionStatus.ADOPTED],
    )
    taken = set(asked.values_list("group_id", flat=True))
    return [group for group in found if group.pk not in taken], len(found) < len(BODIES)


def bodies_missing(by: Member) -> bool:
    """Whether the agency lacks one of the two bodies that adopt a document."""
    groups = Group.objects.within(by.agency).open(by.agency.today()).filter(kind__in=BODIES)
    return groups.count() < len(BODIES)


@transaction.atomic
def propose_for_ratification(version: Version, *, by: Member) -> list[Decision]:
    """Put a version before the oversight committee and the governing body.

    From then on its text is fixed. A body that declined it, or withdrew it, can be asked again.
    """
    version = _locked(version, by)
    groups, missing = bodies_to_ask(version, by)
    enforce(rules.proposing(version, by, missing=missing, asked=not groups))
    if version.proposed_on is None:
        version.proposed_on = by.agency.today()
        version.version += 1
        version.save()
    title = _("%(document)s, version %(number)d") % {
        "document": DocumentKind(version.document.kind).label,
        "number": version.number,
    }
    decisions = [
        propose(group, title=title, text=whole(version), subject=version, fixed=True, by=by)
        for group in groups
    ]
    events.record("document.proposed", version, by=by, kind=version.document.kind)
    return decisions


@transaction.atomic
def ratify(version: Version, decision: Decision, *, by: Member | None) -> Ratification | None:
    """Record a body's adoption of a version, in force from the day both have adopted it.

    Called when the decision is adopted, in its transaction; it never refuses.
    """
    group = decision.group
    if group.kind not in BODIES or decision.decided_on is None:
        return None
    ratification, created = Ratification.objects.within(version.agency).get_or_create(
        version=version,
        body=group.kind,
        defaults={
            "agency": version.agency,
            "group": group,
            "decision": decision,
            "on": decision.decided_on,
        },
    )
    if not created:
        return ratification
    events.record("document.ratified", version, by=by, group=group.pk, decision=decision.pk)
    if version.in_force_on is None and version.ratifications.count() == len(BODIES):
        version.in_force_on = decision.decided_on
        version.save(update_fields=["in_force_on"])
        earlier = version.document.versions.filter(number__lt=version.number)
        # Stop asking the bodies about versions that this one has overtaken.
        settle_overtaken(
            version.agency,
            subject_type=version.subject_code,
            subjects=earlier.values_list("pk", flat=True),
            by=by,
        )
        events.record("document.in_force", version, by=by, kind=version.document.kind)
    return ratification


@transaction.atomic
def rate(
    version: Version,
    *,
    rater: Member,
    answers: Mapping[str, Answer],
    standing: str | None = None,
    by: Member | None = None,
) -> Rating:
    """Record a member's rating, item by item: (present, the words that show it).

    `standing`: the one they rate in, if they have several; `by`: who records it for them. A second
    rating by the same member replaces the first, which stays on record.
    """
    by = by or rater
    version = _locked(version, by)
    enforce(rules.rating(version, rater, by))
    taken = _taken_as(rater, standing)
    items = checklist(version.document.kind)
    wrong = {}
    for item in items:
        present, words = answers.get(item.code, (None, ""))
        if present is None:
            wrong[f"{item.code}_present"] = _("Say whether you found it.")
        elif present and not words.strip():
            wrong[f"{item.code}_words"] = _("Copy the words that show it.")
    if wrong:
        raise ValidationError(wrong)
    rating = Rating.objects.within(by.agency).create(
        version=version,
        rater=rater,
        standing=taken.kind,
        employed_peer=taken.employed_peer,
        mission=_mission_in_force(version, by),
        entered_by=by if by.pk != rater.pk else None,
        on=by.agency.today(),
    )
    for item in items:
        present, words = answers[item.code]
        rating.items.create(
            agency=by.agency,
            code=item.code,
            present=present,
            words=words.strip() if present else "",
        )
    events.record(
        "document.rated",
        version,
        by=by,
        on_behalf_of=rater if by.pk != rater.pk else None,
        rating=rating.pk,
    )
    return rating


def _taken_as(rater: Member, standing: str | None) -> TakenAs:
    held = standings([rater], rater.agency.today())[rater.pk]
    if not held:
        raise ValidationError(_("Ask an administrator to note first as what you take part."))
    if standing is None:
        return held[0]
    for taken in held:
        if taken.kind == standing:
            return taken
    raise ValidationError({"standing": _("Choose as what you take part.")})


def _mission_in_force(version: Version, by: Member) -> Version | None:
    if version.document.kind != DocumentKind.PROCESS:
        return None
    missions = Version.objects.within(by.agency).of(DocumentKind.MISSION)
    return missions.in_force(by.agency.today()).first()
