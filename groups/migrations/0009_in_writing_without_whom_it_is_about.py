from django.db import migrations

# As in 0007, but nobody decides about their own seat.
DECIDED = """
CREATE OR REPLACE FUNCTION groups_decided_as_its_way_asks() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    consumers int; consumers_said int; others int; others_said int; agreed int; objected int;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.way = 'writing' THEN
        IF NEW.way = 'writing' AND NEW.answers_until < OLD.answers_until THEN
            RAISE EXCEPTION 'the last day of a decision in writing is never brought forward'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.way <> 'writing' AND NOT (NEW.way = 'paper' AND EXISTS (
            SELECT FROM public.groups_paperrecord
            WHERE agency_id = NEW.agency_id AND decision_id = NEW.id
                AND answers_until = OLD.answers_until
        )) THEN
            RAISE EXCEPTION 'a decision in writing stays one'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.way = 'paper' AND NEW.way <> 'paper' AND EXISTS (
        SELECT FROM public.groups_paperrecord
        WHERE agency_id = NEW.agency_id AND decision_id = NEW.id
            AND answers_until IS NOT NULL AND answers_until IS DISTINCT FROM NEW.answers_until
    ) THEN
        RAISE EXCEPTION 'what was open in writing is open in writing again'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status NOT IN ('adopted', 'not_adopted')
        OR (TG_OP = 'UPDATE' AND OLD.status IN ('adopted', 'not_adopted')
            AND OLD.status = NEW.status AND OLD.way = NEW.way
            AND OLD.decided_on = NEW.decided_on) THEN
        RETURN NEW;
    END IF;
    IF NEW.way = 'paper' THEN
        IF NOT EXISTS (
            SELECT FROM public.groups_paperrecord
            WHERE agency_id = NEW.agency_id AND decision_id = NEW.id
                AND counts_since IS NOT NULL AND adopted = (NEW.status = 'adopted')
        ) THEN
            RAISE EXCEPTION 'what is written down from paper counts when nothing is missing'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.way <> 'writing' THEN
        RETURN NEW;
    END IF;
    SELECT
        count(*) FILTER (WHERE s.uses), count(p.id) FILTER (WHERE s.uses),
        count(*) FILTER (WHERE NOT s.uses), count(p.id) FILTER (WHERE NOT s.uses),
        count(*) FILTER (WHERE p.choice IN ('agree', 'reservations')),
        count(*) FILTER (WHERE p.choice = 'object')
    INTO consumers, consumers_said, others, others_said, agreed, objected
    FROM (
        SELECT member_id, standing = 'primary_consumer' AND NOT employed_peer AS uses
        FROM public.groups_seat
        WHERE agency_id = NEW.agency_id AND group_id = NEW.group_id AND voting
            AND since <= NEW.decided_on AND (until IS NULL OR until > NEW.decided_on)
            AND NOT EXISTS (
                SELECT FROM public.groups_motion
                WHERE agency_id = NEW.agency_id AND decision_id = NEW.id
                    AND kind IN ('change', 'end') AND member_id = groups_seat.member_id
            )
    ) s LEFT JOIN public.groups_position p
        ON p.agency_id = NEW.agency_id AND p.decision_id = NEW.id AND p.member_id = s.member_id
        AND p.round = NEW.round AND p.replaced_at IS NULL;
    IF consumers_said = consumers AND others_said = others THEN
        IF NEW.status = 'adopted' AND (objected > 0 OR agreed = 0) THEN
            RAISE EXCEPTION 'nothing is adopted over an objection, or without consent'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.decided_on < NEW.answers_until
        OR NEW.decided_on > (statement_timestamp() AT TIME ZONE 'UTC')::date + 1 THEN
        RAISE EXCEPTION 'a decision in writing waits for its last day, or for all answers'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'adopted' AND (
        objected > 0 OR agreed = 0 OR 2 * consumers_said < consumers
        OR 2 * others_said < others OR consumers_said < greatest(1, least(2, consumers))
    ) THEN
        RAISE EXCEPTION 'a decision in writing is adopted with a quorum of each class'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0008_seats_by_decision"),
    ]

    operations = [
        migrations.RunSQL(DECIDED, migrations.RunSQL.noop),
    ]
