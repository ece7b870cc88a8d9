"""Nothing is written beside an anonymous act: no time, no person, no row pointing at it.

Each act is done on its page, by somebody signed in if the page is for members, and all tables are
compared before and after, as the owner of the database sees them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import enter_member
from accounts.models import Member, StandingKind, User
from cells.cell import actions as cell_actions
from cells.ideas import actions as idea_actions
from cells.ideas.models import OpportunityKind
from cells.ranking import actions as ranking_actions
from concerns import eligible
from concerns.actions import readers as becoming
from concerns.actions import writing as concerns
from concerns.forms import sealed
from concerns.locking import new_receipt, receipt_keys
from concerns.models import KeyHolder
from devtools import seating
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.silencing import actions as silencing
from dialogues.silencing.reasons import SilenceCode
from dialogues.voices import actions as speaking
from dialogues.voices import receipts
from dialogues.voices.models import Voice
from foundation import anonymity, events, flood, tenancy
from foundation.addresses import at
from foundation.anonymity import AnonymousModel, LeavesTraceError, unnamed
from foundation.keys import code_of
from foundation.models import Agency, Event, Submission
from groups import actions as group_actions
from groups.models import GroupKind, Meeting
from indicators.models import StaleMark
from notifications.actions import tell
from safety.actions import enter_contact
from safety.models import ContactKind
from satisfaction import actions as survey_actions
from satisfaction.doors import code_for
from satisfaction.instrument import CURRENT
from tests.conftest import Login
from tests.owner import look, now_in_transactions, tables_written_since
from tests.security.trails import Trail, Why, state, trails

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class World:
    """A program with everything in it that can be done anonymously."""

    agency: Agency
    dialogue: Dialogue
    session: Meeting
    consumer: Member
    facilitator: Member
    login: Login
    # What identifies a person anywhere: session keys.
    words: set[str] = field(default_factory=set)

    def signed_in(self, member: Member) -> Client:
        """Signed in so long ago that any page would now record activity in the session."""
        client = self.login(member)
        session = client.session
        long_ago = (timezone.now() - timedelta(minutes=5)).timestamp()
        session["session_started"] = session["session_seen"] = long_ago
        session.save()
        self.words |= {str(session.session_key), str(member.user and member.user.email)}
        return client


@pytest.fixture
def world(
    agency: Agency,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    login: Login,
) -> World:
    flood.forget()
    start = agency.today() - timedelta(days=60)
    dialogue = holding.open_dialogue(agency, by=facilitator, name="Open door", on=start)
    for member, standing in ((consumer, "primary_consumer"), (provider, "provider")):
        offer = holding.name_co_facilitator(
            dialogue,
            member,
            standing=standing,
            by=facilitator,
            since=start,
            agreed=True,
            late_reason="It stood on paper.",
        )
        seating.accept(offer)
    yesterday = agency.today() - timedelta(days=1)
    session = group_actions.plan_meeting(
        dialogue.group,
        starts_at=datetime.combine(yesterday, time(10), tzinfo=agency.zone),
        by=facilitator,
    )
    here = {member: Decimal(1) for member in (consumer, second_consumer, provider)}
    group_actions.record_attendance(session, present=here, by=facilitator)
    return World(agency, dialogue, session, consumer, facilitator, login)


# Each act: its preparation, and then the one submission under test.
Send = Callable[[], object]


def a_voice_on_the_open_page(world: World) -> Send:
    door = world.dialogue.doors.get(closed_on=None)
    client, url = Client(), reverse("dialogues_open:voice", args=[door.code])
    words = {"prompt": "other", "text": "As nobody", "seal": receipts.sealed(receipts.new())}
    return lambda: client.post(url, words)


def a_voice_while_signed_in(world: World) -> Send:
    door = world.dialogue.doors.get(closed_on=None)
    client = world.signed_in(world.consumer)
    url = reverse("dialogues_open:voice", args=[door.code])
    words = {"prompt": "other", "text": "As nobody", "seal": receipts.sealed(receipts.new())}
    return lambda: client.post(url, words)


def words_without_a_name(world: World) -> Send:
    client = world.signed_in(world.consumer)
    url = at(world.agency, "dialogues:say_in", pk=world.dialogue.pk)
    words = {"prompt": "other", "text": "Quiet", "named": "unnamed", "submission": uuid4()}
    return lambda: client.post(url, words)


def words_from_paper_without_a_name(world: World) -> Send:
    client = world.signed_in(world.facilitator)
    url = at(world.agency, "dialogues:enter_for_someone")
    words = {
        "prompt": "other",
        "text": "On paper",
        "dialogue": code_of(world.dialogue),
        "author": code_of(world.consumer),
        "consented": "on",
        "submission": uuid4(),
    }
    return lambda: client.post(url, words)


def the_questions_after_a_session(world: World) -> Send:
    client = world.signed_in(world.consumer)
    url = at(world.agency, "dialogues:closing_questions", pk=world.session.pk)
    return lambda: client.post(url, {"heard": "4", "understood": "2"})


def a_ballot(world: World) -> Send:
    cell = cell_actions.open_cell(
        name="Welcome", focus="Welcome", by=world.facilitator, on=world.agency.today()
    )
    people = Member.objects.within(world.agency).filter(
        display_name__in=["Rosa", "Sam", "Priya", "Femi"]
    )
    for member in people:
        seating.seat(cell.group, member, since=world.agency.today(), by=world.facilitator)
    ideas = [
        idea_actions.raise_opportunity(
            cell, title=title, kind=OpportunityKind.PROBLEM, by=world.facilitator
        )
        for title in ("Wait less", "Call back")
    ]
    ranking = ranking_actions.open_round(
        cell,
        opportunities=ideas,
        votes_each=1,
        closes_on=world.agency.today() + timedelta(days=7),
        by=world.facilitator,
    )
    client, url = world.signed_in(world.consumer), at(world.agency, "cells:round", pk=ranking.pk)
    entry = ranking.entries.order_by("pk")[0]
    return lambda: client.post(url, {"choices": [code_of(entry)], "submission": uuid4()})


def an_answer_to_the_survey(world: World) -> Send:
    closes = world.agency.today() + timedelta(days=14)
    round_ = survey_actions.open_round(world.agency, by=world.facilitator, closes=closes)
    code = code_for(round_.invitations.select_related("round").get(member=world.consumer))
    client, url = world.signed_in(world.consumer), reverse("satisfaction_open:whole", args=[code])
    data = {f"item_{item.code}": 4 for item in CURRENT.items} | {"comment": "Fine"}
    data |= {"side": "consumer"}
    return lambda: client.post(url, data)


def an_appeal_by_the_receipt(world: World) -> Send:
    code = receipts.new()
    speaking.speak_anonymously(
        world.agency, receipt=code, text="As nobody", dialogue_id=world.dialogue.pk
    )
    voice = Voice.objects.within(world.agency).get()
    silencing.set_aside(voice, code=SilenceCode.SPAM, by=world.facilitator)
    client, url = world.signed_in(world.consumer), reverse("dialogues_open:appeal")
    return lambda: client.post(url, {"seal": receipts.sealed(code), "text": "Why?"})


def an_appeal_for_words_without_a_name(world: World) -> Send:
    said = speaking.contribute(
        world.agency, by=world.consumer, dialogue=world.dialogue, text="Quiet", named=False
    )
    silencing.set_aside(said, code=SilenceCode.SPAM, by=world.facilitator)
    client = world.signed_in(world.consumer)
    url = at(world.agency, "dialogues:appeal", pk=said.pk)
    return lambda: client.post(url, {"text": "Why?"})


def an_answer_with_the_code_of_a_sheet(world: World) -> Send:
    closes = world.agency.today() + timedelta(days=14)
    round_ = survey_actions.open_round(world.agency, by=world.facilitator, closes=closes)
    (code,) = survey_actions.print_sheets(round_, sheets=1, by=world.facilitator)
    # Typed in by whoever runs the survey.
    client = world.signed_in(world.facilitator)
    data = {f"item_{item.code}": 4 for item in CURRENT.items} | {"comment": "Fine"}
    data |= {"side": "consumer"}
    return lambda: client.post(reverse("satisfaction_open:whole", args=[code]), data)


def _concern_readers(world: World) -> list[KeyHolder]:
    """Two readers of concerns, and somebody outside."""
    agency = world.agency
    administrator = Member.objects.within(agency).get(shown_name="Ada Flores")
    enter_contact(by=administrator, kind=ContactKind.OMBUDS, name="Ombuds", phone="555-0142")
    start = agency.today() - timedelta(days=60)
    group = group_actions.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Committee", by=administrator, on=start
    )
    two = [
        enter_member(
            by=administrator,
            name=f"{name} Example",
            display_name=name,
            since=start,
            standings=(StandingKind.PRIMARY_CONSUMER,),
            user=User.objects.create(email=f"{name.lower()}@riverside.example"),
        )
        for name in ("Dana", "Luis")
    ]
    for member in two:
        standing = StandingKind.PRIMARY_CONSUMER
        seating.seat(group, member, standing=standing, since=start, by=administrator)
    for member, by in (two, reversed(two)):
        holder = becoming.ask_to_read(member, trained_on=start, by=by)
        becoming.begin_reading(holder, by=member)
    return list(eligible.readers(agency, agency.today()))


def _sent_concern(world: World) -> str:
    readers, code = _concern_readers(world), new_receipt()
    concerns.write(world.agency, keys=receipt_keys(code), text="As nobody", to=readers)
    return code


def a_concern(world: World) -> Send:
    seal = sealed(new_receipt(), _concern_readers(world))
    client, url = world.signed_in(world.consumer), at(world.agency, "concerns:write")
    return lambda: client.post(url, {"seal": seal, "text": "As nobody"})


def _by_the_code_of_a_concern(world: World, **data: str) -> Send:
    code = _sent_concern(world)
    client, url = world.signed_in(world.consumer), reverse("concerns_open:answer")
    return lambda: client.post(url, {"code": code, **data})


def more_about_a_concern(world: World) -> Send:
    return _by_the_code_of_a_concern(world, act="add", text="And this.")


def a_concern_that_may_go_on(world: World) -> Send:
    return _by_the_code_of_a_concern(world, act="agree")


def a_concern_made_a_complaint(world: World) -> Send:
    return _by_the_code_of_a_concern(world, act="complain")


SAID = "dialogues_contribution"
# All that a concern is, rewritten together so that none shows when it came.
CONCERN = {"concerns_concern", "concerns_concernseal", "concerns_concernmessage"}
# Written when a survey closes, from what was sealed before.
OPENED_BY_A_JOB = {"satisfaction_answer", "satisfaction_comment"}
ACTS: dict[Callable[[World], Send], set[str]] = {
    a_voice_on_the_open_page: {"dialogues_voice"},
    a_voice_while_signed_in: {"dialogues_voice"},
    words_without_a_name: {SAID},
    words_from_paper_without_a_name: {SAID},
    an_appeal_by_the_receipt: {"dialogues_appeal"},
    an_appeal_for_words_without_a_name: {"dialogues_appeal"},
    the_questions_after_a_session: {"dialogues_sessionturn", "dialogues_sessionanswer"},
    a_ballot: {"cells_ballot"},
    an_answer_to_the_survey: {"satisfaction_surveycode", "satisfaction_sealedanswer"},
    an_answer_with_the_code_of_a_sheet: {"satisfaction_surveycode", "satisfaction_sealedanswer"},
    a_concern: CONCERN,
    more_about_a_concern: CONCERN,
    a_concern_that_may_go_on: CONCERN,
    a_concern_made_a_complaint: CONCERN,
}


def locked(table: str) -> Trail:
    return Trail(table, Why.LOCKED)


# What an act leaves by design, and why it is safe. Except for authors and turns, whatever is locked
# is locked by whoever acts: it names who opened a round or set words aside, not who answers.
SAFE: dict[Callable[[World], Send], set[Trail]] = {
    # Their author is stored with them, to be told what came of them (record 54).
    words_without_a_name: {Trail(SAID, Why.NAMES, "author_id"), locked("accounts_member")},
    words_from_paper_without_a_name: {
        Trail(SAID, Why.NAMES, "author_id"),
        Trail(SAID, Why.NAMES, "entered_by_id"),
        locked("accounts_member"),
    },
    an_appeal_by_the_receipt: {locked("dialogues_silencing")},
    an_appeal_for_words_without_a_name: {locked("dialogues_silencing")},
    # That somebody answered, in a transaction of its own; never which answer (record 51).
    the_questions_after_a_session: {
        Trail("dialogues_sessionturn", Why.NAMES, "member_id"),
        Trail("dialogues_sessionturn_id_seq", Why.COUNTED),
        locked("accounts_member"),
        # The session, while its answers are reshuffled: nobody's row.
        locked("groups_meeting"),
    },
    an_answer_to_the_survey: {locked("satisfaction_surveyround")},
    an_answer_with_the_code_of_a_sheet: {locked("satisfaction_surveyround")},
    a_ballot: {locked("cells_priorityround")},
    # A reader's row, for whoever it is sealed to.
    a_concern: {locked("concerns_keyholder")},
}


def times_written_since(moment: int) -> set[str]:
    """Each column finer than a day with a value in a row of a later transaction."""
    written = tables_written_since(moment)
    columns = look(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type ~ '^time'"
    )
    return {
        f"{table}.{column}"
        for table, column in columns
        if table in written
        and look(
            f'SELECT FROM "{table}" WHERE xmin::text::bigint >= {moment}'
            f' AND "{column}" IS NOT NULL LIMIT 1'
        )
    }


@pytest.mark.promise("unnamed")
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_nothing_is_written_beside_an_act_without_a_name(
    act: Callable[[World], Send], world: World
) -> None:
    send = act(world)
    with tenancy.entering(None):
        moment = now_in_transactions()
        before = state()
        answer = send()
        after = state()
    assert getattr(answer, "status_code", None) in {200, 302}
    assert tables_written_since(moment) == ACTS[act]
    assert times_written_since(moment) == set()
    assert trails(before, after, act=ACTS[act], words=world.words) == SAFE.get(act, set())


def test_each_table_of_nobody_and_each_unnamed_act_is_tried() -> None:
    tables = {model._meta.db_table for model in apps.get_models() if _anonymous(model)}
    assert tables - OPENED_BY_A_JOB <= set().union(*ACTS.values())
    tried = {
        "concerns.actions.writing.add",
        "concerns.actions.writing.let_go_on",
        "concerns.actions.writing.make_complaint",
        "concerns.actions.writing.write",
        "cells.ranking.actions.ballots.cast",
        "dialogues.sessions.actions.take_turn",
        "dialogues.sessions.actions.write_down",
        "dialogues.voices.actions._write_unnamed",
        "dialogues.voices.actions.speak_anonymously",
        "dialogues.silencing.actions.appeal",
        "dialogues.silencing.actions.appeal_unnamed",
        "satisfaction.actions.answers.spend",
        "satisfaction.actions.answers.write_down",
    }
    of_the_product = {name for name in anonymity.ACTS if not name.startswith("tests.")}
    assert of_the_product == tried


def _anonymous(model: type) -> bool:
    return issubclass(model, AnonymousModel)


@unnamed
def _planted(what: Callable[[], object]) -> None:
    what()


def test_an_event_a_message_or_a_key_beside_an_unnamed_act_is_an_error(
    world: World, agency: Agency, consumer: Member
) -> None:
    marks, recorded = StaleMark.objects.within(agency).count(), Event.objects.within(agency).count()
    for trace in (
        lambda: speaking.contribute(agency, by=consumer, dialogue=world.dialogue, text="Aloud"),
        lambda: tell(consumer, "theme.disposed", subject=world.dialogue),
    ):
        with pytest.raises(LeavesTraceError):
            _planted(trace)
    with pytest.raises(LeavesTraceError), anonymity.keyed():
        _planted(lambda: None)
    assert StaleMark.objects.within(agency).count() == marks
    assert Event.objects.within(agency).count() == recorded
    assert not Submission.objects.within(agency).exists()


def test_what_was_to_be_counted_is_counted_before_the_act(agency: Agency, world: World) -> None:
    StaleMark.objects.within(agency).create()
    now_in_transactions()
    assert not StaleMark.objects.within(agency).exists()


def test_a_planted_trace_is_found(world: World) -> None:
    send = words_without_a_name(world)
    moment = now_in_transactions()
    send()
    events_of_it = tables_written_since(moment)
    assert "foundation_event" not in events_of_it
    _record_beside(world)
    assert tables_written_since(moment) != ACTS[words_without_a_name]
    assert "foundation_event.at" in times_written_since(moment)


def _record_beside(world: World) -> None:
    with transaction.atomic():
        events.record("contribution.made", world.dialogue, by=None)
