"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

from foundation import walls

CQI_PERIOD_HOLDS = """
CREATE FUNCTION groups_cqi_period_holds() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- The last day on which anything is known to have been done: no database clock.
    known date := (
        SELECT max(at)::date - 1 FROM public.foundation_event
        WHERE agency_id = COALESCE(NEW.agency_id, OLD.agency_id)
    );
    held record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'whether a group took part in CQI is never deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT kind, opened INTO held FROM public.groups_group
        WHERE agency_id = NEW.agency_id AND id = NEW.group_id;
    IF held.kind = 'dialogue' THEN
        RAISE EXCEPTION 'a dialogue is no group of CQI' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.since <> held.opened OR EXISTS (
            SELECT FROM public.groups_cqiperiod
            WHERE agency_id = NEW.agency_id AND group_id = NEW.group_id
        ) THEN
            IF NEW.reason = '' OR NEW.since < NEW.entered_on OR NEW.since < known THEN
                RAISE EXCEPTION 'a group joins CQI on a day to come, for a reason'
                    USING ERRCODE = 'check_violation';
            END IF;
        END IF;
    ELSIF (NEW.group_id, NEW.since, NEW.reason, NEW.by_id, NEW.entered_on)
        IS DISTINCT FROM (OLD.group_id, OLD.since, OLD.reason, OLD.by_id, OLD.entered_on)
        OR (OLD.until IS NOT NULL AND OLD.until < known)
    THEN
        RAISE EXCEPTION 'when a group took part in CQI is never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.until IS NOT NULL THEN
        IF held.kind IN ('cell', 'committee') THEN
            RAISE EXCEPTION 'cells and the committee always take part in CQI'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.until < known THEN
            RAISE EXCEPTION 'a group leaves CQI on a day to come' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER cqi_period_holds BEFORE INSERT OR UPDATE OR DELETE ON groups_cqiperiod
    FOR EACH ROW EXECUTE FUNCTION groups_cqi_period_holds();
"""

MOTION_HOLDS = """
CREATE FUNCTION groups_motion_holds(
    agency bigint, asked bigint, seated bigint
) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- Adopted by the group itself or, to end what is in it, by the governing body; or attested.
    SELECT EXISTS (
        SELECT FROM public.groups_motion m
        LEFT JOIN public.groups_decision d ON d.agency_id = m.agency_id AND d.id = m.decision_id
        LEFT JOIN public.groups_group b ON b.agency_id = d.agency_id AND b.id = d.group_id
        LEFT JOIN public.groups_resolution r
            ON r.agency_id = m.agency_id AND r.id = m.resolution_id
        WHERE m.agency_id = agency AND m.id = asked AND m.group_id = seated AND (
            (d.status = 'adopted' AND (
                d.group_id = m.group_id
                OR (b.kind = 'governing_body' AND m.kind IN ('end', 'dissolve'))
            ))
            OR (r.state = 'attested' AND r.group_id = m.group_id)
        )
    )
$$;
"""

SEAT_IS_DECIDED = """
CREATE FUNCTION groups_seat_is_decided() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.groups_group
        WHERE agency_id = NEW.agency_id AND id = NEW.group_id
            AND kind IN ('committee', 'governing_body')
    ) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.groups_seatoffer o
        JOIN public.groups_motion m ON m.agency_id = o.agency_id AND m.id = o.motion_id
        WHERE o.agency_id = NEW.agency_id AND o.id = NEW.offer_id AND o.state = 'accepted'
            AND o.group_id = NEW.group_id AND o.member_id = NEW.member_id
            AND m.kind = 'seat' AND m.member_id = NEW.member_id
            AND (NEW.office = '' OR NEW.office = m.office) AND (m.voting OR NOT NEW.voting)
            AND public.groups_motion_holds(o.agency_id, m.id, NEW.group_id)
    ) THEN
        RAISE EXCEPTION 'a seat of this group follows from a decision and an accepted offer'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER seat_is_decided
    BEFORE INSERT OR UPDATE OF member_id, group_id, offer_id, voting, office ON groups_seat
    FOR EACH ROW EXECUTE FUNCTION groups_seat_is_decided();
"""

SEAT_ENDS_AS_DECIDED = """
CREATE FUNCTION groups_seat_ends_as_decided() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.groups_group
        WHERE agency_id = OLD.agency_id AND id = OLD.group_id
            AND kind IN ('committee', 'governing_body')
    ) THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'who sat in this group is never deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.until IS NOT DISTINCT FROM OLD.until THEN
        RETURN NEW;
    END IF;
    SELECT kind, seat_id, group_id, id INTO held FROM public.groups_motion
        WHERE agency_id = NEW.agency_id AND id = NEW.ends_by_id;
    IF OLD.until IS NOT NULL AND (NEW.until IS NULL OR NEW.until > OLD.until) THEN
        IF held.kind IS DISTINCT FROM 'confirm'
            OR NOT public.groups_motion_holds(NEW.agency_id, held.id, NEW.group_id)
        THEN
            RAISE EXCEPTION 'a seat of this group lasts longer only when that is decided'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.ending NOT IN ('left', 'replaced', 'program') AND (
        held.kind IS NULL OR held.kind NOT IN ('end', 'dissolve')
        OR (held.kind = 'end' AND NEW.ending <> 'decided')
        OR (held.kind = 'end' AND NOT EXISTS (
            SELECT FROM public.groups_motion m
            WHERE m.agency_id = NEW.agency_id AND m.id = held.id AND m.member_id = NEW.member_id
        ))
        OR NOT public.groups_motion_holds(NEW.agency_id, held.id, NEW.group_id)
    ) THEN
        RAISE EXCEPTION 'a seat of this group ends when it is given up or by a decision'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER seat_ends_as_decided BEFORE DELETE OR UPDATE OF until, ending, ends_by_id
    ON groups_seat FOR EACH ROW EXECUTE FUNCTION groups_seat_ends_as_decided();
"""

MOTION_STAYS = """
CREATE FUNCTION groups_motion_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was proposed about a seat is never deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.group_id, OLD.kind, OLD.member_id, OLD.seat_id, OLD.office, OLD.voting, OLD.since,
        OLD.answer_by, OLD.decision_id, OLD.resolution_id)
        IS DISTINCT FROM (NEW.group_id, NEW.kind, NEW.member_id, NEW.seat_id, NEW.office,
        NEW.voting, NEW.since, NEW.answer_by, NEW.decision_id, NEW.resolution_id)
    THEN
        RAISE EXCEPTION 'what was proposed about a seat is never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER motion_stays BEFORE UPDATE OR DELETE ON groups_motion
    FOR EACH ROW EXECUTE FUNCTION groups_motion_stays();
"""

DECISION_HEARS = """
CREATE FUNCTION groups_decision_hears() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.groups_motion
        WHERE agency_id = NEW.agency_id AND decision_id = NEW.id AND answer_by IS NOT NULL
            AND answered_on IS NULL AND answer_by >= NEW.decided_on
    ) THEN
        RAISE EXCEPTION 'whose seat it is has days to answer first'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER decision_hears BEFORE UPDATE OF status, decided_on ON groups_decision
    FOR EACH ROW WHEN (NEW.status = 'adopted') EXECUTE FUNCTION groups_decision_hears();
"""

RESOLUTION_STAYS = """
CREATE FUNCTION groups_resolution_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'waiting'
        OR (OLD.group_id, OLD."on", OLD.text, OLD.entered_by_id, OLD.entered_on, OLD.asked_id)
        IS DISTINCT FROM
        (NEW.group_id, NEW."on", NEW.text, NEW.entered_by_id, NEW.entered_on, NEW.asked_id)
    THEN
        RAISE EXCEPTION 'what was attested is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER resolution_stays BEFORE UPDATE OR DELETE ON groups_resolution
    FOR EACH ROW EXECUTE FUNCTION groups_resolution_stays();
"""

# As in 0007, but nobody decides about their own seat.
DECIDED_AS_ITS_WAY_ASKS = """
CREATE FUNCTION groups_decided_as_its_way_asks() RETURNS trigger LANGUAGE plpgsql
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
            -- In a caucus, what consumers say counts.
            AND (NOT NEW.caucus OR (standing = 'primary_consumer' AND NOT employed_peer))
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
CREATE TRIGGER decided_as_its_way_asks BEFORE INSERT OR UPDATE ON groups_decision
    FOR EACH ROW EXECUTE FUNCTION groups_decided_as_its_way_asks();
"""

SEAT_OF_A_CAUCUS = """
CREATE FUNCTION groups_seat_of_a_caucus() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.standing <> 'primary_consumer' OR NEW.employed_peer) AND EXISTS (
        SELECT FROM public.groups_seatoffer o
        JOIN public.groups_motion m ON m.agency_id = o.agency_id AND m.id = o.motion_id
        JOIN public.groups_decision d ON d.agency_id = m.agency_id AND d.id = m.decision_id
        WHERE o.agency_id = NEW.agency_id AND o.id = NEW.offer_id AND d.caucus
    ) THEN
        RAISE EXCEPTION 'a seat that consumers filled is a consumer''s'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER seat_of_a_caucus BEFORE INSERT OR UPDATE OF offer_id, standing, employed_peer
    ON groups_seat FOR EACH ROW EXECUTE FUNCTION groups_seat_of_a_caucus();
"""

# Who sits there already may get another office: that brings nobody to anybody. What counts is the
# time from the answer on, so that what was is written down as it was.
SEAT_KEEPS_APART = """
CREATE FUNCTION groups_seat_keeps_apart() RETURNS trigger LANGUAGE plpgsql
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
CREATE TRIGGER seat_keeps_apart BEFORE INSERT OR UPDATE OF member_id, group_id ON groups_seat
    FOR EACH ROW EXECUTE FUNCTION groups_seat_keeps_apart();
"""

CLOSURE_IS_KEPT = """
CREATE FUNCTION public.closure_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.taken_back_on IS NOT NULL
        OR (NEW.agency_id, NEW.group_id, NEW."on", NEW.entered_on, NEW.by_id, NEW.why)
            IS DISTINCT FROM
            (OLD.agency_id, OLD.group_id, OLD."on", OLD.entered_on, OLD.by_id, OLD.why) THEN
        RAISE EXCEPTION 'that a group was closed stays on record: it is taken back once'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER closure_is_kept BEFORE UPDATE OR DELETE ON groups_closure
    FOR EACH ROW EXECUTE FUNCTION closure_is_kept();
"""

GROUP_STAYS_CLOSED = """
CREATE FUNCTION public.group_stays_closed() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.groups_closure c WHERE c.agency_id = NEW.agency_id
            AND c.group_id = NEW.id AND c.taken_back_on IS NULL
            AND c."on" IS DISTINCT FROM NEW.closed) THEN
        RAISE EXCEPTION 'group % opens again only when its closing is taken back', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER group_stays_closed AFTER UPDATE OF closed ON groups_group
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION group_stays_closed();
"""

# Triggers that run a function of another app.
WITHIN_MEMBERSHIP_TOO = """
CREATE TRIGGER seat_within_membership BEFORE INSERT OR UPDATE OF member_id, since, until
    ON groups_seat FOR EACH ROW EXECUTE FUNCTION accounts_within_membership();
"""

# Triggers that run a function of another app.
LEAVE_ENDS_ALL_TOO = """
CREATE CONSTRAINT TRIGGER leave_ends_seats AFTER UPDATE OF until ON accounts_member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.until IS NOT NULL)
    EXECUTE FUNCTION accounts_leave_ends_all('groups_seat');
"""

RIGHTS = """
REVOKE DELETE, TRUNCATE ON groups_cqiperiod FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0001_initial"),
        ("accounts", "0001_initial"),
        ("foundation", "0002_events_and_changes_of_policies"),
        ("safety", "0001_initial"),
        ("accounts", "0002_rules_in_the_database"),
    ]

    operations = [
        walls.AppendOnly(
            "EarlierWording", "DecisionReview", "LateEnd", "CutSeat", "CalledOff", "ZoneChange"
        ),
        migrations.RunSQL(CQI_PERIOD_HOLDS, migrations.RunSQL.noop),
        migrations.RunSQL(MOTION_HOLDS, migrations.RunSQL.noop),
        migrations.RunSQL(SEAT_IS_DECIDED, migrations.RunSQL.noop),
        migrations.RunSQL(SEAT_ENDS_AS_DECIDED, migrations.RunSQL.noop),
        migrations.RunSQL(MOTION_STAYS, migrations.RunSQL.noop),
        migrations.RunSQL(DECISION_HEARS, migrations.RunSQL.noop),
        migrations.RunSQL(RESOLUTION_STAYS, migrations.RunSQL.noop),
        migrations.RunSQL(DECIDED_AS_ITS_WAY_ASKS, migrations.RunSQL.noop),
        migrations.RunSQL(SEAT_OF_A_CAUCUS, migrations.RunSQL.noop),
        migrations.RunSQL(SEAT_KEEPS_APART, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSURE_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(GROUP_STAYS_CLOSED, migrations.RunSQL.noop),
        migrations.RunSQL(WITHIN_MEMBERSHIP_TOO, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVE_ENDS_ALL_TOO, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
