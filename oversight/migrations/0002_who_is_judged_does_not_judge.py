from django.db import migrations

JUDGING = """
CREATE OR REPLACE FUNCTION oversight_holds_apart(
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
CREATE OR REPLACE FUNCTION oversight_judgement_is_free() RETURNS trigger LANGUAGE plpgsql
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
CREATE OR REPLACE FUNCTION oversight_closing_is_free() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.oversight_holds_apart(NEW.agency_id, NEW.closed_by_id, NEW.id, NEW.closed_on);
    RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS judgement_is_free ON oversight_judgement;
CREATE TRIGGER judgement_is_free BEFORE INSERT OR UPDATE OF by_id, response_id, "on"
    ON oversight_judgement FOR EACH ROW EXECUTE FUNCTION oversight_judgement_is_free();
DROP TRIGGER IF EXISTS closing_is_free ON oversight_recommendation;
CREATE TRIGGER closing_is_free BEFORE INSERT OR UPDATE OF closed_by_id, closed_on, status
    ON oversight_recommendation FOR EACH ROW WHEN (NEW.closed_by_id IS NOT NULL)
    EXECUTE FUNCTION oversight_closing_is_free();
"""

UNDO = """
DROP TRIGGER judgement_is_free ON oversight_judgement;
DROP TRIGGER closing_is_free ON oversight_recommendation;
DROP FUNCTION oversight_judgement_is_free();
DROP FUNCTION oversight_closing_is_free();
DROP FUNCTION oversight_holds_apart(bigint, bigint, bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("groups", "0006_nobody_seats_themselves_in_the_committee"),
        ("oversight", "0001_initial"),
    ]

    operations = [migrations.RunSQL(JUDGING, UNDO)]
