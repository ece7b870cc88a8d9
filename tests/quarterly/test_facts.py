"""What an Account tells: what everybody may know, and few payments only as few."""

from datetime import timedelta

import pytest
from django.db.models import Count, Sum

from accounts.models import Member
from compensation.payments.models import Payment
from dialogues.dialogue import actions as holding
from dialogues.themes import actions as hearing
from dialogues.themes.models import Theme
from dialogues.told_back import actions as answering
from dialogues.told_back.models import DispositionKind
from dialogues.voices import actions as speaking
from foundation import flood, tenancy
from foundation.minimum import MINIMUM
from foundation.models import Agency
from foundation.quarters import Quarter, quarter_of
from foundation.templatetags.components import dollars
from quarterly.facts import AccountLine, facts
from quarterly.presenting import _paid as paid_words

DAY = timedelta(days=1)


def themed(agency: Agency, name: str, by: Member, member: Member, *, hidden: bool) -> Theme:
    dialogue = holding.open_dialogue(
        agency, by=by, name=name, on=agency.today() - 90 * DAY, hidden=hidden
    )
    flood.forget()
    said = speaking.contribute(agency, by=by, dialogue=dialogue, text="The door is locked.")
    return hearing.harvest(dialogue, by=by, title=f"Theme of {name}", words=[said])


@pytest.mark.promise("account")
def test_nothing_of_a_hidden_group_is_told(
    agency: Agency, facilitator: Member, consumer: Member
) -> None:
    themes = [
        themed(agency, "Open door", facilitator, consumer, hidden=False),
        themed(agency, "Behind the door", facilitator, consumer, hidden=True),
    ]
    for theme in themes:
        answering.dispose(
            theme, kind=DispositionKind.PARKED, reason="No money this year.", by=facilitator
        )
    told = facts(agency, quarter_of(agency.today()))
    assert told.said == (AccountLine("Theme of Open door"),)
    assert told.refused == (AccountLine("Theme of Open door", "No money this year."),)


def test_payments_are_those_of_the_quarter_and_few_are_told_as_few(demo: Agency) -> None:
    with tenancy.entering(None), tenancy.entering(demo):
        quarter = quarter_of(demo.today() - 100 * DAY)
        rows = Payment.objects.within(demo).filter(reversed_on=None)
        of_quarter = rows.filter(paid_on__range=(quarter.since, quarter.last))
        told = facts(demo, quarter).paid
        people = of_quarter.values("member").distinct().count()
        assert people >= MINIMUM.value
        sum_ = of_quarter.aggregate(sum=Sum("amount"))["sum"]
        assert (told.people, told.sum) == (str(people), dollars(sum_))
        by_day = rows.order_by().values_list("paid_on").annotate(n=Count("member", distinct=True))
        few = next(day for day, number in by_day if number < MINIMUM.value)
        one_day = facts(demo, Quarter(few, few + DAY)).paid
        assert one_day.people == "fewer than 5"
        assert (one_day.sum, one_day.days) == ("", "")
        never = facts(demo, quarter_of(demo.today() - 3000 * DAY)).paid
        assert never.people == ""
        words = [paid_words(each) for each in (told, one_day, never)]
        assert len({*words}) == 3
        assert "$" not in words[1]


def test_the_demo_has_something_of_each_kind_to_tell(demo: Agency) -> None:
    with tenancy.entering(None), tenancy.entering(demo):
        whole = facts(demo, Quarter(demo.today() - 540 * DAY, demo.today()))
        for name in ("said", "begun", "done", "refused", "asked"):
            assert getattr(whole, name), name
        assert whole.dialogues
        assert whole.meetings
