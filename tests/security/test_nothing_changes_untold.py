"""Every change to permissions or sign-in is told to the person and to one more.

The table says for each event how to cause it. The code of accounts is checked as well: a function
that writes such a row tells of it, or all its callers do.
"""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from accounts import actions
from accounts.changes import DECIDED_BY_OTHERS, FIRST_EMAIL, FIRST_LETTER, LETTER, TAKEN_BACK
from accounts.leaves import Leave
from accounts.models import Member, PauseEnd, PauseReason, StandingKind
from accounts.permissions import Role
from foundation.models import Agency, Event
from notifications.models import Message
from notifications.of_changes import CHANGES
from tests.conftest import Enter
from tests.sources import nodes

ROOT = Path(__file__).parents[2]
TOLD = {*CHANGES, *DECIDED_BY_OTHERS, "way.denied"}
# Rows that hold somebody's permissions and ways to sign in.
POWER = {
    "RoleGrant", "Standing", "Invitation", "User", "PrintedCode", "EmailAddress", "Authenticator",
    "Pause",
}  # fmt: skip
WRITES = {"create", "bulk_create", "update", "delete", "save"}
SETS = {"set_password", "set_unusable_password"}
ATTRIBUTES = {"user", "email", "member_name", "is_active"}
# Each with the reason why its own code tells nobody.
NOT_TOLD = {
    "accounts.actions.erasure.close_accounts": "it leads to no member any more who could be told",
    "accounts.actions.people.found_agency": "there is nobody yet who could be told",
    "accounts.actions.invitations._put_off": "an e-mail is tried again",
    "accounts.actions.invitations.send_next": "what was told when it was made is sent",
    "accounts.actions.users.use_code": "somebody signs in with what they hold",
    "accounts.actions.lists.revoke_all": "who withdraws or invites anew tells",
    "accounts.actions.open_invitations.refuse": "the person's own word; pages show it",
    "accounts.actions.capacities._fall_silent": "the person's own word, told to nobody",
    "accounts.actions.capacities.let_standing_be_written": "the person's own word",
    "accounts.models.save": "addresses and names are written in small letters",
    "accounts.middleware.__call__": "who makes the request is handed on, and nothing is saved",
}


@dataclass
class Code:
    """One function: what it calls, whether it writes such a row, and whether it tells."""

    name: str
    calls: set[str] = field(default_factory=set)
    writes: bool = False
    tells: bool = False


def functions(source: str, module: str) -> Iterator[Code]:
    for node in nodes(source):
        if isinstance(node, ast.FunctionDef):
            yield _read(node, f"{module}.{node.name}")


def _read(node: ast.FunctionDef, name: str) -> Code:
    code = Code(name)
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            called = getattr(part.func, "id", getattr(part.func, "attr", ""))
            code.calls.add(called)
            code.writes |= called in SETS or (called in WRITES and bool(names & POWER))
            code.tells |= called in ("note", "note_own") or (
                called in ("record", "record_all") and _says(part.args[0], TOLD)
            )
        if isinstance(part, ast.Assign):
            set_ = [each.attr for each in part.targets if isinstance(each, ast.Attribute)]
            code.writes |= bool(set(set_) & ATTRIBUTES)
    return code


def _says(argument: ast.expr, told: set[str]) -> bool:
    return ast.unparse(argument) == "WAY" or getattr(argument, "value", None) in told


def untold(found: list[Code]) -> list[str]:
    """Functions that change something without telling, and whose callers don't all tell either."""
    callers: dict[str, list[Code]] = defaultdict(list)
    for code in found:
        for called in code.calls:
            callers[called].append(code)

    def is_told(code: Code, above: frozenset[str]) -> bool:
        if code.tells or code.name in NOT_TOLD:
            return True
        asked = [each for each in callers[code.name.rpartition(".")[2]] if each.name not in above]
        return bool(asked) and all(is_told(each, above | {each.name}) for each in asked)

    return [
        code.name for code in found if code.writes and not is_told(code, frozenset({code.name}))
    ]


def all_code() -> list[Code]:
    return [
        code
        for app in ("accounts", "cqi_portal", "notifications", "groups", "safety")
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
        for code in functions(
            path.read_text(), ".".join(path.relative_to(ROOT).with_suffix("").parts)
        )
    ]


@pytest.mark.promise("told")
def test_whoever_changes_what_somebody_may_do_or_how_they_sign_in_tells_of_it() -> None:
    assert untold(all_code()) == []


def test_what_is_said_to_tell_nobody_is_still_there() -> None:
    assert not set(NOT_TOLD) - {code.name for code in all_code()}


@pytest.mark.parametrize(
    "planted",
    [
        "def hand_on(member, role, by):\n    RoleGrant.objects.within(by.agency).create(role=role)",
        "def move(member, user):\n    member.user = user\n    member.save()",
        "def rename(user):\n    user.member_name = 'rosa'",
        "def reset(user):\n    user.set_password('river')",
        "def forget(user):\n    Authenticator.objects.filter(user=user).delete()",
        "def readdress(user):\n    EmailAddress.objects.filter(user=user).update(email='x@y')",
        "def let_in(user):\n    print_codes(user)",
        "def hide(grant, by):\n    grant = RoleGrant.objects.get()\n    grant.save()\n"
        "    events.record('role.hidden', grant, by=by)",
    ],
)
def test_a_planted_action_that_tells_nobody_is_found(planted: str) -> None:
    before = [code for code in all_code() if code.name != "accounts.actions.ways.print_own_codes"]
    assert set(untold([*before, *functions(planted, "accounts.planted")])) - set(untold(before))


@dataclass
class People:
    ada: Member
    aisha: Member
    rosa: Member
    new: Member


Bring = Callable[[People], object]


def _enter(people: People) -> Member:
    return actions.enter_member(
        by=people.ada,
        name="Petra Paper",
        display_name="Petra",
        since=people.ada.agency.today(),
        roles=(Role.PAYER,),
    )


def _change(people: People) -> None:
    member = Member.objects.within(people.ada.agency).get(pk=people.rosa.pk)
    actions.change_member(
        member,
        by=people.ada,
        version=member.version,
        name=member.name,
        display_name=member.display_name,
        addition=member.addition,
        language="en",
        contact="Call my cousin",
    )


def _pause(people: People) -> object:
    return actions.pause_access(
        people.rosa, reason=PauseReason.THREAT, answer_to="555-0100", by=people.ada
    )


def _grant(people: People) -> object:
    today = people.ada.agency.today()
    return actions.grant_role(people.rosa, role=Role.PAYER, since=today, by=people.ada)


def _leave(people: People) -> None:
    actions.end_membership(people.rosa, on=people.ada.agency.today(), by=people.ada)


def _take_leave_back(people: People) -> None:
    _leave(people)
    leave = Leave.objects.within(people.ada.agency).get(member=people.rosa)
    actions.take_leave_back(leave, by=people.ada)


def _come_back(people: People) -> None:
    _leave(people)
    actions.bring_back(people.rosa, by=people.ada)


def _write(people: People) -> object:
    return actions.write_standing(
        people.rosa,
        kind=StandingKind.FAMILY_MEMBER,
        since=people.ada.agency.today(),
        by=people.ada,
    )


# By event (and what about sign-in was changed): who is affected, and how to cause it.
TABLE: dict[str, tuple[str, Bring]] = {
    "role.granted": ("rosa", _grant),
    "role.granted at the first day": ("entered", _enter),
    "role.ended": ("rosa", lambda people: actions.end_role(_grant(people), by=people.ada)),  # type: ignore[arg-type]
    "standing.written": ("rosa", _write),
    "standing.ended": (
        "rosa",
        lambda people: actions.end_standing(
            _write(people),  # type: ignore[arg-type]
            on=people.ada.agency.today(),
            by=people.ada,
        ),
    ),
    f"way.changed {LETTER}": ("rosa", lambda people: actions.invite(people.rosa, by=people.ada)),
    f"way.changed {FIRST_LETTER}": (
        "new",
        lambda people: actions.invite(people.new, by=people.ada),
    ),
    f"way.changed {FIRST_EMAIL}": (
        "new",
        lambda people: actions.invite(people.new, by=people.ada, email="new@home.example"),
    ),
    f"way.changed {TAKEN_BACK}": (
        "new",
        lambda people: actions.revoke_invitation(
            actions.invite(people.new, by=people.ada), by=people.ada
        ),
    ),
    "member.changed": ("rosa", _change),
    "member.left": (
        "rosa",
        lambda people: actions.end_membership(
            people.rosa, on=people.ada.agency.today(), by=people.ada
        ),
    ),
    "member.leave_taken_back": ("rosa", _take_leave_back),
    "member.returned": ("rosa", _come_back),
    "member.erased": ("nobody", lambda people: actions.erase(people.rosa, by=people.ada)),
    "access.paused": ("rosa", _pause),
    "access.resumed": (
        "rosa",
        lambda people: actions.resume_access(_pause(people), why=PauseEnd.MISTAKE, by=people.ada),  # type: ignore[arg-type]
    ),
}


@pytest.fixture
def people(administrator: Member, consumer: Member, enter: Enter, agency: Agency) -> People:
    """Two administrators; Rosa, who signs in with codes on paper; and somebody new."""
    aisha = enter("Aisha", roles=(Role.ADMINISTRATOR,))
    consumer.user = actions.make_user(member_name="rosa")
    consumer.save()
    new = actions.enter_member(
        by=administrator, name="Nia New", display_name="Nia", since=agency.today()
    )
    return People(administrator, aisha, consumer, new)


@pytest.mark.django_db
@pytest.mark.parametrize("name", TABLE)
def test_it_is_told_to_the_person_and_to_a_second_administrator(
    name: str, people: People, agency: Agency
) -> None:
    who, bring = TABLE[name]
    before = set(Message.objects.within(agency).values_list("pk", flat=True))
    seen = set(Event.objects.within(agency).values_list("pk", flat=True))
    made = bring(people)
    event, _space, what = name.partition(" ")
    events = Event.objects.within(agency).exclude(pk__in=seen).filter(name=event)
    assert events.exists()
    if event == "way.changed":
        assert what in events.values_list("data__what", flat=True)
    new = Message.objects.within(agency).exclude(pk__in=before)
    told = {message.member_id for message in new}
    changed = {"rosa": people.rosa, "new": people.new, "entered": made, "nobody": people.aisha}[who]
    assert told == {changed.pk, people.aisha.pk}  # type: ignore[attr-defined]


def test_the_table_knows_every_event_that_is_told() -> None:
    """A denial is told to all administrators; prolonging a pause is told like its start.

    Both have tests of their own.
    """
    assert {name.partition(" ")[0] for name in TABLE} == TOLD - {"way.denied", "access.prolonged"}
