"""Erasing reaches what a person wrote, in history and append-only tables, and nothing else."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actions import erase
from accounts.forgetting import Known
from accounts.models import Member
from foundation import tenancy
from foundation.models import Agency
from foundation.personal_data import NAME_REMOVED
from groups import actions
from groups.models import Group, GroupKind
from privacy.erasing import actions as erasing
from privacy.erasing.models import Erasure, Mention, MentionState
from privacy.erasing.words_of import found_in, pattern_of
from tests.owner import look, owner


@pytest.fixture
def council(agency: Agency, administrator: Member) -> Group:
    return actions.open_group(
        agency,
        kind=GroupKind.COUNCIL,
        name="Council",
        purpose="Ask Rosa Example how people are welcomed.",
        by=administrator,
        on=agency.today(),
    )


def called(function: str, *arguments: Any) -> int:
    marks = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({marks})", arguments)
        (answer,) = cursor.fetchone() or (0,)
    return int(answer)


def refused(function: str, *arguments: Any) -> bool:
    try:
        with transaction.atomic():
            called(function, *arguments)
    except DatabaseError:
        return True
    return False


def mentions(member: Member) -> dict[tuple[str, str], Mention]:
    rows = Mention.objects.within(member.agency).filter(erasure__member=member)
    return {(each.place, each.field): each for each in rows}


def test_a_name_in_others_texts_waits_for_somebody_and_goes_with_its_history(
    administrator: Member, consumer: Member, council: Group
) -> None:
    erase(consumer, by=administrator)
    mention = mentions(consumer)["groups_group", "purpose"]
    assert mention.found == ["Rosa Example"]
    erasing.remove_name(mention, by=administrator)
    council.refresh_from_db()
    assert council.purpose == f"Ask {NAME_REMOVED} how people are welcomed."
    assert set(council.history.values_list("purpose", flat=True)) == {council.purpose}
    mention.refresh_from_db()
    assert (mention.state, mention.found) == (MentionState.REMOVED, [])
    assert Erasure.objects.within(consumer.agency).get().done_on is not None


def test_a_text_about_somebody_else_stays_as_it_is(
    administrator: Member, consumer: Member, council: Group
) -> None:
    erase(consumer, by=administrator)
    erasing.leave(mentions(consumer)["groups_group", "purpose"], by=administrator)
    council.refresh_from_db()
    assert "Rosa Example" in council.purpose
    assert Mention.objects.within(consumer.agency).get().found == []


def test_the_function_is_only_for_one_who_was_erased_in_the_agency_entered(
    administrator: Member, consumer: Member, second_consumer: Member, outsider: Member
) -> None:
    assert refused("erase_words", consumer.pk)
    erase(consumer, by=administrator)
    assert not refused("erase_words", consumer.pk)
    assert refused("erase_words", second_consumer.pk)
    with tenancy.entering(outsider.agency):
        assert refused("erase_words", consumer.pk)
    with tenancy.entering(None):
        assert refused("erase_words", consumer.pk)


@pytest.fixture
def erased(administrator: Member, consumer: Member) -> Erasure:
    erase(consumer, by=administrator)
    return Erasure.objects.within(consumer.agency).get()


def planted(erasure: Erasure, by: Member, **other: Any) -> Mention:
    values = {"place": "groups_group", "field": "purpose", "row": "1", "found": ["Council"]}
    decided = {"state": "removed", "decided_by": by, "decided_on": erasure.on}
    mention = Mention.objects.within(erasure.agency).create(erasure=erasure, **values)
    # As somebody would who goes past the actions.
    Mention.objects.within(erasure.agency).filter(pk=mention.pk).update(**{**decided, **other})
    return mention


def test_no_mention_reaches_another_column_another_table_or_one_not_decided(
    administrator: Member, erased: Erasure, council: Group
) -> None:
    row = str(council.pk)
    for place, field in (
        ("groups_group", "kind"),
        ("accounts_member", "name"),
        ("foundation_event", "name"),
        ("groups_historicalgroup", "purpose"),
        ("compensation_entry", "account"),
    ):
        assert refused("remove_name", planted(erased, administrator, place=place, field=field).pk)
    waiting = planted(
        erased, administrator, row=row, state="open", decided_by=None, decided_on=None
    )
    assert refused("remove_name", waiting.pk)


def test_no_mention_reaches_another_agency(
    administrator: Member, erased: Erasure, council: Group, outsider: Member
) -> None:
    with tenancy.entering(outsider.agency):
        theirs = actions.open_group(
            outsider.agency,
            kind=GroupKind.COUNCIL,
            name="Council of others",
            by=outsider,
            on=outsider.agency.today(),
        )
    foreign = planted(erased, administrator, field="name", row=str(theirs.pk))
    assert called("remove_name", foreign.pk) == 0
    with tenancy.entering(outsider.agency):
        assert refused("remove_name", foreign.pk)
        theirs.refresh_from_db()
    assert theirs.name == "Council of others"


def test_letters_within_a_word_and_single_letters_are_left(
    administrator: Member, erased: Erasure, council: Group
) -> None:
    council.purpose = "Counc of the Council on a"
    council.save()
    one = planted(erased, administrator, row=str(council.pk), found=["Counc", "on a", "a", "%"])
    called("remove_name", one.pk)
    council.refresh_from_db()
    assert council.purpose == f"{NAME_REMOVED} of the Council {NAME_REMOVED}"


def test_the_serving_login_writes_no_place_into_the_list(
    administrator: Member,
) -> None:
    for statement in (
        "INSERT INTO privacy_reach VALUES ('a', 'b', 'c', NULL, NULL, NULL, false)",
        "UPDATE privacy_reach SET author = 'kept.id'",
        "DELETE FROM privacy_reach",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_setting_alone_does_not_pass_the_triggers(
    administrator: Member, consumer: Member, council: Group
) -> None:
    actions.close_group(council, on=council.agency.today(), why="Done", by=administrator)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('cqi.erasing', 'on', true)")
        with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
            cursor.execute("UPDATE groups_closure SET why = 'another'")


def test_a_name_is_found_wherever_a_line_breaks() -> None:
    pattern = pattern_of(Known(frozenset({"Rosa Example"}), frozenset({"555 0199 22"})))
    assert found_in("Rosa\nExample, 555-019-922", pattern) == ["Rosa\nExample", "555-019-922"]
    assert found_in('{"a": "so:\\nRosa\\nExample"}', pattern) == ["Rosa\\nExample"]
    assert found_in("Rosanna is an Examples", pattern) == []


@pytest.mark.django_db
def test_every_trigger_that_keeps_rows_lets_erasing_through() -> None:
    """A new one needs a migration with `Opened`."""
    closed = """
        SELECT c.relname, t.tgname FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        JOIN privacy_reach r ON c.relname = r.place
        WHERE NOT t.tgisinternal AND t.tgconstraint = 0 AND t.tgtype & 16 = 16
            AND t.tgtype & 1 = 1 AND pg_get_triggerdef(t.oid) NOT LIKE '%cqi.erasing%'
    """
    assert look(closed) == []
    with owner() as raw, raw.transaction(force_rollback=True):
        raw.execute(
            "CREATE TRIGGER planted BEFORE UPDATE ON groups_lateend"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        assert raw.execute(closed.encode()).fetchall() == [("groups_lateend", "planted")]
