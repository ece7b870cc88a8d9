"""A document in force is sealed with its steps; what was sealed without any stays as it was."""

from importlib import import_module

from django.db import migrations

# The queries of all kinds stand in one function; the others stay as they were.
QUERIES = import_module("evidence.migrations.0002_rules_in_the_database").QUERIES
BEFORE = """
    ]::text[] AS facts
FROM public.documents_version kept"""
AFTER = """
    ]::text[] || ARRAY(
        SELECT jsonb_build_array(s.position, s.name, s.who_decides, s.consumers, s.feedback,
            s.appeal, s.measure)::text
        FROM public.documents_processstep s
        WHERE s.agency_id = $1 AND s.process_id = kept.id ORDER BY s.position
    ) AS facts
FROM public.documents_version kept"""


def _query(document: str) -> str:
    told = {code: query for code, (query, _recent) in QUERIES.items()} | {"document": document}
    cases = "\n".join(f"WHEN '{code}' THEN $q${query}$q$" for code, query in told.items())
    return f"""
CREATE OR REPLACE FUNCTION public.evidence_query(kind text) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE kind {cases} END
$$;
"""


DOCUMENT = QUERIES["document"][0]

# The words of a step were taken out: its version is sealed again.
WORDS = """
CREATE FUNCTION public.evidence_step_went() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF CURRENT_USER <> SESSION_USER THEN
        PERFORM public.evidence_unlink(OLD.agency_id, 'document', OLD.process_id, 'words');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER words_leave_their_seal
    AFTER UPDATE OF name, who_decides, consumers, feedback, appeal, measure
    ON public.documents_processstep
    FOR EACH ROW WHEN (current_setting('cqi.erasing', true) = 'on'
        AND ROW(OLD.name, OLD.who_decides, OLD.consumers, OLD.feedback, OLD.appeal, OLD.measure)
            IS DISTINCT FROM
            ROW(NEW.name, NEW.who_decides, NEW.consumers, NEW.feedback, NEW.appeal, NEW.measure))
    EXECUTE FUNCTION public.evidence_step_went();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_rules_in_the_database"),
        ("documents", "0003_steps_of_a_process"),
    ]

    operations = [
        migrations.RunSQL(_query(DOCUMENT.replace(BEFORE, AFTER)), _query(DOCUMENT)),
        migrations.RunSQL(WORDS, migrations.RunSQL.noop),
    ]
