"""The people of Riverside, all fictional."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.actions import (
    enter_member,
    give_consent,
    go_away,
    invite,
    make_user,
    prefer_not_to_say,
    write_standing,
)
from accounts.models import Audience, StandingKind
from accounts.permissions import Role
from devtools.demo.story import BEGAN, Story
from notifications.actions import ask_for_texts, confirm_number, read_all

AGENCY = "riverside"
NAME = "Riverside Behavioral Health"
ZONE = "America/New_York"
FOUNDER = ("Ada Flores", "ada@riverside.example")

C, F, P = StandingKind.PRIMARY_CONSUMER, StandingKind.FAMILY_MEMBER, StandingKind.PROVIDER
M, O = StandingKind.MANAGER, StandingKind.OTHER  # noqa: E741


@dataclass(frozen=True)
class PersonText:
    """A person to enter.

    They sign in by e-mail, by member name, or not at all; or have an invitation letter.
    """

    key: str
    name: str
    shown: str
    standings: tuple[StandingKind, ...]
    roles: tuple[Role, ...] = ()
    ago: int = BEGAN - 3
    by: str = "email"
    contact: str = ""


TEXTS = {"walter": "+12125550123", "theo": "+12125550124", "nadia": "+12125550125"}
PEOPLE = (
    # People who use services.
    PersonText("rosa", "Rosa Delgado", "Rosa", (C,)),
    PersonText("june", "June Okafor", "June O.", (C,), (Role.COMMITTEE,)),
    PersonText("walter", "Walter Brandt", "Walter", (C,), by="name"),
    PersonText("theo", "Theo Marsh", "Theo", (C,), (Role.COMMITTEE,)),
    PersonText("imani", "Imani Cole", "Imani", (C,), (Role.COMMITTEE,)),
    PersonText("lena", "Lena Petrov", "Lena P.", (C,), (Role.COMMITTEE,), by="name"),
    PersonText("marcus", "Marcus Hill", "Marcus", (C,)),
    PersonText("nadia", "Nadia Rahman", "Nadia", (C,)),
    PersonText("gil", "Gil Santos", "Gil", (C,)),
    PersonText("peter", "Peter Novak", "Peter N.", (C,)),
    PersonText("ruth", "Ruth Adler", "Ruth", (C,)),
    PersonText("opal", "Opal Jensen", "Bluebird", (C,), ago=440),
    PersonText("hank", "Hank Whitfield", "Hank", (C,), ago=400, by="name", contact="555-0163"),
    PersonText("dolores", "Dolores Vega", "Dolores", (C,), ago=395),
    PersonText("mei", "Mei Tran", "Mei", (C,), ago=190),
    PersonText("joel", "Joel Baker", "Joel", (C,), ago=185, by="paper"),
    PersonText("andre", "Andre Laurent", "Andre", (C,), ago=180),
    PersonText("winnie", "Winifred Stone", "Winnie", (C,), ago=178, by="paper"),
    PersonText("otis", "Otis Greene", "Otis", (C,), ago=6, by="paper"),
    PersonText("abby", "Abigail Ross", "Abby", (C,), ago=6, by="letter"),
    PersonText("robin", "Robin Ellis", "Robin", (), ago=300),
    # Families and friends.
    PersonText("carol", "Carol Marsh", "Carol", (F,), (Role.COMMITTEE,)),
    PersonText("luis", "Luis Delgado", "Luis", (F,)),
    PersonText("edie", "Edith Hill", "Edie", (F,), ago=320),
    # Front-line staff.
    PersonText("femi", "Femi Adeyemi", "Femi", (P,), (Role.FACILITATOR,)),
    PersonText("alice", "Alice Romano", "Alice", (P,), (Role.FACILITATOR,)),
    PersonText("kofi", "Kofi Mensah", "Kofi", (P,), (Role.FACILITATOR,)),
    PersonText("priya", "Priya Nair", "Priya", (P,), (Role.COMMITTEE,)),
    PersonText("dan", "Dan Kowalski", "Dan", (P,)),
    PersonText("daniel", "Daniel Lindgren", "Dan", (P,)),
    PersonText("grace", "Grace Kim", "Grace", (P,)),
    PersonText("ivan", "Ivan Morozov", "Ivan", (P,)),
    PersonText("amara", "Amara Diallo", "Amara", (P,)),
    PersonText("yusuf", "Yusuf Demir", "Yusuf", (P,)),
    PersonText("tom", "Tom Gallagher", "Tom", (P,)),
    PersonText("helen", "Helen Brooks", "Helen", (P,), ago=200),
    # Managers, and those who handle money.
    PersonText("mona", "Mona Castellano", "Mona", (M,), (Role.MANAGEMENT,)),
    PersonText("victor", "Victor Lang", "Victor", (M,)),
    PersonText("aaron", "Aaron Pike", "Aaron", (M,), (Role.APPROVER,)),
    PersonText("paula", "Paula Grant", "Paula", (O,), (Role.PAYER,)),
    # The board.
    PersonText("edward", "Edward Quill", "Edward Q.", (O,)),
    PersonText("bernice", "Bernice Shaw", "Bernice", (O,)),
    PersonText("harold", "Harold Lim", "Harold", (O,)),
    PersonText("tessa", "Tessa Moreau", "Tessa", (O,)),
)


def write(story: Story) -> None:
    """Enter the people; some let others see their standing, one prefers not to say.

    Three get texts; others may read those on Walter's phone.
    """
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
    story.on(3, _go_away, story, "ruth", hour=18)
    for key, number in TEXTS.items():
        story.on(90, _get_texts, story, key, number)
    for ago in (300, 130, 15):
        story.on(ago, _read_their_messages, story, hour=20)


def _enter(story: Story, person: PersonText) -> None:
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
        contact=person.contact,
    )


def _invite(story: Story, key: str) -> None:
    """A letter with a code that the person has not used yet."""
    invite(story[key], by=story["ada"])


def _go_away(story: Story, key: str) -> None:
    today = story.agency.today()
    go_away(story[key], since=today, until=today + timedelta(days=14), by=story[key])


def _employ_peer(story: Story) -> None:
    write_standing(
        story["kofi"],
        kind=C,
        since=story.agency.today(),
        employed_peer=True,
        by=story["ada"],
    )


def _get_texts(story: Story, key: str, number: str) -> None:
    """A number of those that films use, with its code."""
    asked = ask_for_texts(number=number, shared=key == "walter", by=story[key])
    confirm_number(code=asked.code, by=story[key])


def _read_their_messages(story: Story) -> None:
    for member in story.people.values():
        if member.user is not None:
            read_all(by=member)
