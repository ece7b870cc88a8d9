"""Who may set words aside, alone or together, for how long; and their author's appeal."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member, StandingKind
from accounts.permissions import Role
from devtools.seating import seat
from dialogues.dialogue.models import Dialogue
from dialogues.policies import APPEAL, SILENCED
from dialogues.silencing import actions as silencing
from dialogues.silencing import reading
from dialogues.silencing.models import Appeal, AppealOutcome, Ended, Silencing
from dialogues.silencing.reasons import ALONE, TOGETHER, SilenceCode
from dialogues.silencing.tasks import close_silencings
from dialogues.voices.actions import contribute
from dialogues.voices.models import Contribution
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.actions import end_seat, open_group
from groups.models import Group, GroupKind, Seat
from notifications.models import Message
from tests.conftest import Enter, Login

Later = Callable[[int], None]


@pytest.fixture
def other(enter: Enter) -> Member:
    """A second facilitator, without a seat."""
    return enter("Alice", StandingKind.PROVIDER, roles=(Role.FACILITATOR,))


@pytest.fixture
def committee(
    agency: Agency, administrator: Member, committee_chair: Member, enter: Enter
) -> Group:
    """Chidi and Lena use services; Paul works with people."""
    group = open_group(
        agency,
        kind=GroupKind.COMMITTEE,
        name="Committee",
        by=administrator,
        on=agency.today() - timedelta(days=90),
    )
    people = [
        committee_chair,
        enter("Lena", StandingKind.PRIMARY_CONSUMER),
        enter("Paul", StandingKind.PROVIDER),
    ]
    for member in people:
        seat(group, member, since=agency.today() - timedelta(days=90), by=administrator)
    return group


def named(agency: Agency, name: str) -> Member:
    member = Member.objects.within(agency).get(display_name=name)
    member.agency = agency
    return member


def is_read(said: Contribution) -> bool:
    rows = Contribution.objects.within(said.agency).filter(pk=said.pk)
    return reading.readable(rows, said.agency.today()).exists()


def again(row: Silencing) -> Silencing:
    return Silencing.objects.within(row.agency).get(pk=row.pk)


def test_nothing_waits_for_approval(said: Contribution) -> None:
    assert is_read(said)


@pytest.mark.parametrize("code", sorted(ALONE))
def test_one_facilitator_sets_spam_aside_or_masks_and_another_undoes_it(
    said: Contribution, facilitator: Member, other: Member, code: str
) -> None:
    row = silencing.set_aside(said, code=code, by=facilitator)
    assert not is_read(said)
    silencing.undo(row, by=other)
    assert is_read(said)
    with pytest.raises(ValidationError):
        silencing.set_aside(said, code=code, by=facilitator)


def test_nobody_undoes_their_own(said: Contribution, facilitator: Member) -> None:
    row = silencing.set_aside(said, code=SilenceCode.SPAM, by=facilitator)
    with pytest.raises(Refused):
        silencing.undo(row, by=facilitator)
    assert not is_read(said)


def test_a_mask_ends_by_itself_also_if_no_job_runs(
    said: Contribution, facilitator: Member, later: Later
) -> None:
    silencing.set_aside(said, code=SilenceCode.IDENTIFIES, by=facilitator)
    later(SILENCED.value - 1)
    assert not is_read(said)
    later(1)
    assert is_read(said)
    with pytest.raises(ValidationError):
        silencing.set_aside(said, code=SilenceCode.IDENTIFIES, by=facilitator)


def test_spam_stays_aside(said: Contribution, facilitator: Member, later: Later) -> None:
    silencing.set_aside(said, code=SilenceCode.SPAM, by=facilitator)
    later(400)
    assert not is_read(said)


@pytest.mark.parametrize("code", sorted(TOGETHER))
@pytest.mark.parametrize(("asks", "agrees"), [("consumer", "provider"), ("provider", "consumer")])
def test_for_the_rest_a_person_of_each_side_agrees(
    code: str, asks: str, agrees: str, request: pytest.FixtureRequest, said: Contribution
) -> None:
    row = silencing.set_aside(said, code=code, by=request.getfixturevalue(asks))
    assert is_read(said)
    silencing.agree(row, by=request.getfixturevalue(agrees))
    assert not is_read(said)


@pytest.mark.parametrize("code", ["criticism", "rude", "", "SPAM", "spam; threat"])
def test_there_is_no_other_reason(said: Contribution, consumer: Member, code: str) -> None:
    with pytest.raises(ValidationError):
        silencing.set_aside(said, code=code, by=consumer)
    assert is_read(said)


# Rosa asks, for the consumers. What each of the others may do then, and what counts.
STATES = ["asked", "agreed", "refused", "lapsed", "withdrawn"]
WHO = ["consumer", "provider", "facilitator", "second_consumer", "manager", "administrator"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", WHO)
def test_only_the_other_side_answers_and_only_while_it_waits(
    state: str,
    who: str,
    request: pytest.FixtureRequest,
    said: Contribution,
    consumer: Member,
    provider: Member,
    later: Later,
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.THREAT, by=consumer)
    match state:
        case "agreed":
            silencing.agree(row, by=provider)
        case "refused":
            silencing.refuse(row, by=provider)
        case "withdrawn":
            silencing.withdraw(row, by=consumer)
        case "lapsed":
            later(SILENCED.value)
    before = is_read(said)
    assert before is (state != "agreed")
    member: Member = request.getfixturevalue(who)
    allowed = state == "asked" and who == "provider"
    for act in (silencing.refuse,) if allowed else (silencing.agree, silencing.refuse):
        if allowed:
            assert act(row, by=member).ended_how == Ended.REFUSED
        else:
            with pytest.raises(Refused):
                act(row, by=member)
    if state != "asked" or who != "consumer":
        with pytest.raises(Refused):
            silencing.withdraw(row, by=member)
    with pytest.raises(Refused):
        silencing.undo(row, by=member)
    assert is_read(said) is before


@pytest.mark.parametrize(
    ("who", "alone", "together"),
    [
        ("consumer", True, True),  # Leads it, for the consumers.
        ("provider", True, True),  # Leads it, for the staff.
        ("facilitator", True, False),  # By role, for neither side.
        ("second_consumer", False, False),
        ("manager", False, False),
        ("administrator", False, False),
        ("committee_chair", False, False),
    ],
)
def test_who_may_begin_it(
    who: str,
    alone: bool,
    together: bool,
    request: pytest.FixtureRequest,
    agency: Agency,
    dialogue: Dialogue,
    second_consumer: Member,
) -> None:
    member: Member = request.getfixturevalue(who)
    for code in SilenceCode:
        said = contribute(agency, by=second_consumer, dialogue=dialogue, text=f"About {code}")
        if alone if code in ALONE else together:
            silencing.set_aside(said, code=code, by=member)
        else:
            with pytest.raises(Refused):
                silencing.set_aside(said, code=code, by=member)


def leave(dialogue: Dialogue, member: Member, by: Member) -> None:
    held = Seat.objects.within(by.agency).get(group=dialogue.group_id, member=member)
    end_seat(held, on=by.agency.today(), by=by)


def test_where_a_side_has_nobody_one_of_that_side_from_the_committee_stands_in(
    agency: Agency,
    dialogue: Dialogue,
    said: Contribution,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    committee: Group,
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.NOT_OURS, by=consumer)
    paul, lena = named(agency, "Paul"), named(agency, "Lena")
    with pytest.raises(Refused):
        silencing.agree(row, by=paul)
    leave(dialogue, provider, facilitator)
    assert reading.for_the_other_side(paul, agency.today()) == [row]
    assert reading.for_the_other_side(lena, agency.today()) == []
    with pytest.raises(Refused):
        silencing.agree(row, by=lena)
    silencing.agree(row, by=paul)
    assert not is_read(said)


def test_words_to_the_whole_program_need_both_sides_as_well(
    agency: Agency,
    program_readers: None,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
) -> None:
    said = contribute(agency, by=second_consumer, text="To everyone")
    row = silencing.set_aside(said, code=SilenceCode.THREAT, by=consumer)
    with pytest.raises(Refused):
        silencing.agree(row, by=consumer)
    silencing.agree(row, by=provider)
    assert not is_read(said)


def test_undecided_it_stands_and_the_sweep_only_writes_that_down(
    agency: Agency, said: Contribution, consumer: Member, later: Later
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.THREAT, by=consumer)
    close_silencings(agency.pk)
    assert not again(row).ended_how
    later(SILENCED.value)
    assert is_read(said)
    for _twice in range(2):
        close_silencings(agency.pk)
        assert (again(row).ended_how, again(row).ended_on) == (Ended.LAPSED, row.until)


def test_the_author_is_told_and_can_appeal_and_two_consumers_of_the_committee_decide(
    agency: Agency,
    said: Contribution,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    committee: Group,
    committee_chair: Member,
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.NOT_OURS, by=consumer)
    silencing.agree(row, by=provider)
    told = Message.objects.within(agency).filter(member=second_consumer)
    assert told.filter(code="words.set_aside").exists()
    appeal = silencing.appeal(again(row), by=second_consumer, text="It is about the program.")
    with pytest.raises(Refused):
        silencing.appeal(again(row), by=second_consumer)
    for name in ("Paul", "Rosa", "Priya", "Sam", "Ada Flores"):
        with pytest.raises(Refused):
            silencing.vote(appeal, by=named(agency, name), back=True)
    assert silencing.vote(appeal, by=committee_chair, back=True).outcome == AppealOutcome.OPEN
    assert silencing.vote(appeal, by=committee_chair, back=True).outcome == AppealOutcome.OPEN
    assert not is_read(said)
    assert silencing.vote(appeal, by=named(agency, "Lena"), back=True).outcome == AppealOutcome.BACK
    assert is_read(said)
    assert told.filter(code="words.back").exists()


def test_an_appeal_can_be_lost(
    agency: Agency,
    said: Contribution,
    facilitator: Member,
    second_consumer: Member,
    committee: Group,
    committee_chair: Member,
    later: Later,
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.SPAM, by=facilitator)
    appeal = silencing.appeal(row, by=second_consumer)
    for member in (committee_chair, named(agency, "Lena")):
        silencing.vote(appeal, by=member, back=False)
    later(APPEAL.value)
    assert not is_read(said)


def test_an_appeal_that_nobody_decides_brings_the_words_back(
    agency: Agency, said: Contribution, facilitator: Member, second_consumer: Member, later: Later
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.SPAM, by=facilitator)
    appeal = silencing.appeal(row, by=second_consumer)
    later(APPEAL.value - 1)
    assert not is_read(said)
    later(1)
    assert is_read(said)
    close_silencings(agency.pk)
    assert Appeal.objects.within(agency).get(pk=appeal.pk).outcome == AppealOutcome.BACK


def test_only_the_author_appeals(said: Contribution, facilitator: Member, other: Member) -> None:
    row = silencing.set_aside(said, code=SilenceCode.SPAM, by=facilitator)
    with pytest.raises(Silencing.DoesNotExist):
        silencing.appeal(row, by=other)


def test_who_had_a_part_in_it_does_not_decide_the_appeal(
    agency: Agency,
    said: Contribution,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    committee: Group,
    administrator: Member,
) -> None:
    seat(committee, consumer, since=agency.today(), by=administrator)
    row = silencing.set_aside(said, code=SilenceCode.THREAT, by=consumer)
    silencing.agree(row, by=provider)
    appeal = silencing.appeal(again(row), by=second_consumer)
    with pytest.raises(Refused):
        silencing.vote(appeal, by=consumer, back=False)


def test_no_event_is_written_of_any_of_it(
    agency: Agency, said: Contribution, consumer: Member, provider: Member, other: Member
) -> None:
    before = set(Event.objects.within(agency).values_list("pk", flat=True))
    row = silencing.set_aside(said, code=SilenceCode.THREAT, by=consumer)
    silencing.agree(row, by=provider)
    spam = silencing.set_aside(said_again(said), code=SilenceCode.SPAM, by=consumer)
    silencing.undo(spam, by=other)
    new = Event.objects.within(agency).exclude(pk__in=before).values_list("name", flat=True)
    assert set(new) <= {"contribution.made", "email.posted"}


def said_again(said: Contribution) -> Contribution:
    assert said.author is not None
    return contribute(said.agency, by=said.author, dialogue=said.dialogue, text="Again")


def test_members_of_the_committee_decide_an_appeal_on_its_page(
    agency: Agency,
    said: Contribution,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    committee: Group,
    committee_chair: Member,
    login: Login,
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.NOT_OURS, by=consumer)
    silencing.agree(row, by=provider)
    appeal = silencing.appeal(again(row), by=second_consumer, text="It is about the program.")
    home, list_of_all = at(agency, "home_of"), at(agency, "dialogues:appeals")
    page = at(agency, "dialogues:decide_appeal", key=appeal.pk)
    chair = login(committee_chair)
    assert list_of_all in chair.get(home).content.decode()
    assert page in chair.get(list_of_all).content.decode()
    read = chair.get(page).content.decode()
    for part in (said.text, str(SilenceCode.NOT_OURS.label), "It is about the program."):
        assert part in read
    assert not re.search(rf"{second_consumer.display_name}|{consumer.display_name}", read)
    assert chair.post(page, {"submission": str(uuid4())}).status_code == 422
    answer = chair.post(page, {"submission": str(uuid4()), "back": "no"})
    assert answer["Location"] == list_of_all
    # They can change it until others have decided, but it no longer waits for them.
    assert list_of_all not in chair.get(home).content.decode()
    assert re.search(r'value="no"[^>]*checked', chair.get(page).content.decode())
    chair.post(page, {"submission": str(uuid4()), "back": "yes"})
    assert not is_read(said)
    login(named(agency, "Lena")).post(page, {"submission": str(uuid4()), "back": "yes"})
    assert is_read(said)
    # Neither staff nor anybody involved finds it.
    for member in (named(agency, "Paul"), consumer, second_consumer):
        assert login(member).get(page).status_code == 404


def test_whoever_asked_takes_it_back_on_the_page_and_nobody_else(
    agency: Agency,
    dialogue: Dialogue,
    said: Contribution,
    consumer: Member,
    provider: Member,
    login: Login,
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.THREAT, by=consumer)
    words = at(agency, "dialogues:set_aside_in", pk=dialogue.pk)
    back = at(agency, "dialogues:withdraw_asked", key=row.pk)
    assert back not in login(provider).get(words).content.decode()
    assert login(provider).post(back, {"submission": str(uuid4())}).status_code == 404
    client = login(consumer)
    assert back in client.get(words).content.decode()
    assert client.post(back, {"submission": str(uuid4())})["Location"] == words
    assert again(row).ended_how == Ended.WITHDRAWN
    assert back not in client.get(words).content.decode()
    assert client.post(back, {"submission": str(uuid4())}).status_code == 403
