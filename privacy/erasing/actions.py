"""The only write path for erasing: what goes, what is looked for, and what somebody decides."""

from typing import Any

from django.db import connection, models, transaction

from accounts.forgetting import Known
from accounts.models import Member
from foundation import events, personal_data
from foundation.models import TenantModel
from foundation.personal_data import NAME_REMOVED, ClassedTable
from foundation.refusals import enforce
from privacy.erasing import rules
from privacy.erasing.models import Erasure, ErasureRequest, Mention, MentionState
from privacy.erasing.reading import FoundText, texts_with
from privacy.erasing.words_of import found_in, pattern_of
from privacy.retention import actions as archive

# Rows in one statement.
BATCH = 500


@transaction.atomic
def ask(*, by: Member) -> ErasureRequest:
    """Ask the administrators to erase what is known about oneself."""
    enforce(rules.asking(by))
    made = ErasureRequest.objects.within(by.agency).create(member=by, asked_on=by.agency.today())
    events.record("erasure.requested", made, by=by, member=by.pk)
    return made


@transaction.atomic
def take_back(request: ErasureRequest, *, by: Member) -> ErasureRequest:
    """Take one's own request back, as long as nothing was erased."""
    requests = ErasureRequest.objects.within(by.agency).select_for_update()
    request = requests.get(pk=request.pk)
    enforce(rules.taking_back(request, by))
    request.taken_back_on = by.agency.today()
    request.save(update_fields=["taken_back_on"])
    events.record("erasure.request_taken_back", request, by=by, member=by.pk)
    return request


def forget(member: Member, known: Known, by: Member) -> Erasure:
    """Erase what the register says, in the transaction that erases the person.

    Rows that are useless without them go; their words are overwritten with their whole history; and
    every text in which they may still be named becomes a mention that somebody looks at. Refused: a
    legal hold covers the person.
    """
    enforce(rules.held(member))
    today = by.agency.today()
    for classed in personal_data.registered():
        if (gone := _rows_that_go(classed, member)) is not None:
            gone.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_words(%s)", [member.pk])
    erasure = Erasure.objects.within(by.agency).create(member=member, by=by, on=today)
    pattern = pattern_of(known)
    archive.forget(member, pattern)
    found = _found(texts_with(pattern), pattern)
    named = _without_copies(member, found)
    Mention.objects.within(by.agency).bulk_create(
        Mention(agency=by.agency, erasure=erasure, place=place, field=field, row=row, found=words)
        for (place, field, row), words in named.items()
    )
    _finish(erasure, by)
    asked = ErasureRequest.objects.within(by.agency).open().filter(member=member)
    asked.update(done_on=today)
    return erasure


@transaction.atomic
def remove_name(mention: Mention, *, by: Member) -> Mention:
    """Put "[name removed]" over the words that were found, in the row and its history."""
    mention = _decide(mention, MentionState.REMOVED, by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT remove_name(%s)", [mention.pk])
    _close(mention, by)
    return mention


@transaction.atomic
def leave(mention: Mention, *, by: Member) -> Mention:
    """Leave a text as it is: it speaks of somebody else."""
    mention = _decide(mention, MentionState.OTHER, by)
    _close(mention, by)
    return mention


def _decide(mention: Mention, state: MentionState, by: Member) -> Mention:
    erasures = Erasure.objects.within(by.agency).select_for_update()
    erasures.get(pk=mention.erasure_id)
    mention = Mention.objects.within(by.agency).select_for_update().get(pk=mention.pk)
    enforce(rules.deciding(mention, by))
    mention.become(state)
    mention.decided_by, mention.decided_on = by, by.agency.today()
    mention.save(update_fields=["state", "decided_by", "decided_on"])
    return mention


def _close(mention: Mention, by: Member) -> None:
    mention.found = []
    mention.save(update_fields=["found"])
    erasure = Erasure.objects.within(by.agency).get(pk=mention.erasure_id)
    events.record("erasure.mention_decided", erasure, by=by, mention=mention.pk)
    _finish(erasure, by)


def _finish(erasure: Erasure, by: Member) -> None:
    if Mention.objects.within(by.agency).open().filter(erasure=erasure).exists():
        return
    erasure.done_on = by.agency.today()
    erasure.save(update_fields=["done_on"])


def _rows_that_go(classed: ClassedTable, member: Member) -> "models.QuerySet[Any] | None":
    """The person's rows in a table whose rows are useless without them; None: not of this kind."""
    model = classed.model
    if not classed.goes or not classed.whose.paths:
        return None
    if model is None or not issubclass(model, TenantModel):
        return None
    mine = models.Q()
    for path in classed.whose.paths:
        mine |= models.Q(**{path: member.pk})
    return model.objects.within(member.agency).filter(mine)


def _found(texts: list[FoundText], pattern: str) -> dict[tuple[str, str, str], list[str]]:
    """By table, column and row: the words that were found in any of its versions."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for text in texts:
        words = found_in(text.words, pattern)
        place = (text.place, text.field, text.row)
        if words:
            found[place] = sorted({*found.get(place, ()), *words}, key=lambda word: -len(word))
    return found


def _without_copies(
    member: Member, found: dict[tuple[str, str, str], list[str]]
) -> dict[tuple[str, str, str], list[str]]:
    """What is left for people, once the program's own copies are rid of the name.

    Messages quote titles of other things, which somebody looks at where they stand.
    """
    left = {}
    copied: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (place, field, row), words in found.items():
        classed = personal_data.of_table(place)
        if classed is not None and classed.goes and field in classed.copies:
            copied.setdefault((place, field), {})[row] = words
        else:
            left[place, field, row] = words
    for (place, field), words_of in copied.items():
        _rid_of_names(member, place, field, words_of)
    return left


def _rid_of_names(member: Member, place: str, field: str, found: dict[str, list[str]]) -> None:
    """Remove the words found in these rows; two queries for some hundreds of rows."""
    classed = personal_data.of_table(place)
    assert classed is not None
    assert classed.model is not None
    assert issubclass(classed.model, TenantModel)
    limit = getattr(classed.model._meta.get_field(field), "max_length", None)
    rows: Any = classed.model.objects.within(member.agency)
    changed = list(rows.filter(pk__in=list(found)))
    for each in changed:
        text = getattr(each, field)
        for word in found[str(each.pk)]:
            text = text.replace(word, NAME_REMOVED)
        setattr(each, field, text[:limit])
    rows.bulk_update(changed, [field], batch_size=BATCH)
