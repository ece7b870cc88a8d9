from django.db import migrations

COMMITTEE_SEATS = """
CREATE OR REPLACE FUNCTION groups_committee_seat_by_another() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.groups_group
        WHERE agency_id = NEW.agency_id AND id = NEW.group_id AND kind = 'committee'
    ) AND NOT EXISTS (
        SELECT FROM public.groups_seatoffer
        WHERE agency_id = NEW.agency_id AND id = NEW.offer_id AND state = 'accepted'
            AND group_id = NEW.group_id AND member_id = NEW.member_id
            AND offered_by_id <> member_id
    ) THEN
        RAISE EXCEPTION 'a seat of the committee is offered by one and accepted by another'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS committee_seat_by_another ON groups_seat;
CREATE TRIGGER committee_seat_by_another
    BEFORE INSERT OR UPDATE OF member_id, group_id, offer_id, voting, office ON groups_seat
    FOR EACH ROW EXECUTE FUNCTION groups_committee_seat_by_another();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0005_cqi_by_dated_periods"),
    ]

    operations = [
        migrations.RunSQL(
            COMMITTEE_SEATS,
            "DROP TRIGGER committee_seat_by_another ON groups_seat;"
            " DROP FUNCTION groups_committee_seat_by_another();",
        ),
    ]
