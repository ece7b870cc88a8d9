"""A small program with everything the adversary wants to know, reached through the actions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.actions import enter_member, found_agency, give_consent
from accounts.models import Audience, EmailLevel, Member, StandingKind, User
from accounts.permissions import Role
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import OpportunityKind
from cells.ranking import actions as ranking_actions
from cells.ranking.counting import ImpactAndEffort as Marks
from cells.ranking.models import PriorityRound, RankingMethod
from compensation.choosing import actions as choosing
from compensation.offers import actions as offering
from compensation.plan import actions as planning
from devtools import committee, ratified
from devtools.agreed import agree
from devtools.established import establish
from devtools.seating import accept, seat
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.sessions import actions as closing
from dialogues.silencing.tasks import close_silencings, stir_voices
from dialogues.voices import actions as speaking
from dialogues.voices import receipts
from documents import actions as documents
from documents.checklists import checklist
from documents.models import DocumentKind, Version
from foundation import tenancy
from foundation.models import Agency
from foundation.quarters import before, quarter_of
from groups import actions as groups
from groups.models import Choice, Decision, Group, GroupKind, Meeting, Office
from indicators.actions import catch_up
from notifications.tasks import digests, empty_outbox
from oversight import actions as oversight
from oversight.models import FindingKind
from safety import actions as safety
from safety.models import ApartReason
from satisfaction import actions as surveys
from satisfaction import codes
from satisfaction.doors import code_for
from satisfaction.instrument import CURRENT
from satisfaction.models import AnswerSide, SurveyInvitation, SurveyRound
from satisfaction.tasks import attend_to_round
from tests.security.adversary import on_day
from tests.security.secrecy import Asked

SLUG, DAY = "twin", timedelta(days=1)
CONSUMER, PROVIDER = StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER
WORDS = ("Nobody listens at the desk.", "The chairs are cold.")


PEOPLE: dict[str, tuple[StandingKind, tuple[Role, ...]]] = {
    "Rosa": (CONSUMER, ()),
    "Sam": (CONSUMER, ()),
    "Tia": (CONSUMER, ()),
    "Ulf": (CONSUMER, ()),
    "Vic": (CONSUMER, ()),
    "Wim": (CONSUMER, ()),
    "Yan": (CONSUMER, ()),
    "Xenia": (CONSUMER, ()),
    "Chidi": (CONSUMER, (Role.COMMITTEE,)),
    "Cora": (CONSUMER, (Role.COMMITTEE,)),
    "Cleo": (CONSUMER, (Role.COMMITTEE,)),
    "Priya": (PROVIDER, (Role.COMMITTEE,)),
    "Pete": (PROVIDER, ()),
    "Quinn": (PROVIDER, ()),
    "Hal": (PROVIDER, ()),
    "Ines": (PROVIDER, ()),
    "Jan": (PROVIDER, ()),
    "Nora": (PROVIDER, ()),
    "Zed": (PROVIDER, ()),
    "Femi": (PROVIDER, (Role.FACILITATOR,)),
    "Faye": (PROVIDER, (Role.FACILITATOR,)),
    "Aaron": (StandingKind.MANAGER, (Role.APPROVER,)),
    "Paula": (StandingKind.OTHER, (Role.PAYER,)),
    "Mona": (StandingKind.MANAGER, (Role.MANAGEMENT,)),
    "Otto": (StandingKind.OTHER, ()),
}
CONSUMERS = ("Rosa", "Sam", "Tia", "Ulf", "Vic", "Wim", "Yan", "Xenia")
STAFF = ("Priya", "Pete", "Quinn", "Hal", "Ines", "Jan", "Nora")
COMMITTEE = ("Cora", "Chidi", "Cleo", "Priya")
BOARD = ("Rosa", "Sam", "Pete")


@dataclass
class World:
    """The program and its events, by their names here."""

    secrets: Asked
    today: date
    chance: Callable[[str], None]
    agency: Agency = field(init=False)
    people: dict[str, Member] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    cell: Cell = field(init=False)
    council: Group = field(init=False)
    committee: Group = field(init=False)
    open_door: Dialogue = field(init=False)
    small_table: Dialogue = field(init=False)
    door: str = ""
    """The code of the page on which anybody can speak."""

    def __getitem__(self, name: str) -> Member:
        return self.people[name]

    def swapped(self, secret: str, one: str, other: str) -> tuple[str, str]:
        """These two, in the order that the secret decides."""
        return (one, other) if getattr(self.secrets, secret) else (other, one)

    def live(self, ago: int, *acts: Callable[["World"], None]) -> None:
        """What happens on a day, and the portal's jobs in the following night.

        Randomness restarts before each act, seeded by its name.
        """
        with on_day(self.today - ago * DAY):
            for act in acts:
                self.chance(f"{ago} {act.__name__}")
                act(self)
            self.chance(f"{ago} night")
            night(self)


def night(world: World) -> None:
    """Run the jobs; then the e-mails go out."""
    agency = world.agency
    for round_ in SurveyRound.objects.within(agency).filter(closed_on=None):
        attend_to_round(agency.pk, round_.pk)
    offering.offer_to_all_seated(agency, on=agency.today())
    stir_voices(agency.pk)
    close_silencings(agency.pk)
    digests()
    catch_up(agency)
    empty_outbox(agency.pk)


def begin(world: World) -> None:
    """The agency, and everybody in it."""
    world.agency, ada = found_agency(
        slug=SLUG,
        name="Twin Rivers",
        timezone="America/New_York",
        administrator="Ada Flores",
        email="ada@twin.example",
        part2=False,
    )
    world.people["Ada"] = ada
    with tenancy.entering(world.agency):
        agree(ada)
        for name, (kind, roles) in PEOPLE.items():
            kind = PROVIDER if name == "Xenia" and not world.secrets.standing else kind
            world.people[name] = enter_member(
                by=ada,
                name=f"{name} Example",
                display_name=name,
                since=world.today - 400 * DAY,
                standings=(kind,),
                roles=roles,
                user=User.objects.create(email=f"{name.lower()}@twin.example"),
            )
        # Send each message as an e-mail, so that messages can be compared.
        for member in world.people.values():
            member.email_level = EmailLevel.EACH
            member.save(update_fields=["email_level"])


def _open_groups(world: World) -> None:
    agency, ada, femi, on = world.agency, world["Ada"], world["Femi"], world.agency.today()
    world.council = groups.open_group(
        agency, kind=GroupKind.COUNCIL, name="Council on welcome", by=ada, on=on
    )
    world.committee = groups.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight committee", by=ada, on=on
    )
    board = groups.open_group(
        agency, kind=GroupKind.GOVERNING_BODY, name="Board of directors", by=ada, on=on
    )
    world.cell = cell_actions.open_cell(name="Welcome cell", focus="Welcome", by=femi, on=on)
    offices = {(world.council.pk, "Nora"): Office.NOTE_TAKER}
    for body in (world.committee, board):
        offices[body.pk, "Cora" if body == world.committee else "Rosa"] = Office.CHAIR
    for group, by, seated in (
        (world.council, ada, CONSUMERS + STAFF),
        (world.cell.group, femi, CONSUMERS + STAFF),
        (world.committee, ada, COMMITTEE),
        (board, ada, BOARD),
    ):
        for name in seated:
            seat(
                group,
                world[name],
                office=offices.get((group.pk, name), Office.NONE),
                since=on,
                by=by,
            )
    seat(
        world.cell.group,
        world["Femi"],
        office=Office.FACILITATOR,
        voting=False,
        since=on,
        by=femi,
    )
    world.open_door = holding.open_dialogue(agency, by=femi, name="Open door", on=on)
    world.small_table = holding.open_dialogue(agency, by=world["Faye"], name="Small table", on=on)
    for dialogue, host, leaders, others in (
        (world.open_door, "Femi", ("Tia", "Priya"), CONSUMERS + STAFF),
        (world.small_table, "Faye", ("Vic", "Ines"), ("Yan", "Xenia")),
    ):
        for name, standing in zip(leaders, (CONSUMER, PROVIDER), strict=True):
            accept(
                holding.name_co_facilitator(
                    dialogue, world[name], standing=standing, by=world[host], agreed=True
                )
            )
        for name in others:
            if name not in leaders:
                seat(dialogue.group, world[name], since=on, by=world[host])


def _ask_about_documents(world: World) -> None:
    for kind in (DocumentKind.MISSION, DocumentKind.PROCESS):
        version = documents.draft(kind, text="What we are there for.", by=world["Femi"])
        documents.propose_for_ratification(version, by=world["Femi"])
        world.versions[kind] = version


def _adopt_documents(world: World) -> None:
    asked = Decision.objects.within(world.agency).filter(subject_type="document_version")
    for decision in asked.order_by("pk"):
        seated, chair = (
            (COMMITTEE, "Cora") if decision.group_id == world.committee.pk else (BOARD, "Rosa")
        )
        for name in seated:
            groups.take_position(decision, member=world[name], choice=Choice.AGREE)
        groups.close_decision(decision, by=world[chair])


def _rate(world: World) -> None:
    """The mission is rated by enough people, the process by one of each side."""
    mission, process = (checklist(kind) for kind in (DocumentKind.MISSION, DocumentKind.PROCESS))
    misses, _finds = world.swapped("ratings", "Tia", "Vic")
    for name in ("Rosa", "Tia", "Vic", "Yan", "Priya", "Hal"):
        _hold(world, name, mission, DocumentKind.MISSION, lacks=-1 if name == misses else None)
    # The process indicator shows everybody whether everything was found (record 185).
    _hold(world, "Rosa", process, DocumentKind.PROCESS)
    _hold(world, "Pete", process, DocumentKind.PROCESS, lacks=-1 if world.secrets.ratings else 0)


def _hold(
    world: World,
    name: str,
    items: Sequence[object],
    kind: DocumentKind,
    *,
    lacks: int | None = None,
) -> None:
    codes = [str(item.code) for item in items]  # type: ignore[attr-defined]
    answers = dict.fromkeys(codes, (True, "What we are there for."))
    if lacks is not None:
        answers[codes[lacks]] = (False, "")
    documents.rate(world.versions[kind], rater=world[name], answers=answers)


def _pay(world: World) -> None:
    ada, on = world["Ada"], establish(world.agency).today()
    rate, cap = Decimal("20.00"), Decimal("50.00")
    plan = planning.draft(
        text="We pay for your time.", hourly_rate=rate, daily_cap=cap, due_days=14, by=ada
    )
    ratified.adopt(plan, on=on, by=ada)
    offering.offer_to_all_seated(world.agency, on=on)
    for name in ("Sam", "Tia", "Ulf", "Wim"):
        declines = name == "Wim" and not world.secrets.pay
        choosing.elect(world[name], choice="decline" if declines else "accept", on=on)
    if world.secrets.standing:
        choosing.elect(world["Xenia"], choice="accept", on=on)


def _held(world: World, group: Group, by: Member, present: Sequence[str]) -> Meeting:
    on = world.agency.today()
    starts = datetime(on.year, on.month, on.day, 10, tzinfo=world.agency.zone)
    meeting = groups.plan_meeting(group, starts_at=starts, by=by)
    groups.record_attendance(meeting, present={world[n]: Decimal(2) for n in present}, by=by)
    return meeting


def _meet(world: World) -> None:
    _held(world, world.council, world["Ada"], CONSUMERS + STAFF)
    _held(world, world.committee, world["Ada"], COMMITTEE)


def _rank(method: RankingMethod) -> Callable[[World], None]:
    """A vote in which one of two people votes as the other does in the other world."""

    def rank(world: World) -> None:
        titles = ("The wait", "The phone", "The door", "The walk")
        ideas = [
            idea_actions.raise_opportunity(
                world.cell,
                by=world["Rosa"],
                kind=OpportunityKind.PROBLEM,
                title=f"{title} ({method.label})",
            )
            for title in titles
        ]
        ranking = ranking_actions.open_round(
            world.cell,
            opportunities=ideas,
            votes_each=2 if method == RankingMethod.MULTIVOTING else None,
            method=method,
            closes_on=world.agency.today() + 14 * DAY,
            by=world["Femi"],
        )
        entries = list(ranking.entries.order_by("pk"))
        one, two = world.swapped("ballots", "Yan", "Vic")
        # Everybody in the first two, which close before their last day; ten in the one under way.
        all_vote = method != RankingMethod.NOMINAL
        for name in CONSUMERS + STAFF if all_vote else CONSUMERS[2:7] + STAFF[:5]:
            first = {one: 0, two: 2}.get(name, 1)
            order = [*entries[first:], *entries[:first]]
            if method == RankingMethod.MATRIX:
                ratings = {each: Marks(5 - place, 1 + place) for place, each in enumerate(order)}
                ranking_actions.cast(ranking, ratings=ratings, by=world[name])
            else:
                choices = order[: ranking.votes_each]
                ranking_actions.cast(ranking, choices=choices, by=world[name])

    return rank


def _close_round(world: World) -> None:
    ranking = PriorityRound.objects.within(world.agency).latest("pk")
    ranking_actions.close_round(ranking, by=world["Femi"])


def _ask_how_it_was(world: World) -> None:
    surveys.open_round(world.agency, by=world["Femi"], closes=world.agency.today() + 21 * DAY)


def _answer_how_it_was(world: World) -> None:
    """Everybody answers, so that the response share is the same whoever is a consumer."""
    low, _high = world.swapped("survey", "Sam", "Ulf")
    invitations = SurveyInvitation.objects.within(world.agency).select_related("member", "round")
    for invitation in invitations.order_by("pk"):
        name = invitation.member.display_name
        surveys.answer(
            world.agency,
            codes.digest(code_for(invitation)),
            side=AnswerSide.CONSUMER if PEOPLE[name][0] == CONSUMER else AnswerSide.OTHER,
            scores={item.code: 2 if name == low else 4 for item in CURRENT.items},
            comment="It is loud." if name == low else "",
        )


def _review(world: World) -> None:
    cora = world["Cora"]
    review = oversight.open_review(since=before(quarter_of(world.agency.today())).since, by=cora)
    oversight.record_finding(
        review,
        indicator="compensation",
        kind=FindingKind.STRENGTH,
        text="People are paid in time.",
        by=cora,
    )
    committee.close_review(review, summary="Much has begun.", by=cora, read_again=True)


def _talk(world: World) -> None:
    present = CONSUMERS[1:] + STAFF
    _held(world, world.open_door.group, world["Femi"], present)


def _answer_after_the_talk(world: World) -> None:
    meeting = Meeting.objects.within(world.agency).get(group=world.open_door.group)
    low = {world.swapped("closing", *pair)[0] for pair in (("Sam", "Ulf"), ("Pete", "Quinn"))}
    for name in ("Sam", "Tia", "Ulf", "Vic", "Wim", "Yan", *STAFF):
        score = 2 if name in low else 4
        closing.answer_questions(meeting, by=world[name], heard=score, understood=score)


def _open_the_page(world: World) -> None:
    world.door = holding.open_door(world.agency, world.open_door, by=world["Femi"]).code


def _speak(world: World) -> None:
    agency, dialogue = world.agency, world.open_door
    speaking.contribute(
        agency, by=world["Wim"], dialogue=dialogue, text="With my name.", named=True
    )
    writer, _other = world.swapped("words", "Tia", "Ulf")
    for text in WORDS:
        speaking.contribute(
            agency, by=world[writer], dialogue=dialogue, text=text, named=False, key=len(text)
        )
    speaking.speak_anonymously(
        agency, receipt=receipts.new(), text="As nobody.", dialogue_id=dialogue.pk
    )


def _ask_quietly(world: World) -> None:
    """Requests, refusals and permissions that concern only a few people."""
    if world.secrets.contact:
        safety.ask_for_contact(by=world["Sam"], chosen=[world["Faye"]])
    offer = groups.offer_seat(
        world.council, world["Zed"], since=world.agency.today(), by=world["Ada"]
    )
    if world.secrets.apart:
        for name in ("Hal", "Jan"):
            pair = (world["Yan"], world[name])
            safety.keep_apart(
                *pair,
                reason=ApartReason.COURT_ORDER,
                since=world.agency.today(),
                known_to=pair,
                by=world["Ada"],
            )
    small_table = world.small_table.group
    groups.offer_seat(small_table, world["Jan"], since=world.agency.today(), by=world["Faye"])
    if world.secrets.offer:
        groups.decline_seat(offer, by=world["Zed"])
    if world.secrets.consents:
        small = world.small_table.group
        groups.be_named(small, by=world["Ines"], audience=Audience.GROUP)
        give_consent(world["Vic"], audience=Audience.GROUP, by=world["Vic"], group_id=small.pk)


def _talk_at_the_small_table(world: World) -> None:
    """Three people, one of each side and Xenia: whether it counts depends on her."""
    _held(world, world.small_table.group, world["Faye"], ("Vic", "Xenia", "Ines"))


# Seven weeks of the program: so many days ago, and what happens then.
DAYS: tuple[tuple[int, tuple[Callable[[World], None], ...]], ...] = (
    (49, (_open_groups,)),
    (48, (_pay, _ask_about_documents)),
    (45, (_meet, _adopt_documents)),
    (42, (_rank(RankingMethod.MULTIVOTING),)),
    (40, (_ask_how_it_was,)),
    (34, (_close_round, _rank(RankingMethod.MATRIX))),
    (30, (_close_round, _answer_how_it_was)),
    (20, (_rate,)),
    (18, (_review,)),
    (12, (_talk,)),
    (11, (_answer_after_the_talk,)),
    (9, (_rank(RankingMethod.NOMINAL),)),
    (3, (_open_the_page, _speak, _ask_quietly)),
    (1, (_talk_at_the_small_table,)),
)
