"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

from foundation import walls

PAUSE_IS_KEPT = """
CREATE FUNCTION accounts_pause_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    used integer;
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'pauses stay on record' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.ended_at IS NOT NULL OR NEW.decision_id IS NOT NULL THEN
            RAISE EXCEPTION 'a pause begins without its end' USING ERRCODE = 'check_violation';
        END IF;
        -- Pauses for the same reason in the 30 days before: with this one, at most 14 days.
        SELECT COALESCE(sum(LEAST(until, NEW.since) - GREATEST(since, NEW.since - 30)), 0)
            INTO used FROM public.accounts_pause
            WHERE agency_id = NEW.agency_id AND member_id = NEW.member_id
                AND reason = NEW.reason AND until > NEW.since - 30 AND since < NEW.since;
        IF used + (NEW.until - NEW.since) > 14 THEN
            RAISE EXCEPTION 'the days of a pause are used up' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'this pause has ended' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.agency_id, NEW.member_id, NEW.reason, NEW.answer_to, NEW.since, NEW.by_id, NEW.at)
        IS DISTINCT FROM
        (OLD.agency_id, OLD.member_id, OLD.reason, OLD.answer_to, OLD.since, OLD.by_id, OLD.at)
    THEN
        RAISE EXCEPTION 'only the end of a pause changes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.ended_at IS NOT NULL THEN
        IF NEW.until > OLD.until OR (
            NEW.decision_id IS DISTINCT FROM OLD.decision_id AND NEW.ended_why <> 'decided'
        ) THEN
            RAISE EXCEPTION 'a pause ends early' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.until IS DISTINCT FROM OLD.until
        OR NEW.decision_id IS DISTINCT FROM OLD.decision_id
    THEN
        IF NEW.until <= OLD.until OR NEW.until > OLD.until + 30 OR NEW.decision_id IS NULL
            OR NEW.decision_id IS NOT DISTINCT FROM OLD.decision_id
        THEN
            RAISE EXCEPTION 'a pause lasts longer only by a further decision'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER pause_is_kept BEFORE INSERT OR UPDATE OR DELETE ON accounts_pause
    FOR EACH ROW EXECUTE FUNCTION accounts_pause_is_kept();
CREATE TRIGGER pause_is_kept_truncate BEFORE TRUNCATE ON accounts_pause
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_pause_is_kept();
"""

WITHIN_MEMBERSHIP = """
CREATE FUNCTION accounts_within_membership() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last date;
BEGIN
    -- Shared, so that nobody's last day is set while something is given to them.
    SELECT until INTO last FROM public.accounts_member
        WHERE agency_id = NEW.agency_id AND id = NEW.member_id FOR SHARE;
    IF last IS NOT NULL AND (NEW.until IS NULL OR NEW.until > GREATEST(last, NEW.since)) THEN
        RAISE EXCEPTION '% % would outlast the membership', TG_TABLE_NAME, NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER within_membership BEFORE INSERT OR UPDATE OF member_id, since, until
    ON accounts_rolegrant FOR EACH ROW EXECUTE FUNCTION accounts_within_membership();
CREATE TRIGGER within_membership BEFORE INSERT OR UPDATE OF member_id, since, until
    ON accounts_standing FOR EACH ROW EXECUTE FUNCTION accounts_within_membership();
"""

LEAVE_ENDS_ALL = """
-- For each table named: nothing of a member is left that lasts longer than they are here.
-- At commit the agency may have been left: it runs as the owner.
CREATE FUNCTION accounts_leave_ends_all() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last date;
    longer boolean;
    kept text;
BEGIN
    SELECT until INTO last FROM public.accounts_member WHERE id = NEW.id;
    IF last IS NULL THEN
        RETURN NULL;
    END IF;
    FOREACH kept IN ARRAY TG_ARGV LOOP
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM public.%I WHERE agency_id = $1 AND member_id = $2'
            ' AND (until IS NULL OR until > GREATEST($3, since)))', kept
        ) INTO longer USING NEW.agency_id, NEW.id, last;
        IF longer THEN
            RAISE EXCEPTION 'member % leaves, and % does not end with it', NEW.id, kept
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER leave_ends_all AFTER UPDATE OF until ON accounts_member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.until IS NOT NULL)
    EXECUTE FUNCTION accounts_leave_ends_all('accounts_rolegrant', 'accounts_standing');
"""

ONE_PERSON_ONE_MEMBER = """
CREATE FUNCTION accounts_one_person_one_member() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Who came back as another member could approve and pay what they earned before.
    IF NEW.user_id IS NOT NULL AND EXISTS (
        SELECT FROM public.accounts_historicalmember past
        JOIN public.accounts_member other
            ON other.agency_id = past.agency_id AND other.id = past.id
        WHERE past.agency_id = NEW.agency_id AND past.user_id = NEW.user_id
            AND past.id <> NEW.id AND other.erased_at IS NULL
    ) THEN
        RAISE EXCEPTION 'the user of member % is another member here', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER one_person_one_member BEFORE INSERT OR UPDATE OF user_id ON accounts_member
    FOR EACH ROW EXECUTE FUNCTION accounts_one_person_one_member();
"""

LEAVE_IS_KEPT = """
CREATE FUNCTION accounts_leave_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'who left when stays on record' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.taken_back_on IS NOT NULL OR OLD.returned_on IS NOT NULL THEN
        RAISE EXCEPTION 'leave % is over', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.agency_id, NEW.member_id, NEW.since) IS DISTINCT FROM
            (OLD.agency_id, OLD.member_id, OLD.since)
        OR NEW."on" > OLD."on" OR (OLD.why <> '' AND NEW.why = '') THEN
        RAISE EXCEPTION 'leave % is not rewritten', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER leave_is_kept BEFORE UPDATE OR DELETE ON accounts_leave
    FOR EACH ROW EXECUTE FUNCTION accounts_leave_is_kept();
CREATE TRIGGER leave_is_kept_truncate BEFORE TRUNCATE ON accounts_leave
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_leave_is_kept();
"""

RIGHTS = """
REVOKE DELETE, TRUNCATE ON accounts_pause FROM cqi_app;
REVOKE DELETE, TRUNCATE ON accounts_leave FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        walls.AppendOnly("AccessLog"),
        walls.ErasableHistory(
            "Member",
            "erased_at",
            {
                "name": "Former member",
                "display_name": "Former member",
                "addition": "",
                "shown_number": "",
                "full_number": "",
                "contact": "",
                "user_id": None,
            },
        ),
        migrations.RunSQL(PAUSE_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(WITHIN_MEMBERSHIP, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVE_ENDS_ALL, migrations.RunSQL.noop),
        migrations.RunSQL(ONE_PERSON_ONE_MEMBER, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVE_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
