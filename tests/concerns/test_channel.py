"""What writers and readers do: sealed to who reads, read by two, taken further with consent."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import Member, RoleGrant, StandingKind
from accounts.permissions import Role
from concerns import eligible
from concerns.actions import readers as becoming
from concerns.actions import together, writing
from concerns.envelopes import key_by_receipt
from concerns.locking import new_receipt, receipt_keys
from concerns.models import (
    Concern,
    ConcernMessage,
    ConcernSeal,
    HolderKind,
    KeyHolder,
    MessageKind,
    TakenOn,
    TakenTo,
)
from concerns.policies import ANSWER
from concerns.reactions import _forget_key
from concerns.rules import OpenKey
from devtools import seating
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups import actions as groups
from groups.models import Group, GroupKind, Office
from notifications.models import Message
from notifications.waiting import waiting
from tests.concerns.conftest import SAID, CodedReader, Send, SentConcern
from tests.conftest import Enter

pytestmark = pytest.mark.django_db
Readers = tuple[CodedReader, CodedReader, CodedReader]


TO_READ = "Read concerns, together with another reader"


def titles(member: Member) -> list[str]:
    return [each.title for each in waiting(member, member.agency.today())]


def texts(reader: CodedReader, sent: SentConcern, key: OpenKey) -> list[str]:
    found = together.opened(reader.seal(sent.concern), key=key, by=reader.member)
    return [each.text for each in found]


def by_receipt(sent: SentConcern, *kinds: str) -> list[str]:
    """What the writer's code opens."""
    sent.concern.refresh_from_db()
    key = key_by_receipt(sent.keys.key, sent.concern.receipt_key)
    wanted = kinds or (MessageKind.WRITER, MessageKind.REPLY)
    return [each.text for each in together.messages_with(sent.concern, key, wanted)]


def both(one: CodedReader, other: CodedReader, sent: SentConcern) -> tuple[OpenKey, OpenKey]:
    return one.comes(sent.concern), other.comes(sent.concern)


@pytest.mark.promise("concerns")
def test_a_concern_is_read_once_two_readers_are_there_and_the_writer_sees_who(
    readers: Readers, send: Send
) -> None:
    chidi, dana, luis = readers
    sent = send()
    key = chidi.comes(sent.concern)
    with pytest.raises(Refused):
        texts(chidi, sent, key)
    assert chidi.seal(sent.concern).read_on is None
    dana.comes(sent.concern)
    assert texts(chidi, sent, key) == [SAID]
    today = chidi.member.agency.today()
    seals = ConcernSeal.objects.within(chidi.member.agency).filter(read_on=today)
    assert {each.holder.member for each in seals} == {chidi.member, dana.member}
    assert luis.seal(sent.concern).read_on is None


def test_who_left_leaves_the_other_alone(readers: Readers, send: Send) -> None:
    chidi, dana, _luis = readers
    sent = send()
    key, _other = both(chidi, dana, sent)
    becoming.stop_reading(dana.holder, by=dana.member)
    with pytest.raises(Refused):
        texts(chidi, sent, key)


def test_somebody_who_was_named_holds_no_key_and_can_get_none(readers: Readers, send: Send) -> None:
    chidi, dana, luis = readers
    sent = send(not_readers=[luis.holder])
    seals = ConcernSeal.objects.within(chidi.member.agency).filter(concern=sent.concern)
    assert {each.holder.member for each in seals} == {chidi.member, dana.member}
    key, _other = both(chidi, dana, sent)
    seal = chidi.seal(sent.concern)
    assert together.lacking(seal, key=key, by=chidi.member) == []
    with pytest.raises(Refused):
        together.pass_on(seal, to=luis.holder, key=key, by=chidi.member)


def test_who_was_named_stays_named_when_they_are_asked_again(readers: Readers, send: Send) -> None:
    chidi, dana, luis = readers
    sent = send(not_readers=[luis.holder])
    becoming.stop_reading(luis.holder, by=luis.member)
    day = chidi.member.agency.today()
    again = becoming.ask_to_read(luis.member, trained_on=day, by=chidi.member)
    becoming.begin_reading(again, by=luis.member)
    key, _other = both(chidi, dana, sent)
    with pytest.raises(Refused):
        together.pass_on(chidi.seal(sent.concern), to=luis.holder, key=key, by=chidi.member)


def test_with_fewer_than_two_readers_left_nothing_is_sent(readers: Readers, send: Send) -> None:
    chidi, dana, luis = readers
    with pytest.raises(Refused):
        send(not_readers=[dana.holder, luis.holder])
    assert not Concern.objects.within(chidi.member.agency).exists()


def test_a_reader_whom_the_form_did_not_show_gets_no_key(readers: Readers, send: Send) -> None:
    chidi, dana, luis = readers
    keys = receipt_keys(new_receipt())
    agency = chidi.member.agency
    writing.write(agency, keys=keys, text=SAID, to=[chidi.holder, dana.holder])
    seals = ConcernSeal.objects.within(agency)
    assert not seals.filter(holder=luis.holder).exists()
    assert seals.count() == 2


def test_a_concern_that_is_sent_twice_is_there_once(readers: Readers, send: Send) -> None:
    sent = send()
    shown = [each.holder for each in readers]
    writing.write(readers[0].member.agency, keys=sent.keys, text=SAID, to=shown)
    assert Concern.objects.within(readers[0].member.agency).count() == 1


def test_only_consumers_of_the_committee_who_manage_nobody_can_be_asked(
    readers: Readers,
    nia: Member,
    consumer: Member,
    provider: Member,
    administrator: Member,
    manager: Member,
    committee_group: Group,
    enter: Enter,
) -> None:
    chidi = readers[0].member
    day = chidi.agency.today()
    boss = enter("Bea", StandingKind.PRIMARY_CONSUMER, roles=(Role.ADMINISTRATOR,))
    peer = enter("Pete", StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER)
    for each in (boss, peer):
        seating.seat(
            committee_group,
            each,
            standing=StandingKind.PRIMARY_CONSUMER,
            since=day,
            by=administrator,
        )
    for member in (consumer, provider, administrator, manager, boss, peer, chidi):
        with pytest.raises(Refused):
            becoming.ask_to_read(member, trained_on=day, by=chidi)
    for by in (consumer, provider, administrator, manager, boss, peer):
        with pytest.raises(Refused):
            becoming.ask_to_read(nia, trained_on=day, by=by)
    with pytest.raises(ValidationError):
        becoming.ask_to_read(nia, trained_on=day + timedelta(days=1), by=chidi)
    becoming.ask_to_read(nia, trained_on=day, by=chidi)
    assert "Say whether you want to read concerns" in titles(nia)


def test_who_comes_to_manage_reads_nothing_more(readers: Readers, send: Send) -> None:
    chidi, dana, _luis = readers
    sent = send()
    key, _other = both(chidi, dana, sent)
    member = chidi.member
    RoleGrant.objects.within(member.agency).create(
        member=member, role=Role.MANAGEMENT, since=member.agency.today()
    )
    with pytest.raises(Refused):
        texts(chidi, sent, key)
    with pytest.raises(Refused):
        becoming.open_private_key(chidi.holder, chidi.code, by=member)


def test_a_wrong_code_opens_nothing_and_tries_are_counted(readers: Readers) -> None:
    chidi, dana, _luis = readers
    for _try in range(5):
        with pytest.raises(ValidationError):
            becoming.open_private_key(chidi.holder, dana.code, by=chidi.member)
    with pytest.raises(Refused):
        becoming.open_private_key(chidi.holder, chidi.code, by=chidi.member)
    with pytest.raises(Refused):
        becoming.open_private_key(dana.holder, dana.code, by=chidi.member)


def test_replies_reach_the_writer_and_notes_only_the_readers(readers: Readers, send: Send) -> None:
    chidi, dana, _luis = readers
    sent = send()
    key, other = both(chidi, dana, sent)
    seal = chidi.seal(sent.concern)
    together.reply(seal, text="We believe you.", key=key, by=chidi.member)
    together.note(dana.seal(sent.concern), text="Ask about the van.", key=other, by=dana.member)
    writing.add(chidi.member.agency, keys=sent.keys, text="It was on Monday.")
    assert by_receipt(sent) == [SAID, "We believe you.", "It was on Monday."]
    assert texts(chidi, sent, key) == [
        SAID,
        "We believe you.",
        "Ask about the van.",
        "It was on Monday.",
    ]


def test_it_is_taken_further_only_with_consent_and_answered_in_time(
    readers: Readers, send: Send, agency: Agency, enter: Enter, administrator: Member
) -> None:
    chidi, dana, _luis = readers
    board = groups.open_group(
        agency,
        kind=GroupKind.GOVERNING_BODY,
        name="Board",
        by=administrator,
        on=agency.today() - timedelta(days=90),
    )
    chair = enter("Cora", StandingKind.OTHER)
    since = agency.today() - timedelta(days=80)
    seating.seat(board, chair, office=Office.CHAIR, since=since, by=administrator)
    sent = send()
    key, _other = both(chidi, dana, sent)
    seal = chidi.seal(sent.concern)
    with pytest.raises(Refused):
        together.take_on(seal, to=TakenTo.CHAIR, key=key, by=chidi.member)
    writing.let_go_on(agency, keys=sent.keys, agreed=True)
    taken = together.take_on(seal, to=TakenTo.CHAIR, key=key, by=chidi.member)
    assert taken.chair == chair
    assert (taken.answer_by - taken.on).days == ANSWER.value(agency, agency.today()) == 10
    assert [each.due for each in waiting(chair, agency.today())] == [taken.answer_by]
    with pytest.raises(Refused):
        writing.let_go_on(agency, keys=sent.keys, agreed=False)
    together.hear_back(seal, text="The hours are back.", key=key, by=chidi.member)
    assert waiting(chair, agency.today()) == []
    assert by_receipt(sent)[-1] == "The hours are back."
    with pytest.raises(Refused):
        together.hear_back(seal, text="Again.", key=key, by=chidi.member)


def test_a_formal_complaint_is_asked_for_by_the_writer_and_handed_in_once(
    readers: Readers, send: Send, agency: Agency
) -> None:
    chidi, dana, _luis = readers
    sent = send()
    key, _other = both(chidi, dana, sent)
    seal = chidi.seal(sent.concern)
    with pytest.raises(Refused):
        together.hand_in(seal, key=key, by=chidi.member)
    writing.make_complaint(agency, keys=sent.keys)
    assert TO_READ in titles(dana.member)
    concern = together.hand_in(seal, key=key, by=chidi.member)
    assert concern.complaint_on == agency.today()
    assert TO_READ not in titles(dana.member)
    with pytest.raises(Refused):
        together.hand_in(seal, key=key, by=chidi.member)


def test_a_closed_concern_takes_no_more_words(readers: Readers, send: Send, agency: Agency) -> None:
    chidi, dana, _luis = readers
    sent = send()
    key, _other = both(chidi, dana, sent)
    seal = chidi.seal(sent.concern)
    together.close(seal, key=key, by=chidi.member)
    with pytest.raises(Refused):
        together.reply(seal, text="One more.", key=key, by=chidi.member)
    with pytest.raises(Refused):
        writing.add(agency, keys=sent.keys, text="One more.")
    assert texts(chidi, sent, key) == [SAID]


def test_a_new_code_opens_earlier_concerns_only_once_they_were_passed_on(
    readers: Readers, send: Send
) -> None:
    chidi, dana, luis = readers
    sent = send()
    luis.code = becoming.renew_code(luis.holder, by=luis.member)
    with pytest.raises(Refused):
        texts(luis, sent, luis.key())
    key, _other = both(chidi, dana, sent)
    seal = chidi.seal(sent.concern)
    assert together.lacking(seal, key=key, by=chidi.member) == [luis.holder]
    together.pass_on(seal, to=luis.holder, key=key, by=chidi.member)
    told = Message.objects.within(chidi.member.agency).filter(code="concern_reader.passed_on")
    assert {each.member for each in told} == {dana.member, luis.member}
    assert texts(luis, sent, luis.comes(sent.concern)) == [SAID]
    assert luis.seal(sent.concern).passed_on_by == chidi.member


def test_a_reader_who_came_later_reads_what_was_passed_on(
    readers: Readers, nia: Member, send: Send
) -> None:
    chidi, dana, _luis = readers
    sent = send()
    day = nia.agency.today()
    holder = becoming.ask_to_read(nia, trained_on=day, by=chidi.member)
    late = CodedReader(nia, becoming.begin_reading(holder, by=nia))
    with pytest.raises(ConcernSeal.DoesNotExist):
        late.seal(sent.concern)
    key, _other = both(chidi, dana, sent)
    together.pass_on(chidi.seal(sent.concern), to=late.holder, key=key, by=chidi.member)
    assert texts(late, sent, late.comes(sent.concern)) == [SAID]


def test_the_sheet_opens_what_all_codes_lost_but_not_for_who_was_named(
    readers: Readers, send: Send
) -> None:
    chidi, _dana, luis = readers
    code = becoming.make_sheet(by=chidi.member)
    sent, named = send(), send("About Luis.", not_readers=[luis.holder])
    for each in readers:
        each.code = becoming.renew_code(each.holder, by=each.member)
    with pytest.raises(ValidationError):
        becoming.use_sheet("0" * 16, by=chidi.member)
    assert becoming.use_sheet(code, by=chidi.member) == 5
    key, _other = both(chidi, luis, sent)
    assert texts(chidi, sent, key) == [SAID]
    with pytest.raises(ConcernSeal.DoesNotExist):
        luis.seal(named.concern)
    told = Message.objects.within(chidi.member.agency).filter(code="concern_sheet.used")
    assert told.count() == 3


def _unsealed(agency: Agency) -> None:
    Concern.objects.within(agency).create(
        week=writing.monday(agency.today()), receipt="0" * 64, receipt_key=bytes(60)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_what_the_rules_refuse(
    readers: Readers, send: Send, agency: Agency
) -> None:
    chidi, _dana, luis = readers
    sent = send()
    with pytest.raises(IntegrityError, match="two readers"), transaction.atomic():
        _unsealed(agency)
    with pytest.raises(IntegrityError, match="agreed"), transaction.atomic():
        TakenOn.objects.within(agency).create(
            concern=sent.concern,
            to=TakenTo.RIGHTS,
            by=chidi.member,
            on=agency.today(),
            answer_by=agency.today() + timedelta(days=10),
        )
    with pytest.raises(IntegrityError, match="rewritten"), transaction.atomic():
        ConcernMessage.objects.within(agency).update(kind=MessageKind.NOTE)
    becoming.stop_reading(luis.holder, by=luis.member)
    ended = KeyHolder.objects.within(agency).get(member=luis.member)
    with pytest.raises(IntegrityError, match="reads now"), transaction.atomic():
        ConcernSeal.objects.within(agency).filter(holder=ended).update(envelope=bytes(1172))
    with pytest.raises(IntegrityError, match="week_only"), transaction.atomic():
        Concern.objects.within(agency).update(week=writing.monday(agency.today()) + timedelta(1))
    with pytest.raises(IntegrityError, match="asked_by_another"), transaction.atomic():
        KeyHolder.objects.within(agency).create(
            kind=HolderKind.READER,
            member=chidi.member,
            by=chidi.member,
            trained_on=agency.today(),
            asked_on=agency.today(),
            ended_on=agency.today(),
            ended_by=chidi.member,
        )


def test_the_key_of_a_reader_goes_with_the_reader(
    readers: Readers, administrator: Member, send: Send
) -> None:
    luis = readers[2]
    sent = send()
    _forget_key(Event(agency=luis.member.agency, subject_id=luis.member.pk, actor=administrator))
    ended = KeyHolder.objects.within(luis.member.agency).get(member=luis.member)
    assert (ended.public_key, ended.locked_key) == ("", None)
    seals = ConcernSeal.objects.within(luis.member.agency).filter(concern=sent.concern)
    assert seals.get(holder=ended).envelope is None


def test_management_is_no_chair_to_take_it_to(
    agency: Agency, enter: Enter, administrator: Member
) -> None:
    board = groups.open_group(
        agency,
        kind=GroupKind.GOVERNING_BODY,
        name="Board",
        by=administrator,
        on=agency.today() - timedelta(days=90),
    )
    boss = enter("Bea", StandingKind.MANAGER, roles=(Role.MANAGEMENT,))
    seating.seat(
        board,
        boss,
        office=Office.CHAIR,
        since=agency.today() - timedelta(days=80),
        by=administrator,
    )
    assert eligible.chair_of_board(agency, agency.today()) is None
