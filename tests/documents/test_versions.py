from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Member, StandingKind
from documents import actions
from documents.checklists import CHECKLISTS
from documents.force import in_force
from documents.models import DocumentKind, Form, Ratification, Rating, RatingItem, Version
from foundation.models import Agency, Event
from foundation.months import months_later
from foundation.refusals import Refused
from groups import actions as group_actions
from groups.models import Decision, DecisionStatus, Group
from tests.documents.conftest import Adopt, Put, Rate, decide


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("administrator", True),
        ("facilitator", True),
        ("committee_chair", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
    ],
)
def test_who_may_write_change_and_propose_drafts(
    who: str,
    allowed: bool,
    committee: Group,
    board: Group,
    administrator: Member,
    request: pytest.FixtureRequest,
) -> None:
    by = request.getfixturevalue(who)
    if allowed:
        version = actions.draft(DocumentKind.MISSION, text="Hope.", by=by)
        actions.edit(version, text="Trust.", form=Form.NARRATIVE, text_equivalent="", by=by)
        assert len(actions.propose_for_ratification(version, by=by)) == 2
        return
    with pytest.raises(Refused):
        actions.draft(DocumentKind.MISSION, text="Hope.", by=by)
    version = actions.draft(DocumentKind.MISSION, text="Hope.", by=administrator)
    with pytest.raises(Refused):
        actions.edit(version, text="Trust.", form=Form.NARRATIVE, text_equivalent="", by=by)
    with pytest.raises(Refused):
        actions.propose_for_ratification(version, by=by)


def test_there_is_one_draft_of_a_document_at_a_time(agency: Agency, administrator: Member) -> None:
    actions.draft(DocumentKind.MISSION, text="Hope.", by=administrator)
    with pytest.raises(ValidationError, match="a draft already"):
        actions.draft(DocumentKind.MISSION, text="Trust.", by=administrator)
    assert actions.draft(DocumentKind.CHARTER, text="We meet.", by=administrator).number == 1


def test_a_draft_that_somebody_else_changed_is_not_overwritten(
    agency: Agency, administrator: Member, facilitator: Member
) -> None:
    version = actions.draft(DocumentKind.MISSION, text="Hope.", by=administrator)
    given = {"form": Form.NARRATIVE, "text_equivalent": ""}
    actions.edit(version, text="Trust.", by=facilitator, seen=1, **given)
    with pytest.raises(ValidationError, match="Somebody changed this"):
        actions.edit(version, text="Work.", by=administrator, seen=1, **given)


def test_a_chart_has_the_same_in_sentences(agency: Agency, administrator: Member) -> None:
    with pytest.raises(ValidationError, match="in sentences"):
        actions.draft(DocumentKind.PROCESS, text="Ask", form=Form.CHART, by=administrator)
    version = actions.draft(
        DocumentKind.PROCESS,
        text="Ask\n\n Choose ",
        form=Form.CHART,
        text_equivalent="First we ask, then we choose.",
        by=administrator,
    )
    assert version.lines == ["Ask", "Choose"]
    with pytest.raises(IntegrityError, match="text_equivalent"), transaction.atomic():
        Version.objects.within(agency).filter(pk=version.pk).update(text_equivalent="")


def test_without_both_bodies_nothing_can_be_put_to_a_decision(
    committee: Group, administrator: Member
) -> None:
    version = actions.draft(DocumentKind.MISSION, text="Hope.", by=administrator)
    with pytest.raises(Refused, match="a governing body"):
        actions.propose_for_ratification(version, by=administrator)


def test_what_was_proposed_never_changes_its_words(put: Put, administrator: Member) -> None:
    version = put()
    with pytest.raises(Refused, match="can’t be changed"):
        actions.edit(
            version, text="Else.", form=Form.NARRATIVE, text_equivalent="", by=administrator
        )
    decision = Decision.objects.within(version.agency).first()
    assert decision is not None
    with pytest.raises(Refused):
        group_actions.amend(decision, title="Else", text="Else.", by=administrator)


def test_a_version_is_in_force_on_the_day_on_which_the_second_body_adopts_it(
    put: Put, committee: Group, board: Group, today: date
) -> None:
    version = put()
    decide(version, committee)
    version.refresh_from_db()
    assert version.in_force_on is None
    decide(version, board)
    version.refresh_from_db()
    assert version.in_force_on == today
    assert in_force([version.agency_id], "mission", today) == {version.agency_id: version}
    assert in_force([version.agency_id], "charter", today) == {}
    names = Event.objects.within(version.agency).filter(name__startswith="document.")
    assert list(names.order_by("pk").values_list("name", flat=True)) == [
        "document.drafted",
        "document.proposed",
        "document.ratified",
        "document.ratified",
        "document.in_force",
    ]


def test_a_body_that_did_not_adopt_it_can_be_asked_again_and_the_other_is_not_asked_twice(
    put: Put, committee: Group, board: Group, administrator: Member
) -> None:
    version = put()
    with pytest.raises(Refused, match="have been asked already"):
        actions.propose_for_ratification(version, by=administrator)
    decide(version, committee)
    decide(version, board, adopted=False)
    version.refresh_from_db()
    assert version.in_force_on is None
    again = actions.propose_for_ratification(version, by=administrator)
    assert [decision.group for decision in again] == [board]
    decide(version, board)
    version.refresh_from_db()
    assert version.in_force_on is not None


def test_a_decision_of_another_group_or_on_something_else_ratifies_nothing(
    put: Put, committee: Group, committee_chair: Member, consumer: Member
) -> None:
    put()
    decision = group_actions.propose(committee, title="Tea", text="Tea.", by=consumer)
    for member in (committee_chair, consumer):
        group_actions.take_position(decision, member=member, choice="agree")
    group_actions.close_decision(decision, by=committee_chair, waiver="The others agreed.")
    assert not Ratification.objects.within(committee.agency).exists()


def test_an_older_version_is_not_asked_about_once_a_newer_one_is_in_force(
    put: Put, adopt: Adopt, today: date
) -> None:
    older = put()
    asked = Decision.objects.within(older.agency).filter(
        subject_type=older.subject_code, subject_id=older.pk
    )
    assert {each.status for each in asked} == {DecisionStatus.OPEN}
    newer = adopt(put(text="We trust in people."))
    assert in_force([newer.agency_id], "mission", today)[newer.agency_id] == newer
    assert {each.status for each in asked.all()} == {DecisionStatus.WITHDRAWN}


def test_what_was_agreed_of_an_older_version_is_not_looked_at_again(
    put: Put, adopt: Adopt, today: date, agency: Agency
) -> None:
    adopt(put())
    about = Decision.objects.within(agency).filter(subject_type=Version.subject_code)
    agreed = about.filter(status=DecisionStatus.ADOPTED)
    assert agreed.update(review_on=today + timedelta(days=90))
    second = adopt(put(text="We trust in people."))
    assert in_force([agency.pk], "mission", today) == {agency.pk: second}
    assert not about.waited_for().exists()


def test_what_was_in_force_on_a_past_day_stays_so(
    put: Put, adopt: Adopt, today: date, agency: Agency
) -> None:
    first = adopt(put())
    start = today.replace(year=today.year - 1, month=1, day=15)
    versions = Version.objects.within(agency)
    versions.filter(pk=first.pk).update(drafted_on=start, proposed_on=start, in_force_on=start)
    second = adopt(put(text="Second."))
    assert in_force([agency.pk], "mission", start) == {agency.pk: first}
    assert in_force([agency.pk], "mission", today) == {agency.pk: second}
    assert in_force([agency.pk], "mission", start.replace(day=14)) == {}


def test_only_fixed_words_are_rated_and_the_charter_has_no_checklist(
    put: Put, administrator: Member, consumer: Member, rate: Rate
) -> None:
    draft = actions.draft(DocumentKind.MISSION, text="Hope.", by=administrator)
    with pytest.raises(Refused, match="still a draft"):
        rate(draft, consumer)
    with pytest.raises(Refused, match="no checklist"):
        rate(put(DocumentKind.CHARTER), consumer)


@pytest.mark.parametrize("kind", [DocumentKind.MISSION, DocumentKind.PROCESS])
def test_every_item_of_the_checklist_is_answered_with_the_words_that_show_it(
    kind: DocumentKind, put: Put, consumer: Member
) -> None:
    version, items = put(kind), CHECKLISTS[kind]
    with pytest.raises(ValidationError) as none:
        actions.rate(version, rater=consumer, answers={})
    assert set(none.value.error_dict) == {f"{item.code}_present" for item in items}
    with pytest.raises(ValidationError) as wordless:
        actions.rate(version, rater=consumer, answers={item.code: (True, "  ") for item in items})
    assert set(wordless.value.error_dict) == {f"{item.code}_words" for item in items}
    assert not Rating.objects.within(version.agency).exists()
    absent = {item.code: (False, "") for item in items}
    rating = actions.rate(version, rater=consumer, answers=absent)
    assert rating.items.count() == len(items)


def test_a_rater_rates_as_what_they_are(
    put: Put, consumer: Member, enter: Callable[..., Member], rate: Rate
) -> None:
    version = put()
    assert rate(version, consumer).standing == StandingKind.PRIMARY_CONSUMER
    with pytest.raises(ValidationError, match="as what you take part"):
        rate(version, consumer, standing=StandingKind.PROVIDER)
    both = enter("Bo", StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER)
    assert rate(version, both).standing == StandingKind.PROVIDER
    chosen = rate(version, both, standing=StandingKind.PRIMARY_CONSUMER)
    assert chosen.standing == StandingKind.PRIMARY_CONSUMER
    with pytest.raises(ValidationError, match="Ask an administrator"):
        rate(version, enter("Nobody"))


def test_a_facilitator_writes_down_what_somebody_without_an_account_found(
    put: Put, consumer: Member, provider: Member, facilitator: Member, rate: Rate
) -> None:
    version = put()
    rating = rate(version, consumer, by=facilitator)
    assert (rating.rater, rating.entered_by) == (consumer, facilitator)
    with pytest.raises(Refused):
        rate(version, consumer, by=provider)


def test_ratings_and_ratifications_are_never_changed(
    put: Put, adopt: Adopt, consumer: Member, rate: Rate
) -> None:
    version = adopt(put())
    rate(version, consumer)
    for model in (Rating, RatingItem, Ratification):
        rows = model.objects.within(version.agency)
        assert rows.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(agency=version.agency)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
