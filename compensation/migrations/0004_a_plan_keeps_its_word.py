"""What a plan in force keeps, and what a provisional one rests on, whatever writes."""

from django.db import migrations

# No database clock: no day counts as past before something is known to have been done after it.
# The number of days of the founding is what was set by its first day, and 120 at most.
PLAN_KEEPS_ITS_WORD = """
CREATE FUNCTION public.compensation_plan_keeps_its_word() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    begins boolean := NEW.since IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.since IS NULL);
    known date := (
        SELECT max(at)::date - 1 FROM public.foundation_event WHERE agency_id = NEW.agency_id
    );
    first date := (
        SELECT (opened AT TIME ZONE timezone)::date FROM public.foundation_agency
        WHERE id = NEW.agency_id
    );
    over date := first + least(120, coalesce((
        SELECT (value #>> '{}')::int FROM public.foundation_policychange
        WHERE agency_id = NEW.agency_id AND code = 'groups.founding' AND since <= first
        ORDER BY since DESC, id DESC LIMIT 1
    ), 120));
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.since IS NOT NULL THEN
        IF (NEW.number, NEW.text, NEW.hourly_rate, NEW.daily_cap, NEW.due_days, NEW.since,
            NEW.drafted_by_id, NEW.paper_on, NEW.paper_text, NEW.put_by_id, NEW.put_on,
            NEW.asked_id, NEW.attested_on)
            IS DISTINCT FROM
            (OLD.number, OLD.text, OLD.hourly_rate, OLD.daily_cap, OLD.due_days, OLD.since,
            OLD.drafted_by_id, OLD.paper_on, OLD.paper_text, OLD.put_by_id, OLD.put_on,
            OLD.asked_id, OLD.attested_on)
        THEN
            RAISE EXCEPTION 'plan % is in force: another version follows it', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.until IS DISTINCT FROM OLD.until AND NEW.until < known THEN
            RAISE EXCEPTION 'plan % ends on a day to come', OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.until IS NOT NULL AND (NEW.until IS NULL OR NEW.until > OLD.until)
            AND (NEW.attested_on IS NULL OR NEW.ratified_on IS NULL OR OLD.until < known)
        THEN
            RAISE EXCEPTION 'plan % lasts longer only when it is ratified', OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.ratified_on IS NOT NULL
        AND NEW.ratified_on IS DISTINCT FROM OLD.ratified_on
    THEN
        RAISE EXCEPTION 'plan % was ratified', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.ratified_on IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.ratified_on IS NULL)
        AND NOT EXISTS (
            SELECT FROM public.groups_decision d
            JOIN public.groups_group g ON g.agency_id = d.agency_id AND g.id = d.group_id
            WHERE d.agency_id = NEW.agency_id AND d.id = NEW.ratification_id
                AND g.kind = 'committee' AND d.status = 'adopted'
                AND d.decided_on = NEW.ratified_on
        )
    THEN
        RAISE EXCEPTION 'a plan is ratified by a decision of the committee'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT begins THEN
        RETURN NEW;
    END IF;
    IF NEW.since < known THEN
        RAISE EXCEPTION 'a plan begins on a day to come' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.ratified_on IS NOT NULL OR (NEW.attested_on IS NULL AND NEW.since >= over) THEN
        RETURN NEW;
    END IF;
    -- During the founding it is provisional: a paper that was entered before, and confirmed.
    IF NEW.attested_on IS NULL OR TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'during the founding a plan rests on a paper that two people confirm'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.asked_id IS NULL
        OR (NEW.paper_on, NEW.paper_text, NEW.put_by_id, NEW.put_on, NEW.asked_id)
            IS DISTINCT FROM
            (OLD.paper_on, OLD.paper_text, OLD.put_by_id, OLD.put_on, OLD.asked_id)
        OR (NEW.hourly_rate, NEW.daily_cap, NEW.due_days, NEW.text)
            IS DISTINCT FROM (OLD.hourly_rate, OLD.daily_cap, OLD.due_days, OLD.text)
    THEN
        RAISE EXCEPTION 'what is confirmed is what the paper was about'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.since < first OR NEW.until IS NULL OR NEW.until > over THEN
        RAISE EXCEPTION 'a provisional plan ends with the founding'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM public.compensation_planversion p
        WHERE p.agency_id = NEW.agency_id AND p.id <> NEW.id AND p.since <= NEW.since
            AND (p.until IS NULL OR p.until >= NEW.since)
            AND (p.ratified_on IS NOT NULL OR p.hourly_rate > NEW.hourly_rate
                OR (NEW.daily_cap IS NOT NULL
                    AND (p.daily_cap IS NULL OR p.daily_cap > NEW.daily_cap)))
    ) THEN
        RAISE EXCEPTION 'a provisional plan is raised, never cut'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plan_keeps_its_word BEFORE INSERT OR UPDATE ON compensation_planversion
    FOR EACH ROW WHEN (
        current_setting('cqi.erasing', true) IS DISTINCT FROM 'on' OR CURRENT_USER = SESSION_USER
    ) EXECUTE FUNCTION public.compensation_plan_keeps_its_word();
"""

RIGHTS = """
REVOKE DELETE, TRUNCATE ON compensation_planversion FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("compensation", "0003_a_plan_for_the_founding"),
        ("foundation", "0004_an_agency_begins_once"),
        ("groups", "0002_rules_in_the_database"),
    ]

    operations = [
        migrations.RunSQL(PLAN_KEEPS_ITS_WORD, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
