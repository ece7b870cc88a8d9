"""How people are paid is decided before a plan is in force, and stays on record."""

from django.db import migrations

DECISION_IS_KEPT = """
CREATE FUNCTION public.compensation_employment_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.until IS NOT NULL OR NEW.until IS NULL THEN
        RAISE EXCEPTION 'employment decision % gets its end once', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.agency_id, NEW.kind, NEW.words, NEW.decided_by, NEW.advice, NEW.decided_on,
        NEW.recorded_by_id, NEW.at)
        IS DISTINCT FROM
        (OLD.id, OLD.agency_id, OLD.kind, OLD.words, OLD.decided_by, OLD.advice, OLD.decided_on,
        OLD.recorded_by_id, OLD.at)
    THEN
        RAISE EXCEPTION 'what was decided about employment does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER employment_is_kept BEFORE UPDATE ON compensation_employmentdecision
    FOR EACH ROW EXECUTE FUNCTION public.compensation_employment_is_kept();
REVOKE DELETE, TRUNCATE ON compensation_employmentdecision FROM cqi_app;
"""

# No database clock: the plan's own first day is what counts.
PLAN_NEEDS_IT = """
CREATE FUNCTION public.compensation_plan_needs_employment() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.since IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.compensation_employmentdecision d
        WHERE d.agency_id = NEW.agency_id AND d.decided_on <= NEW.since
            AND (d.until IS NULL OR d.until > NEW.since)
    ) THEN
        RAISE EXCEPTION 'before a plan, it is decided how people are paid'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plan_needs_employment BEFORE INSERT OR UPDATE ON compensation_planversion
    FOR EACH ROW WHEN (
        NEW.since IS NOT NULL
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.compensation_plan_needs_employment();
"""


class Migration(migrations.Migration):
    dependencies = [("compensation", "0005_employment")]

    operations = [
        migrations.RunSQL(DECISION_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(PLAN_NEEDS_IT, migrations.RunSQL.noop),
    ]
