"""A person who opens all that they may open can't infer another person's secret."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, field
from functools import cache

import pytest

from accounts.models import Member, StandingKind
from cells.ranking import secrecy
from cells.ranking.models import Ballot, PriorityRound
from compensation.offers.models import Election
from dialogues.voices.models import Contribution
from documents.checklists import checklist
from documents.models import DocumentKind, Rating
from foundation import tenancy
from groups.models import LeadingConsent, OfferState, SeatOffer
from safety.models import Call, NoContact
from tests.browser.crawl import route_of
from tests.security.adversary import Leak, Seen, leaks, taken_back
from tests.security.planting import CHANNELS
from tests.security.secrecy import BASE, SECRETS, other
from tests.security.visiting import NOBODY, PERSONAS, Visit, building, look_as
from tests.security.worlds import SLUG, WORDS, World

# In one process, which builds what several worlds have in common once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("adversary")]


@dataclass(frozen=True)
class Fault:
    """A fault that reveals a secret: to whom, on which page (or address), and how."""

    about: str
    person: str
    where: str
    plant: Callable[[pytest.MonkeyPatch], None]


def _may_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Member, "may", lambda member, permission: True)


def _compares(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("indicators.rules.comparing_days", lambda discreet, reader: None)


def _yan_ranks_first(ranking: PriorityRound, reader: Member) -> bool:
    yan = Member.objects.within(reader.agency).get(display_name="Yan")
    ballot = Ballot.objects.within(reader.agency).get(
        round=ranking, code=secrecy.code(ranking, yan)
    )
    first: int = ballot.choices[ballot.points.index(max(ballot.points))]
    return first == ranking.entries.earliest("pk").pk


def _looks_into_the_box(patch: pytest.MonkeyPatch) -> None:
    """Whether *he* ranks the first idea first is leaked as whether the reader voted."""
    patch.setattr(secrecy, "has_voted", _yan_ranks_first)


def _names(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Contribution, "named", property(lambda words: True, lambda words, value: None))


HOME = f"/a/{SLUG}"
FAULTS = {
    "days of a discreet indicator are compared": Fault(
        "standing", "Rosa", f"{HOME}/indicators/membership/", _compares
    ),
    "which session counts is said": Fault(
        "standing", "Rosa", f"{HOME}/indicators/dialogues/", _compares
    ),
    "lines of payment are shown to all": Fault("pay", "Rosa", f"{HOME}/compensation/", _may_all),
    "a vote tells how somebody voted": Fault("ballots", "Rosa", "cells:round", _looks_into_the_box),
    "unnamed words are shown with a name": Fault("words", "Femi", "dialogues:unheard", _names),
}


@dataclass
class Visited:
    """What each person saw in a world, what is true in it, and what planted faults leaked."""

    seen: dict[str, Seen]
    truths: dict[str, bool]
    faults: dict[str, Seen] = field(default_factory=dict)
    channels: dict[tuple[str, bool], Seen] = field(default_factory=dict)


Knows = frozenset[str] | None


@pytest.fixture
def worlds(request: pytest.FixtureRequest, db: None) -> dict[Knows, Visited]:
    """The worlds in which all but something is swapped (None: nothing is), explored once."""
    here = (item for item in request.session.items if item.path == request.path)
    found = _explored(frozenset(name for item in here for name in _looked_at(item)))
    if isinstance(found, Exception):
        raise found
    return found


def _looked_at(item: pytest.Item) -> set[str]:
    """Whom the test looks at."""
    assert isinstance(item, pytest.Function)
    name = str(item.callspec.params["name"]) if hasattr(item, "callspec") else ""
    if name in FAULTS:
        return {FAULTS[name].person}
    return {"Rosa", CHANNELS[name].person} if name in CHANNELS else {name} & {*PERSONAS}


@cache
def _explored(people: frozenset[str]) -> dict[Knows, Visited] | Exception:
    """Errors are cached as well, so that no test tries again."""
    swapped = {other(*PERSONAS[name].knows): PERSONAS[name].knows for name in people}
    found: dict[Knows, Visited] = {}
    try:
        with building() as built:
            # In the order in which they ask for secrets, each world is close to the one before.
            for secrets in [BASE, *sorted(swapped, key=astuple, reverse=True)]:
                knows = swapped.get(secrets)
                names = [name for name in PERSONAS if name in people]
                if knows is not None:
                    names = [name for name in names if PERSONAS[name].knows == knows]
                with built.visit(secrets) as visit:
                    found[knows] = _visit(visit, names, all_channels=knows is None)
    except Exception as error:
        return error
    return found


def _visit(visit: Visit, names: list[str], *, all_channels: bool) -> Visited:
    with tenancy.entering(visit.world.agency):
        truths = {secret: TRUTHS[secret](visit.world) for secret in SECRETS}
    found = Visited(look_as(visit, names), truths)
    for name, fault in FAULTS.items():
        if fault.person in names:
            found.faults[name] = _of_fault(visit, fault, found.seen[fault.person])
    for name, channel in CHANNELS.items():
        if all_channels and {"Rosa", channel.person} <= {*names}:
            for bit in (True, False):
                found.channels[name, bit] = channel.tells(visit, bit)
    return found


def _of_fault(visit: Visit, fault: Fault, seen: Seen) -> Seen:
    with taken_back(), pytest.MonkeyPatch.context() as patch:
        adversary = visit.enter(fault.person)
        fault.plant(patch)
        found = (url for url in seen if route_of(url) == f"{fault.where}?")
        return adversary.open(next(found, fault.where))


def _ranks_first(world: World) -> bool:
    ranking = PriorityRound.objects.within(world.agency).latest("pk")
    return _yan_ranks_first(ranking, world["Yan"])


def _missed(world: World) -> bool:
    """Whether Pete missed the last item in the process, and Vic nothing in the mission."""
    ratings = Rating.objects.within(world.agency)
    pete, vic = (ratings.filter(rater=world[name]).latest("pk") for name in ("Pete", "Vic"))
    codes = [item.code for item in checklist(DocumentKind.PROCESS)]
    missed = set(pete.items.filter(present=False).values_list("code", flat=True))
    return missed == {codes[-1]} and not vic.items.filter(present=False).exists()


# Each secret as stored in the rows; true in one world, false where it is swapped.
TRUTHS: dict[str, Callable[[World], bool]] = {
    "standing": lambda world: world["Xenia"].standings.get().kind == StandingKind.PRIMARY_CONSUMER,
    "pay": lambda world: (
        Election.objects.within(world.agency).get(member=world["Wim"]).choice == "accept"
    ),
    "ballots": _ranks_first,
    # No row says whose answers these are: only somebody who recorded them then could tell.
    "survey": lambda world: world.secrets.survey,
    "closing": lambda world: world.secrets.closing,
    "ratings": _missed,
    "words": lambda world: (
        {words.author for words in Contribution.objects.within(world.agency).filter(text__in=WORDS)}
        == {world["Tia"]}
    ),
    "contact": lambda world: Call.objects.within(world.agency).open().exists(),
    "offer": lambda world: (
        SeatOffer.objects.within(world.agency).get(member=world["Zed"]).state == OfferState.DECLINED
    ),
    "apart": lambda world: NoContact.objects.within(world.agency).exists(),
    "consents": lambda world: LeadingConsent.objects.within(world.agency).exists(),
}


@pytest.mark.promise("standing")
@pytest.mark.parametrize("name", PERSONAS)
def test_nobody_can_tell_what_somebody_keeps_to_themselves(
    worlds: dict[Knows, Visited], name: str
) -> None:
    one = worlds[None].seen[name]
    two = worlds[PERSONAS[name].knows].seen[name]
    assert len(one) > (60 if name == NOBODY else 100)
    assert not leaks(one, two), as_text(name, leaks(one, two))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(worlds: dict[Knows, Visited], name: str) -> None:
    one = worlds[None].faults[name]
    two = worlds[PERSONAS[FAULTS[name].person].knows].faults[name]
    assert [answer.partition("\n")[0] for answer in [*one.values(), *two.values()]] == ["200"] * 2
    assert len(leaks(one, two)) == 1


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("name", CHANNELS)
def test_whatever_tells_a_secret_is_found(
    worlds: dict[Knows, Visited], name: str, secret: str
) -> None:
    """A fault that leaks the truth of each world is found where the program looks anyway."""
    base = worlds[None]
    bits = [base.truths[secret], worlds[PERSONAS["Rosa"].knows].truths[secret]]
    assert bits == [True, False]
    one, two = (base.channels[name, bit] for bit in bits)
    found = leaks(one, two)
    assert found
    looked_at = {_place(what) for what in base.seen[CHANNELS[name].person]}
    assert {_place(each.what) for each in found} & looked_at


def _place(what: str) -> str:
    """What was opened or sent, without the keys of its subject."""
    sent, _space, rest = what.rpartition("POST ")
    kind, address = f"{sent}{_space}", rest.split(" ")
    if address[0] == "letter":
        return "letter"
    return " ".join([kind, route_of(address[0]), *address[1:]])


def test_each_persona_knows_only_what_their_office_tells() -> None:
    for persona in PERSONAS.values():
        assert persona.knows <= set(SECRETS)
        assert bool(persona.knows) == bool(persona.why)
    assert set(TRUTHS) == set(SECRETS)


def as_text(person: str, found: list[Leak]) -> str:
    return "\n".join(f"{person}: {each.page}: {each.what}\n{each.how}" for each in found)
