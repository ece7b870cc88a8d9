"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

from foundation import walls

HOLDS_APART = """
CREATE FUNCTION oversight_holds_apart(
    agency bigint, who bigint, asked bigint, on_day date
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.oversight_managementresponse
        WHERE agency_id = agency AND recommendation_id = asked AND given_by_id = who
    ) OR EXISTS (
        SELECT FROM public.oversight_recommendation
        WHERE agency_id = agency AND id = asked AND owner_id = who
    ) THEN
        RAISE EXCEPTION 'nobody judges an answer in which they have a part'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM public.accounts_standing
        WHERE agency_id = agency AND member_id = who AND kind = 'manager'
            AND since <= on_day AND (until IS NULL OR until > on_day)
    ) OR EXISTS (
        SELECT FROM public.accounts_rolegrant
        WHERE agency_id = agency AND member_id = who AND role = 'management'
            AND since <= on_day AND (until IS NULL OR until > on_day)
    ) THEN
        RAISE EXCEPTION 'who manages does not judge' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.groups_seat s
        JOIN public.groups_group g ON g.agency_id = s.agency_id AND g.id = s.group_id
        WHERE s.agency_id = agency AND s.member_id = who AND s.voting AND g.kind = 'committee'
            AND s.since <= on_day AND (s.until IS NULL OR s.until > on_day)
    ) THEN
        RAISE EXCEPTION 'only the committee judges' USING ERRCODE = 'check_violation';
    END IF;
END
$$;
"""

JUDGEMENT_IS_FREE = """
CREATE FUNCTION oversight_judgement_is_free() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked bigint := (
        SELECT recommendation_id FROM public.oversight_managementresponse
        WHERE agency_id = NEW.agency_id AND id = NEW.response_id
    );
BEGIN
    PERFORM public.oversight_holds_apart(NEW.agency_id, NEW.by_id, asked, NEW."on");
    RETURN NEW;
END
$$;
CREATE TRIGGER judgement_is_free BEFORE INSERT OR UPDATE OF by_id, response_id, "on"
    ON oversight_judgement FOR EACH ROW EXECUTE FUNCTION oversight_judgement_is_free();
"""

CLOSING_IS_FREE = """
CREATE FUNCTION oversight_closing_is_free() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.oversight_holds_apart(NEW.agency_id, NEW.closed_by_id, NEW.id, NEW.closed_on);
    RETURN NEW;
END
$$;
CREATE TRIGGER closing_is_free BEFORE INSERT OR UPDATE OF closed_by_id, closed_on, status
    ON oversight_recommendation FOR EACH ROW WHEN (NEW.closed_by_id IS NOT NULL)
    EXECUTE FUNCTION oversight_closing_is_free();
"""

PAUSE_RULING_IS_FREE = """
CREATE FUNCTION oversight_pause_ruling_is_free() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.accounts_pause WHERE agency_id = NEW.agency_id AND id = NEW.pause_id
            AND NEW.by_id IN (by_id, member_id)
    ) OR NOT EXISTS (
        SELECT FROM public.groups_seat s
        JOIN public.groups_group g ON g.agency_id = s.agency_id AND g.id = s.group_id
        WHERE s.agency_id = NEW.agency_id AND s.member_id = NEW.by_id AND s.voting
            AND g.kind = 'committee'
            AND s.since <= NEW."on" AND (s.until IS NULL OR s.until > NEW."on")
    ) THEN
        RAISE EXCEPTION 'a pause is reviewed by the committee, never by who has a part in it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER pause_ruling_is_free BEFORE INSERT ON oversight_pauseruling
    FOR EACH ROW EXECUTE FUNCTION oversight_pause_ruling_is_free();
"""

# A decision about a pause says so by the code of pauses.
PAUSE_IS_PROLONGED = """
CREATE FUNCTION oversight_pause_is_prolonged() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.groups_decision d
        JOIN public.groups_group g ON g.agency_id = d.agency_id AND g.id = d.group_id
        WHERE d.agency_id = NEW.agency_id AND d.id = NEW.decision_id AND d.status = 'adopted'
            AND d.subject_type = 'pause' AND d.subject_id = NEW.id
            AND g.kind = 'committee'
    ) THEN
        RAISE EXCEPTION 'a pause lasts longer only by a further decision of the committee'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER pause_is_prolonged BEFORE UPDATE OF until ON accounts_pause
    FOR EACH ROW WHEN (NEW.until > OLD.until) EXECUTE FUNCTION oversight_pause_is_prolonged();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_initial"),
        ("accounts", "0001_initial"),
        ("groups", "0001_initial"),
    ]

    operations = [
        walls.AppendOnly("PauseRuling"),
        migrations.RunSQL(HOLDS_APART, migrations.RunSQL.noop),
        migrations.RunSQL(JUDGEMENT_IS_FREE, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSING_IS_FREE, migrations.RunSQL.noop),
        migrations.RunSQL(PAUSE_RULING_IS_FREE, migrations.RunSQL.noop),
        migrations.RunSQL(PAUSE_IS_PROLONGED, migrations.RunSQL.noop),
    ]
