"""Naming people, with what tells them apart from others of the same name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from secrets import choice

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import CharField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.namesakes import DIGITS, NameKey
from foundation.models import Agency

# The columns of each kind of name: the name, its number, and both together.
SHOWN = ("display_name", "shown_number", "shown_name")
FULL = ("name", "full_number", "full_name")


def hold_names(agency: Agency) -> None:
    """Lock the agency's names until this action is done; call it before locking any member."""
    list(Agency.objects.select_for_update(no_key=True).filter(pk=agency.pk))


def name_apart(member: Member) -> None:
    """Set what tells a member about to be saved, and others of the same name, apart.

    A number lasts as long as the name, whoever else leaves, so that printed papers stay correct; a
    new name gets a new number. Raises ValidationError if somebody else of that name chose the same
    addition.
    """
    everybody = Member.objects.within(member.agency)
    before = everybody.filter(pk=member.pk).first() if member.pk else None
    for name, number, _together in (SHOWN, FULL):
        if before is not None and getattr(before, name) != getattr(member, name):
            setattr(member, number, "")
    others = everybody.filter(erased_at=None).exclude(pk=member.pk)
    member.addition = member.addition.strip()
    apart = member.addition or member.shown_number or member.full_number
    if not apart and not _nearly_called(member, others).exists():
        return
    if member.addition:
        _check_addition(member, others)
        member.shown_number = ""
    else:
        _number(member, others, *SHOWN)
    _number(member, others, *FULL)


def _check_addition(member: Member, others: QuerySet[Member]) -> None:
    taken = _read_as(others, f"{member.display_name} {member.addition}", "shown_name")
    if taken.exists():
        raise ValidationError(
            {
                "addition": _(
                    "Somebody else here has the same name with the same words after it. Choose "
                    "other words."
                )
            }
        )
    _number_the_others(member, others, *SHOWN)


def _number(
    member: Member, others: QuerySet[Member], name: str, number: str, together: str
) -> None:
    called = getattr(member, name)
    alike = _number_the_others(member, others, name, number, together)
    kept = getattr(member, number)
    if kept and not _read_as(others, f"{called} {kept}", together).exists():
        return
    clashes = alike or _read_as(others, called, together).exists()
    setattr(member, number, _drawn(member, called, together) if clashes else "")


def _number_the_others(
    member: Member, others: QuerySet[Member], name: str, number: str, together: str
) -> int:
    """Give a number to others of this name who lack one; return how many share the name."""
    called = getattr(member, name)
    alike = list(_read_as(others, called, name).select_for_update(no_key=True).order_by("pk"))
    for other in alike:
        if getattr(other, number) or (name == "display_name" and other.addition):
            continue
        other.agency = member.agency
        setattr(other, number, _drawn(other, called, together))
        other.save(update_fields=[number])
    return len(alike)


def _drawn(member: Member, called: str, together: str) -> str:
    """Draw a random number that makes the name unique."""
    everybody = Member.objects.within(member.agency).filter(erased_at=None)
    tries = 0
    while True:
        # Use more digits once many people of this name have used up the short numbers.
        number = "".join(choice(DIGITS) for _digit in range(3 + min(3, tries // 20)))
        # The same number after both names would let readers link the two.
        joins = number in (member.shown_number, member.full_number)
        if not joins and not _read_as(everybody, f"{called} {number}", together).exists():
            return number
        tries += 1


def _nearly_called(member: Member, others: QuerySet[Member]) -> QuerySet[Member]:
    """Others with one of the member's names, or whose name and number read like one."""
    found, read = Q(), others
    for name, _number, together in (SHOWN, FULL):
        key = NameKey(Value(getattr(member, name), output_field=CharField()))
        for column in (name, together):
            read = read.annotate(**{f"{column}_read": NameKey(column)})
            found |= Q(**{f"{column}_read": key})
    return read.filter(found)


def _read_as(members: QuerySet[Member], name: str, column: str) -> QuerySet[Member]:
    """Members whose name reads the same."""
    key = NameKey(Value(name, output_field=CharField()))
    return members.annotate(read_as=NameKey(column)).filter(Q(read_as=key))


def name_all_apart(newcomers: Sequence[Member], agency: Agency) -> list[Member]:
    """`name_apart` for many new members without additions; a few queries for all.

    Returns the members already here who got a number, too, and have to be saved.
    """
    held = Member.objects.within(agency).filter(erased_at=None).order_by("pk")
    for name, _number, together in (SHOWN, FULL):
        held = held.annotate(
            **{f"{name}_read": NameKey(name), f"{together}_read": NameKey(together)}
        )
    here = list(held.select_for_update(no_key=True, of=("self",)))
    keys = _read([getattr(each, name) for each in newcomers for name, *_rest in (SHOWN, FULL)])
    changed: dict[int, Member] = {}
    for name, number, together in (SHOWN, FULL):
        alike: dict[str, list[Member]] = defaultdict(list)
        taken = {getattr(each, f"{together}_read") for each in here}
        for each in here:
            alike[getattr(each, f"{name}_read")].append(each)
        for each in newcomers:
            alike[keys[getattr(each, name)]].append(each)
        wanting = []
        for key, members in alike.items():
            new = [each for each in members if each._state.adding]
            if not new or (len(members) == 1 and key not in taken):
                continue
            wanting += [
                each
                for each in members
                if not getattr(each, number) and not (name == "display_name" and each.addition)
            ]
        _draw_all(wanting, name, number, taken=taken | set(alike))
        changed |= {each.pk: each for each in wanting if not each._state.adding}
    for each in changed.values():
        each.agency = agency
    return list(changed.values())


def _read(names: Iterable[str]) -> dict[str, str]:
    """Each name as people read it; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, accounts_name_key(name) FROM unnest(%s::text[]) AS name",
            [sorted(set(names))],
        )
        return dict(cursor.fetchall())


def _draw_all(members: Sequence[Member], name: str, number: str, *, taken: set[str]) -> None:
    """Draw a random number for each that makes the name unique."""
    tries = 0
    while members:
        drawn = {}
        for each in members:
            text = "".join(choice(DIGITS) for _digit in range(3 + min(3, tries)))
            drawn[id(each)] = (text, f"{getattr(each, name)} {text}")
        keys = _read(together for _text, together in drawn.values())
        again = []
        for each in members:
            text, together = drawn[id(each)]
            if keys[together] in taken or text in (each.shown_number, each.full_number):
                again.append(each)
                continue
            taken.add(keys[together])
            setattr(each, number, text)
        members, tries = again, tries + 1
