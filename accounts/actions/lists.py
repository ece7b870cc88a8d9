"""Lists of people: taken in, mended, and invited all at once or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts import invitation_codes, rules
from accounts.actions.naming import hold_names, name_all_apart
from accounts.changes import FIRST_EMAIL, FIRST_LETTER, WAY
from accounts.lists.planning import (
    INVITING,
    OPEN,
    ListRow,
    PlannedRow,
    RowOutcome,
    known_people,
    plan,
)
from accounts.lists.reading import ReadList
from accounts.models import Invitation, Member, PeopleList, RoleGrant
from accounts.permissions import Role
from accounts.policies import INVITATION, LIST_KEPT
from foundation import events, holding
from foundation.models import Agency
from foundation.refusals import enforce

MENDED = ("name", "shown", "email", "phone", "role", "same", "out")


@transaction.atomic
def take_list(read: ReadList, *, by: Member) -> PeopleList:
    """Keep the rows of a list until their people are invited; its uploader attests it.

    Abandoned lists are deleted.
    """
    enforce(rules.adding_a_list(by, by.agency.today()))
    forget_lists(by.agency, timezone.now())
    people = PeopleList(
        agency=by.agency,
        uploaded_by=by,
        rows=[asdict(ListRow(**asdict(row))) for row in read.rows],
        left_out=[[heading, kind] for heading, kind in read.left_out],
        standings=read.standings,
    )
    people.save()
    return people


@transaction.atomic
def forget_lists(agency: Agency, now: datetime) -> None:
    """Delete lists after a day, used or not, unless a legal hold covers them."""
    old = PeopleList.objects.within(agency).filter(uploaded_at__lt=now - LIST_KEPT.span)
    _delete(agency, list(old.select_for_update(skip_locked=True)))


def _delete(agency: Agency, lists: Sequence[PeopleList]) -> None:
    holds = holding.in_force(agency, agency.today())
    gone = [
        each.pk
        for each in lists
        if not holds.keep(people=[each.uploaded_by_id], day=agency.date_of(each.uploaded_at))
    ]
    if gone:
        PeopleList.objects.within(agency).filter(pk__in=gone).delete()


@transaction.atomic
def discard_list(people: PeopleList, *, by: Member) -> None:
    """Delete a list that nobody was invited from; again does nothing."""
    unused = PeopleList.objects.within(by.agency).unused().filter(pk=people.pk)
    found = unused.select_for_update().first()
    if found is not None:
        enforce(rules.using_list(found, by))
        _delete(by.agency, [found])


def rows_of(people: PeopleList) -> list[ListRow]:
    return [ListRow(**{**row, "faults": tuple(row["faults"])}) for row in people.rows]


def planned(people: PeopleList, by: Member) -> list[PlannedRow]:
    """What inviting the list would do now; three queries."""
    known = known_people(by.agency, timezone.now(), by.agency.today())
    return plan(rows_of(people), known, rules.givable_by_list(by))


@transaction.atomic
def mend_list(
    people: PeopleList, *, answers: Mapping[int, Mapping[str, Any]], version: int, by: Member
) -> PeopleList:
    """Change cells of rows, by row number, and answer who they are.

    What was mended is checked anew, when the list is planned.
    """
    people = _locked(people, by)
    _enforce_version(people, version)
    for row in people.rows:
        said = answers.get(row["row"])
        if said is None:
            continue
        if any(key in said and said[key] != row[key] for key in ("name", "email", "phone")):
            # Other words make it another question.
            row["same"] = ""
        row |= {key: value for key, value in said.items() if key in MENDED}
        if "name" in said:
            row["faults"] = []
    people.version += 1
    people.save(update_fields=["rows", "version"])
    return people


def _locked(people: PeopleList, by: Member) -> PeopleList:
    lists = PeopleList.objects.within(by.agency)
    people = lists.select_for_update().get(pk=people.pk)
    people.agency = by.agency
    enforce(rules.using_list(people, by))
    return people


def _enforce_version(people: PeopleList, version: int) -> None:
    if people.version != version and people.used_at is None:
        raise ValidationError(
            _("You have changed this list on another page. Look at it once more, then send it.")
        )


@transaction.atomic
def invite_list(people: PeopleList, *, version: int, by: Member) -> PeopleList:
    """Enter and invite everybody on the list, all or none, and empty it; once.

    Who is here or invited by now is not invited again, so that the same list twice invites nobody
    twice. ValidationError: a row has to be mended or asked about.
    """
    hold_names(by.agency)
    people = _locked(people, by)
    if people.used_at is not None:
        return people
    _enforce_version(people, version)
    enforce(rules.adding_a_list(by, by.agency.today()))
    rows = planned(people, by)
    if any(each.outcome in OPEN for each in rows):
        raise ValidationError(
            _("Something has changed since you opened this page. Look at the list once more.")
        )
    now = timezone.now()
    inviting = [each for each in rows if each.outcome in INVITING]
    members = _members(inviting, by)
    _invite_all(people, list(zip(inviting, members, strict=True)), by, now)
    if inviting:
        events.record("list.attested", by, by=by, count=len(inviting))
    people.result = dict(Counter(each.outcome.value for each in rows))
    people.rows, people.left_out, people.standings, people.used_at = [], [], 0, now
    people.save(update_fields=["rows", "left_out", "standings", "used_at", "result"])
    return people


def _members(rows: Sequence[PlannedRow], by: Member) -> list[Member]:
    """The member of each row: entered now, or here already and locked."""
    agency, today = by.agency, by.agency.today()
    held = [each.person.pk for each in rows if each.person is not None]
    here = {
        each.pk: each
        for each in Member.objects.within(agency).filter(pk__in=held).select_for_update()
    }
    new = {
        each.row.row: Member(
            agency=agency,
            name=each.row.called,
            display_name=each.row.display_name[:60],
            contact=each.row.phone,
            since=today,
            language=by.language,
        )
        for each in rows
        if each.person is None
    }
    if new:
        renumbered = name_all_apart(list(new.values()), agency)
        bulk_update_with_history(renumbered, Member, ["shown_number", "full_number"])
        made = bulk_create_with_history(list(new.values()), Member)
        new = dict(zip(new, made, strict=True))
        events.record_all("member.entered", made, by=by, data=lambda each: {"member": each.pk})
    _grant(rows, new, by)
    return [new[each.row.row] if each.person is None else here[each.person.pk] for each in rows]


def _grant(rows: Sequence[PlannedRow], new: Mapping[int, Member], by: Member) -> None:
    grants = [
        RoleGrant(agency=by.agency, member=new[each.row.row], role=role, since=by.agency.today())
        for each in rows
        if each.person is None
        for role in each.roles
    ]
    if grants:
        events.record_all(
            "role.granted",
            bulk_create_with_history(grants, RoleGrant),
            by=by,
            data=lambda each: {"member": each.member_id, "role": Role(each.role).value},
        )


def _invite_all(
    people: PeopleList, invited: Sequence[tuple[PlannedRow, Member]], by: Member, now: datetime
) -> None:
    agency = by.agency
    revoke_all(by, [member for row, member in invited if row.person is not None], now)
    expires = now + INVITATION.span(agency, agency.today())
    made = [
        Invitation(
            agency=agency,
            member=member,
            email=row.row.email if row.outcome is RowOutcome.EMAIL else "",
            invited_by=by,
            made_at=now,
            try_at=now,
            expires_at=expires,
            attested_at=people.attested_at,
            batch=people.batch,
        )
        for row, member in invited
    ]
    record_made(made, by)


def record_made(made: Sequence[Invitation], by: Member) -> None:
    """Save new invitations with their codes, and record them and what they open."""
    if not made:
        return
    for each in made:
        each.token_digest = invitation_codes.digest(invitation_codes.code_of(each))
    saved = Invitation.objects.within(by.agency).bulk_create(made)
    events.record_all("invitation.made", saved, by=by, data=lambda each: {"member": each.member_id})
    ways = {each.member_id: FIRST_EMAIL if each.email else FIRST_LETTER for each in saved}
    events.record_all(
        WAY,
        [each.member for each in saved],
        by=by,
        data=lambda each: {"what": ways[each.pk], "member": each.pk},
    )


def revoke_all(by: Member, members: Sequence[Member], now: datetime) -> list[Invitation]:
    """Withdraw these people's unspent invitations; a few queries."""
    if not members:
        return []
    unspent = Invitation.objects.within(by.agency).unspent()
    mine = unspent.filter(member__in=members)
    rows = list(mine.select_for_update(of=("self",)).order_by("pk"))
    unspent.filter(pk__in=[each.pk for each in rows]).update(revoked_at=now)
    events.record_all(
        "invitation.revoked", rows, by=by, data=lambda each: {"member": each.member_id}
    )
    return rows
