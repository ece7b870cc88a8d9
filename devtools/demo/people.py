"""Who takes part at Riverside: none of them is a real person."""

from dataclasses import dataclass

from accounts.actions import (
    enter_member,
    give_consent,
    invite,
    make_user,
    prefer_not_to_say,
    write_standing,
)
from accounts.models import Audience, StandingKind
from accounts.permissions import Role
from devtools.demo.story import BEGAN, Story
from notifications.actions import read_all

AGENCY = "riverside"
NAME = "Riverside Behavioral Health"
ZONE = "America/New_York"
FOUNDER = ("Ada Flores", "ada@riverside.example")

C, F, P = StandingKind.PRIMARY_CONSUMER, StandingKind.FAMILY_MEMBER, StandingKind.PROVIDER
M, O = StandingKind.MANAGER, StandingKind.OTHER  # noqa: E741


@dataclass(frozen=True)
class Person:
    """Somebody who enters; signs in by e-mail, by a member name, or not at all; or has a letter
    that invites them."""

    key: str
    name: str
    shown: str
    standings: tuple[StandingKind, ...]
    roles: tuple[Role, ...] = ()
    ago: int = BEGAN - 3
    by: str = "email"


PEOPLE = (
    # People who use services.
    Person("rosa", "Rosa Delgado", "Rosa", (C,)),
    Person("june", "June Okafor", "June O.", (C,), (Role.COMMITTEE,)),
    Person("walter", "Walter Brandt", "Walter", (C,), by="name"),
    Person("theo", "Theo Marsh", "Theo", (C,), (Role.COMMITTEE,)),
    Person("imani", "Imani Cole", "Imani", (C,), (Role.COMMITTEE,)),
    Person("lena", "Lena Petrov", "Lena P.", (C,), (Role.COMMITTEE,), by="name"),
    Person("marcus", "Marcus Hill", "Marcus", (C,)),
    Person("nadia", "Nadia Rahman", "Nadia", (C,)),
    Person("gil", "Gil Santos", "Gil", (C,)),
    Person("peter", "Peter Novak", "Peter N.", (C,)),
    Person("ruth", "Ruth Adler", "Ruth", (C,)),
    Person("opal", "Opal Jensen", "Bluebird", (C,), ago=440),
    Person("hank", "Hank Whitfield", "Hank", (C,), ago=400, by="name"),
    Person("dolores", "Dolores Vega", "Dolores", (C,), ago=395),
    Person("mei", "Mei Tran", "Mei", (C,), ago=190),
    Person("joel", "Joel Baker", "Joel", (C,), ago=185, by="paper"),
    Person("andre", "Andre Laurent", "Andre", (C,), ago=180),
    Person("winnie", "Winifred Stone", "Winnie", (C,), ago=178, by="paper"),
    Person("otis", "Otis Greene", "Otis", (C,), ago=6, by="paper"),
    Person("abby", "Abigail Ross", "Abby", (C,), ago=6, by="letter"),
    Person("robin", "Robin Ellis", "Robin", (), ago=300),
    # Families and friends.
    Person("carol", "Carol Marsh", "Carol", (F,), (Role.COMMITTEE,)),
    Person("luis", "Luis Delgado", "Luis", (F,)),
    Person("edie", "Edith Hill", "Edie", (F,), ago=320),
    # Front-line staff.
    Person("femi", "Femi Adeyemi", "Femi", (P,), (Role.FACILITATOR,)),
    Person("alice", "Alice Romano", "Alice", (P,), (Role.FACILITATOR,)),
    Person("kofi", "Kofi Mensah", "Kofi", (P,), (Role.FACILITATOR,)),
    Person("priya", "Priya Nair", "Priya", (P,), (Role.COMMITTEE,)),
    Person("dan", "Dan Kowalski", "Dan", (P,)),
    Person("daniel", "Daniel Lindgren", "Dan", (P,)),
    Person("grace", "Grace Kim", "Grace", (P,)),
    Person("ivan", "Ivan Morozov", "Ivan", (P,)),
    Person("amara", "Amara Diallo", "Amara", (P,)),
    Person("yusuf", "Yusuf Demir", "Yusuf", (P,)),
    Person("tom", "Tom Gallagher", "Tom", (P,)),
    Person("helen", "Helen Brooks", "Helen", (P,), ago=200),
    # Managers, and those who handle money.
    Person("mona", "Mona Castellano", "Mona", (M,), (Role.MANAGEMENT,)),
    Person("victor", "Victor Lang", "Victor", (M,)),
    Person("aaron", "Aaron Pike", "Aaron", (M,), (Role.APPROVER,)),
    Person("paula", "Paula Grant", "Paula", (O,), (Role.PAYER,)),
    # The board.
    Person("edward", "Edward Quill", "Edward Q.", (O,)),
    Person("bernice", "Bernice Shaw", "Bernice", (O,)),
    Person("harold", "Harold Lim", "Harold", (O,)),
    Person("tessa", "Tessa Moreau", "Tessa", (O,)),
)


def write(story: Story) -> None:
    """They come; some let others see as what they take part, one prefers not to say."""
    for person in PEOPLE:
        story.on(person.ago, _enter, story, person, hour=8)
    story.on(BEGAN - 3, _employ_peer, story, hour=8)
    for person in PEOPLE:
        if person.by == "letter":
            story.on(person.ago - 1, _invite, story, person.key)
    story.on(299, lambda: prefer_not_to_say(by=story["robin"]))
    story.on(
        520,
        lambda: give_consent(story["june"], audience=Audience.AGENCY, by=story["june"]),
    )
    for ago in (300, 130, 15):
        story.on(ago, _read_their_messages, story, hour=20)


def _enter(story: Story, person: Person) -> None:
    email = f"{person.key}@riverside.example"
    user = None
    if person.by == "email":
        user = make_user(email=email, email_proven=True)
    elif person.by == "name":
        user = make_user(member_name=person.name.lower().replace(" ", "."))
    story.people[person.key] = enter_member(
        by=story["ada"],
        name=person.name,
        display_name=person.shown,
        since=story.agency.today(),
        standings=person.standings,
        roles=person.roles,
        user=user,
    )


def _invite(story: Story, key: str) -> None:
    """A letter with a code, which the person has not used yet."""
    invite(story[key], by=story["ada"])


def _employ_peer(story: Story) -> None:
    write_standing(
        story["kofi"],
        kind=C,
        since=story.agency.today(),
        employed_peer=True,
        by=story["ada"],
    )


def _read_their_messages(story: Story) -> None:
    for member in story.people.values():
        if member.user is not None:
            read_all(by=member)
