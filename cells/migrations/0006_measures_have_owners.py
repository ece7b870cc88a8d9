"""What a closed cell settles, and what is frozen, by the tables of measures and their owners."""

from django.db import migrations

OWNED = """
CREATE OR REPLACE FUNCTION public.cells_still_going_on(in_agency bigint, in_cell bigint) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT 'an idea' FROM public.cells_opportunity
        WHERE agency_id = in_agency AND cell_id = in_cell
            AND state IN ('raised', 'chosen', 'parked', 'closing')
    UNION ALL
    SELECT 'a vote' FROM public.cells_priorityround
        WHERE agency_id = in_agency AND cell_id = in_cell
            AND status IN ('gathering', 'talking', 'open')
    UNION ALL
    SELECT 'a plan' FROM public.cells_actionplan p
        JOIN public.cells_opportunity o ON o.id = p.opportunity_id
        LEFT JOIN public.cells_sustainplan w ON w.plan_id = p.id AND w.ended_on IS NULL
        WHERE p.agency_id = in_agency AND o.cell_id = in_cell AND (p.status IN ('draft', 'active')
            OR p.slipped_on IS NOT NULL AND p.left_on IS NULL AND w.id IS NULL)
    UNION ALL
    SELECT 'a step' FROM public.cells_actionstep s
        JOIN public.cells_actionplan p ON p.id = s.plan_id
        JOIN public.cells_opportunity o ON o.id = p.opportunity_id
        WHERE s.agency_id = in_agency AND o.cell_id = in_cell AND s.status IN ('to_do', 'started')
    UNION ALL
    SELECT 'a small test' FROM public.cells_pdsacycle t
        JOIN public.cells_actionplan p ON p.id = t.plan_id
        JOIN public.cells_opportunity o ON o.id = p.opportunity_id
        WHERE t.agency_id = in_agency AND o.cell_id = in_cell AND t.ended_on IS NULL
            AND t.broken_off_on IS NULL AND t.recorded_on IS NULL
    UNION ALL
    SELECT 'a measure' FROM public.measures_measure m
        JOIN public.cells_cell c ON c.group_id = m.owner_id
        WHERE m.agency_id = in_agency AND c.id = in_cell AND m.retired_on IS NULL
            AND NOT EXISTS (SELECT FROM public.cells_outcomestandard s
                JOIN public.cells_sustainplan w ON w.plan_id = s.plan_id
                WHERE s.measure_id = m.id AND w.ended_on IS NULL)
    LIMIT 1
$$;

CREATE OR REPLACE FUNCTION public.closed_cell_is_settled() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_group bigint;
    of_cell bigint;
    ended date;
    still text;
BEGIN
    IF TG_TABLE_NAME = 'groups_group' THEN
        SELECT id INTO of_cell FROM public.cells_cell WHERE group_id = NEW.id;
    ELSIF TG_TABLE_NAME = 'measures_measure' THEN
        SELECT id INTO of_cell FROM public.cells_cell WHERE group_id = NEW.owner_id;
    ELSIF TG_TABLE_NAME IN ('cells_opportunity', 'cells_priorityround') THEN
        of_cell := NEW.cell_id;
    ELSE
        SELECT o.cell_id INTO of_cell FROM public.cells_actionplan p
            JOIN public.cells_opportunity o ON o.id = p.opportunity_id
            WHERE p.id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    END IF;
    IF of_cell IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT group_id INTO of_group FROM public.cells_cell WHERE id = of_cell;
    -- Who begins something and who closes the cell wait for each other.
    SELECT closed INTO ended FROM public.groups_group WHERE id = of_group FOR SHARE;
    IF ended IS NULL THEN
        RETURN NULL;
    END IF;
    still := public.cells_still_going_on(NEW.agency_id, of_cell);
    IF still IS NOT NULL THEN
        RAISE EXCEPTION 'cell % is closed, and % still goes on in it', of_cell, still
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION public.baseline_is_locked() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was public.measures_datapoint := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
    now public.measures_datapoint := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    touched bigint;
BEGIN
    SELECT s.id INTO touched FROM public.cells_outcomestandard s
        JOIN public.cells_actionplan p ON p.id = s.plan_id
        WHERE s.agency_id = now.agency_id AND s.measure_id IN (was.measure_id, now.measure_id)
            AND least(was.period, now.period) <= s.baseline_through
            AND s.frozen_on IS NOT NULL AND p.activated_on IS NOT NULL
            AND NOT public.baseline_is_noted(s.agency_id, s.id)
        LIMIT 1;
    IF touched IS NOT NULL THEN
        RAISE EXCEPTION 'the baseline of standard % is frozen', touched
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cells", "0005_measures_leave"),
        ("measures", "0004_each_has_an_owner"),
    ]

    operations = [migrations.RunSQL(OWNED, migrations.RunSQL.noop)]
