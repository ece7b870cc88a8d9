from django.db import migrations

# Who sits there already may get another office: that brings nobody to anybody. What counts is the
# time from the answer on, so that what was is written down as it was.
KEPT_APART = """
CREATE OR REPLACE FUNCTION groups_seat_keeps_apart() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    begins date;
BEGIN
    IF EXISTS (
        SELECT FROM public.groups_seat
        WHERE agency_id = NEW.agency_id AND group_id = NEW.group_id AND member_id = NEW.member_id
            AND id <> NEW.id AND since <= NEW.since AND (until IS NULL OR until >= NEW.since)
    ) THEN
        RETURN NEW;
    END IF;
    begins := GREATEST(NEW.since, (
        SELECT answered_on FROM public.groups_seatoffer
        WHERE agency_id = NEW.agency_id AND id = NEW.offer_id
    ));
    IF NEW.until IS NOT NULL AND NEW.until <= begins THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM public.groups_seat AS there
        JOIN public.safety_nocontact AS apart ON apart.agency_id = there.agency_id
            AND apart.one_id = LEAST(there.member_id, NEW.member_id)
            AND apart.other_id = GREATEST(there.member_id, NEW.member_id)
        WHERE there.agency_id = NEW.agency_id AND there.group_id = NEW.group_id
            AND there.member_id <> NEW.member_id
            AND NOT isempty(
                daterange(begins, NEW.until) * daterange(there.since, there.until)
                * daterange(apart.since, apart.until)
            )
    ) THEN
        RAISE EXCEPTION 'two people who must not meet are not seated in one group'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS seat_keeps_apart ON groups_seat;
CREATE TRIGGER seat_keeps_apart BEFORE INSERT OR UPDATE OF member_id, group_id ON groups_seat
    FOR EACH ROW EXECUTE FUNCTION groups_seat_keeps_apart();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0011_answers_on_paper_and_unread"),
        ("safety", "0002_two_who_must_not_meet"),
    ]

    operations = [
        migrations.RunSQL(
            KEPT_APART,
            "DROP TRIGGER seat_keeps_apart ON groups_seat;"
            " DROP FUNCTION groups_seat_keeps_apart();",
        ),
    ]
