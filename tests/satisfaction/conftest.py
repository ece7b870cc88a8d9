"""A program in which seven consumers and a provider have taken part, and its survey."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import Member, StandingKind
from devtools.seating import seat
from devtools.states import state
from foundation import flood
from foundation.models import Agency
from groups.actions import open_group
from groups.models import Group, GroupKind
from satisfaction import actions, codes, envelopes, round_keys
from satisfaction.doors import code_for
from satisfaction.envelopes import AnsweredSurvey
from satisfaction.instrument import CURRENT
from satisfaction.models import AnswerSide, SealedAnswer, SurveyInvitation, SurveyRound

Answering = Callable[..., None]
Finishing = Callable[[SurveyRound], SurveyRound]


@pytest.fixture(autouse=True)
def no_flood() -> Iterator[None]:
    flood.forget()
    yield
    flood.forget()


@pytest.fixture
def today(agency: Agency) -> date:
    return agency.today()


@pytest.fixture
def later(time_machine: TimeMachineFixture) -> Callable[[int], None]:
    """Let this many days go by."""

    def later(days: int) -> None:
        time_machine.move_to(timezone.now() + timedelta(days=days))

    return later


@state
def council(agency: Agency, administrator: Member, today: date) -> Group:
    return open_group(
        agency,
        kind=GroupKind.COUNCIL,
        name="Council on welcome",
        by=administrator,
        on=today - timedelta(days=300),
    )


@state
def consumers(
    council: Group, administrator: Member, enter: Callable[..., Member], today: date
) -> list[Member]:
    members = [
        enter(name, StandingKind.PRIMARY_CONSUMER)
        for name in ("Ana", "Ben", "Cleo", "Dev", "Eva", "Finn", "Gus")
    ]
    for member in members:
        seat(council, member, since=today - timedelta(days=200), by=administrator)
    return members


@state
def few(
    council: Group, administrator: Member, enter: Callable[..., Member], today: date
) -> list[Member]:
    members = [enter(name, StandingKind.PRIMARY_CONSUMER) for name in ("Hal", "Ida", "Jo")]
    for member in members:
        seat(council, member, since=today - timedelta(days=200), by=administrator)
    return members


@state
def staff(council: Group, administrator: Member, provider: Member, today: date) -> Member:
    seat(council, provider, since=today - timedelta(days=200), by=administrator)
    return provider


@state
def round_(
    agency: Agency, consumers: list[Member], facilitator: Member, today: date
) -> SurveyRound:
    return open_now(agency, facilitator)


def open_now(agency: Agency, by: Member, *, days: int = 14) -> SurveyRound:
    return actions.open_round(agency, by=by, closes=agency.today() + timedelta(days=days))


@pytest.fixture
def finish(later: Callable[[int], None]) -> Finishing:
    """Let a round's closing day come, and close it as the job does."""

    def finish(round_: SurveyRound) -> SurveyRound:
        later((round_.closes - round_.agency.today()).days)
        return actions.close_round(round_)

    return finish


def scores(score: int = 4, **others: int) -> dict[str, int]:
    """The same score for each statement, except for those named."""
    return {item.code: others.get(item.code, score) for item in CURRENT.items}


def invitation_of(round_: SurveyRound, member: Member) -> SurveyInvitation:
    return round_.invitations.select_related("round").get(member=member)


def code_of(round_: SurveyRound, member: Member) -> str:
    return code_for(invitation_of(round_, member))


def digest_of(round_: SurveyRound, member: Member) -> str:
    return codes.digest(code_of(round_, member))


def opened(round_: SurveyRound) -> list[AnsweredSurvey | None]:
    """What only the holder of the round's key reads in its envelopes."""
    keys = round_keys.of(round_)
    rows = SealedAnswer.objects.within(round_.agency).filter(round=round_)
    return [
        envelopes.unseal(round_, keys, each) for each in rows.values_list("envelope", flat=True)
    ]


@pytest.fixture
def answer() -> Answering:
    """Answer as a member: `answer(round_, consumer, score=4, paid=0, comment="…")`."""

    def answer(
        round_: SurveyRound,
        member: Member,
        score: int = 4,
        comment: str = "",
        side: str = AnswerSide.CONSUMER,
        **others: int,
    ) -> None:
        actions.answer(
            round_.agency,
            digest_of(round_, member),
            side=side,
            scores=scores(score, **others),
            comment=comment,
        )

    return answer


@pytest.fixture
def on_paper(facilitator: Member) -> Callable[..., None]:
    """Type in this many identical sheets: `on_paper(round_, 4, score=1)`."""

    def on_paper(
        round_: SurveyRound,
        sheets: int,
        score: int = 4,
        comment: str = "",
        side: str = AnswerSide.CONSUMER,
    ) -> None:
        for code in actions.print_sheets(round_, sheets=sheets, by=facilitator):
            actions.answer(
                round_.agency,
                codes.digest(code),
                side=side,
                scores=scores(score),
                comment=comment,
            )

    return on_paper
