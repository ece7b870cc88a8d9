import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.models import Member
from foundation import tenancy
from foundation.models import Agency, Submission


def test_outside_of_any_agency_no_row_is_seen(agency: Agency, consumer: Member) -> None:
    assert Member.objects.within(agency).count() == 2
    with tenancy.entering(None):
        assert Member.objects.within(agency).count() == 0


def test_a_planted_unfiltered_query_sees_nothing_of_another_agency(
    agency: Agency, consumer: Member, other_agency: Agency
) -> None:
    with tenancy.entering(other_agency), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_member")
        assert cursor.fetchone() == (1,)


def test_across_reads_all_agencies_and_writes_nothing(
    agency: Agency, consumer: Member, other_agency: Agency
) -> None:
    with tenancy.entering(None), tenancy.across():
        rows = Member.objects.across([agency.pk, other_agency.pk])
        assert rows.count() == 3
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.update(name="x")


def test_a_row_can_not_be_written_into_another_agency(agency: Agency, other_agency: Agency) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Submission.objects.within(other_agency).create()


def test_a_row_can_not_point_at_a_row_of_another_agency(
    agency: Agency, consumer: Member, outsider: Member
) -> None:
    def point_outside() -> None:
        consumer.grants.create(
            agency=agency, member_id=outsider.pk, role="payer", since=agency.today()
        )
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="wall"), transaction.atomic():
        point_outside()


def test_an_agency_that_was_entered_is_left_again(agency: Agency, other_agency: Agency) -> None:
    with tenancy.entering(other_agency):
        assert Member.objects.within(other_agency).count() == 1
    assert Member.objects.within(other_agency).count() == 0
    assert Member.objects.within(agency).count() == 1
