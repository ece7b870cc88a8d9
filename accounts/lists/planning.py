"""What inviting a list of people would do, row by row, before anything is written."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.lists.words import roles_of
from accounts.models import Invitation, Member, Pause
from accounts.permissions import Role
from foundation import keys
from foundation.models import Agency

# A phone number in other words; fewer digits tell nobody apart.
_NUMBER = re.compile(r"\+?\d[\d\s().-]{5,}\d")
TELLING_DIGITS = 7
SAME_NUMBER = 10
OTHER_PERSON = "other"
# As long as the columns of a member that they go to.
LONGEST_NAME = 120


class RowOutcome(StrEnum):
    """What happens to a row."""

    EMAIL = "email"
    LETTER = "letter"
    HERE = "here"
    INVITED = "invited"
    UNSENT = "unsent"
    SAID_NO = "said_no"
    LEFT = "left"
    PAUSED = "paused"
    SAME_ROW = "same_row"
    OUT = "out"
    MEND = "mend"
    ASK = "ask"


INVITING = (RowOutcome.EMAIL, RowOutcome.LETTER)
OPEN = (RowOutcome.MEND, RowOutcome.ASK)


class InvitationState(StrEnum):
    """Where somebody's latest invitation stands."""

    NONE = ""
    OPEN = "open"
    EXPIRED = "expired"
    UNSENT = "unsent"
    SAID_NO = "said_no"


@dataclass(frozen=True)
class ListRow:
    """A row as the draft stores it; `same` answers who it is, `out` leaves it out."""

    row: int
    name: str
    shown: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""
    faults: tuple[str, ...] = ()
    same: str = ""
    out: bool = False

    @property
    def called(self) -> str:
        return self.name or self.shown

    @property
    def display_name(self) -> str:
        """What others see until the person chooses: the chosen name, else “Ana R.”."""
        if self.shown:
            return self.shown
        words = self.name.replace(",", " ").split()
        if len(words) < 2:
            return self.name
        return f"{words[0]} {words[-1][0].upper()}."


@dataclass(frozen=True)
class KnownPerson:
    """Somebody in this agency, as far as telling doubles needs it."""

    pk: int
    name: str
    names: frozenset[str]
    email: str
    numbers: frozenset[str]
    state: InvitationState
    signs_in: bool = False
    has_left: bool = False
    is_paused: bool = False

    @property
    def code(self) -> str:
        return keys.code("member", self.pk)


@dataclass(frozen=True)
class Match:
    """Somebody a row may be: a person here, or an earlier row; `value` answers so."""

    value: str
    name: str
    why: str
    person: KnownPerson | None = None
    row: int = 0


@dataclass(frozen=True)
class PlannedRow:
    """A row and what happens to it; `wrong` by field, `matches` to choose from."""

    row: ListRow
    outcome: RowOutcome
    roles: tuple[Role, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    matches: Sequence[Match] = ()
    person: KnownPerson | None = None
    # The address belongs to somebody else, so that a letter is made.
    taken: bool = False


def known_people(agency: Agency, now: datetime, on: date) -> list[KnownPerson]:
    """Everybody who is or was here, but nobody of another agency; three queries."""
    latest: dict[int, Invitation] = {}
    for each in Invitation.objects.within(agency).order_by("made_at", "pk"):
        latest[each.member_id] = each
    paused = set(Pause.objects.within(agency).on(on).values_list("member_id", flat=True))
    members = Member.objects.within(agency).filter(erased_at=None).order_by("pk")
    found = []
    for pk, name, display, full, contact, user, email, until in members.values_list(
        "pk", "name", "display_name", "full_name", "contact", "user", "user__email", "until"
    ):
        invitation = latest.get(pk)
        invited = invitation.email if invitation is not None else ""
        found.append(
            KnownPerson(
                pk=pk,
                name=full,
                names=frozenset({name_key(name), name_key(display)}) - {""},
                email=email or ("" if user else invited),
                numbers=numbers_in(contact),
                state=_state(invitation, now),
                signs_in=user is not None,
                has_left=until is not None and until <= on,
                is_paused=pk in paused,
            )
        )
    return found


def _state(invitation: Invitation | None, now: datetime) -> InvitationState:
    if invitation is None:
        return InvitationState.NONE
    if invitation.refused_at is not None:
        return InvitationState.SAID_NO
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        return InvitationState.NONE
    if invitation.given_up_at is not None:
        return InvitationState.UNSENT
    return InvitationState.OPEN if invitation.expires_at > now else InvitationState.EXPIRED


def name_key(name: str) -> str:
    """A name without case, accents, signs, initials and order of its words."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(
        each if each.isalnum() else "" if unicodedata.category(each) == "Mn" else " "
        for each in plain.replace("'", "").replace("\u2019", "")
    )
    words = letters.split()
    long = [word for word in words if len(word) > 1]
    return " ".join(sorted(long if len(long) > 1 else words))


def numbers_in(text: str) -> frozenset[str]:
    """The phone numbers in a text, as their last ten digits."""
    found = ("".join(filter(str.isdigit, each)) for each in _NUMBER.findall(text))
    return frozenset(each[-SAME_NUMBER:] for each in found if len(each) >= TELLING_DIGITS)


def wrong_cells(row: ListRow, givable: Collection[Role]) -> dict[str, str]:
    """What has to be mended, by field, and how."""
    wrong = {
        "name": _wrong_name(row),
        "email": _wrong_email(row),
        "phone": _wrong_phone(row),
        "role": _wrong_role(row, givable),
    }
    return {name: why for name, why in wrong.items() if why}


def _wrong_name(row: ListRow) -> str:
    if not row.called:
        return _("Write this person’s name.")
    if len(row.called) > LONGEST_NAME:
        said = _("This name is too long. Use %(most)d characters at most.")
        return said % {"most": LONGEST_NAME}
    if "wide" in row.faults:
        return _("This row has more cells than the list has columns. Check the name.")
    if "private" in row.faults:
        return _("There was a Social Security number here. We did not keep it.")
    return ""


def _wrong_email(row: ListRow) -> str:
    if not row.email or _is_address(row.email):
        return ""
    return _("This is not an e-mail address. Correct it, or leave it empty.")


def _wrong_phone(row: ListRow) -> str:
    if "cut" in row.faults:
        return _("The spreadsheet has cut this number. Write it out, or leave it empty.")
    if len(row.phone) > LONGEST_NAME:
        said = _("This is too long. Use %(most)d characters at most.")
        return said % {"most": LONGEST_NAME}
    if row.phone and not numbers_in(row.phone) and not any(map(str.isalpha, row.phone)):
        return _("This is not a phone number. Correct it, or leave it empty.")
    return ""


def _wrong_role(row: ListRow, givable: Collection[Role]) -> str:
    roles, unknown = roles_of(row.role)
    if unknown:
        said = _("“%(word)s” is not a role here. Choose one, or none.")
        return said % {"word": unknown[0]}
    for role in roles:
        if role not in givable:
            said = _("A list can’t give the role “%(role)s”. Give it on the person’s own page.")
            return said % {"role": role.label}
    return ""


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@dataclass
class _Seen:
    """People here and earlier rows, by what they may share with a row."""

    by_email: dict[str, list[Match]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, list[Match]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Match]] = field(default_factory=lambda: defaultdict(list))
    emails: set[str] = field(default_factory=set)

    def add(self, match: Match, email: str, numbers: Iterable[str], names: Iterable[str]) -> None:
        if email:
            self.by_email[email].append(match)
            self.emails.add(email)
        for number in numbers:
            self.by_number[number].append(match)
        for name in names:
            self.by_name[name].append(match)


def plan(
    rows: Sequence[ListRow], known: Sequence[KnownPerson], givable: Collection[Role]
) -> list[PlannedRow]:
    """What would happen to each row, in their order; no query."""
    seen = _Seen()
    for person in known:
        match = Match(f"m{person.code}", person.name, "", person)
        seen.add(match, person.email, person.numbers, person.names)
    planned = []
    earlier: dict[int, ListRow] = {}
    invited: set[int] = set()
    for row in rows:
        each = _planned(row, seen, earlier, givable)
        if (held := each.person) is not None and each.outcome in INVITING:
            each = replace(each, outcome=RowOutcome.SAME_ROW) if held.pk in invited else each
            invited.add(held.pk)
        planned.append(each)
        if each.outcome in INVITING or each.outcome is RowOutcome.ASK:
            earlier[row.row] = row
            email = "" if each.taken else row.email
            match = Match(f"r{row.row}", row.called, "", None, row.row)
            seen.add(match, email, numbers_in(row.phone), {_name(row)})
    return planned


def _name(row: ListRow) -> str:
    return name_key(row.called)


def _planned(
    row: ListRow, seen: _Seen, earlier: Mapping[int, ListRow], givable: Collection[Role]
) -> PlannedRow:
    if row.out:
        return PlannedRow(row, RowOutcome.OUT)
    if wrong := wrong_cells(row, givable):
        return PlannedRow(row, RowOutcome.MEND, wrong=wrong)
    roles, _unknown = roles_of(row.role)
    matches = _matches(row, seen)
    settled = next((each for each in matches if _is_sure(row, each, earlier)), None)
    if settled is None and row.same and row.same != OTHER_PERSON:
        settled = next((each for each in matches if each.value == row.same), None)
    if settled is not None:
        if settled.person is None:
            return PlannedRow(row, RowOutcome.SAME_ROW, matches=[settled])
        return _of_known(row, settled.person, seen)
    if matches and row.same != OTHER_PERSON:
        return PlannedRow(row, RowOutcome.ASK, roles, matches=matches)
    taken = row.email in seen.emails
    outcome = RowOutcome.EMAIL if row.email and not taken else RowOutcome.LETTER
    return PlannedRow(row, outcome, roles, taken=taken)


def _matches(row: ListRow, seen: _Seen) -> list[Match]:
    """Whom the row may be, each once, with what they share."""
    found: dict[str, Match] = {}
    shared = [
        (_("the same e-mail address"), seen.by_email.get(row.email, []) if row.email else []),
        (_("the same name"), seen.by_name.get(_name(row), [])),
        *(
            (_("the same phone number"), seen.by_number.get(number, []))
            for number in sorted(numbers_in(row.phone))
        ),
    ]
    for why, matches in shared:
        for each in matches:
            before = found.get(each.value)
            said = f"{before.why}, {why}" if before is not None else why
            found[each.value] = Match(each.value, each.name, said, each.person, each.row)
    return list(found.values())


def _is_sure(row: ListRow, match: Match, earlier: Mapping[int, ListRow]) -> bool:
    """Whether it can only be this person: the same name, and the same address or number."""
    if match.person is not None:
        person = match.person
        return _name(row) in person.names and _one_way(
            (row.email, person.email), (numbers_in(row.phone), person.numbers)
        )
    other = earlier[match.row]
    same_way = _one_way((row.email, other.email), (numbers_in(row.phone), numbers_in(other.phone)))
    return _name(row) == _name(other) and same_way and roles_of(row.role) == roles_of(other.role)


def _one_way(emails: tuple[str, str], numbers: tuple[frozenset[str], frozenset[str]]) -> bool:
    if all(emails):
        return emails[0] == emails[1]
    return bool(numbers[0] & numbers[1])


def _of_known(row: ListRow, person: KnownPerson, seen: _Seen) -> PlannedRow:
    """What happens to somebody who was entered before."""
    if person.has_left:
        outcome = RowOutcome.LEFT
    elif person.signs_in:
        outcome = RowOutcome.HERE
    elif person.is_paused:
        outcome = RowOutcome.PAUSED
    else:
        outcome = {
            InvitationState.SAID_NO: RowOutcome.SAID_NO,
            InvitationState.OPEN: RowOutcome.INVITED,
            InvitationState.UNSENT: RowOutcome.UNSENT,
        }.get(person.state, RowOutcome.EMAIL)
    taken = row.email in seen.emails and row.email != person.email
    if outcome is RowOutcome.EMAIL and (not row.email or taken):
        outcome = RowOutcome.LETTER
    return PlannedRow(row, outcome, person=person, taken=taken and outcome is RowOutcome.LETTER)
