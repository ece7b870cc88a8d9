"""A charter in force is sealed with its terms; what was sealed without any stays as it was."""

from importlib import import_module

from django.db import migrations

STEPS = import_module("evidence.migrations.0003_steps_of_a_process")
DOCUMENT = STEPS.DOCUMENT.replace(STEPS.BEFORE, STEPS.AFTER)
BEFORE = """
    ) AS facts
FROM public.documents_version kept"""
AFTER = """
    ) || ARRAY(
        SELECT jsonb_build_array('terms', t.seats_consumers, t.seats_family, t.seats_staff,
            t.seats_others, t.term_months, t.terms_in_a_row, t.quorum_percent, t.quorum_consumers,
            t.decides_by, t.chair, t.co_chair, t.note_taker, t.grounds, t.powers, t.budget,
            t.disputes, t.minutes_to_board, t.minutes_to_program, t.minutes_to_public)::text
        FROM public.documents_charterterms t
        WHERE t.agency_id = $1 AND t.charter_id = kept.id
    ) AS facts
FROM public.documents_version kept"""

# Words of the terms were taken out: their version is sealed again.
WORDS = """
CREATE FUNCTION public.evidence_terms_went() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF CURRENT_USER <> SESSION_USER THEN
        PERFORM public.evidence_unlink(OLD.agency_id, 'document', OLD.charter_id, 'words');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER words_leave_their_seal
    AFTER UPDATE OF grounds, powers, budget, disputes ON public.documents_charterterms
    FOR EACH ROW WHEN (current_setting('cqi.erasing', true) = 'on'
        AND ROW(OLD.grounds, OLD.powers, OLD.budget, OLD.disputes)
            IS DISTINCT FROM ROW(NEW.grounds, NEW.powers, NEW.budget, NEW.disputes))
    EXECUTE FUNCTION public.evidence_terms_went();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0003_steps_of_a_process"),
        ("documents", "0004_terms_of_a_charter"),
    ]

    operations = [
        migrations.RunSQL(
            STEPS._query(DOCUMENT.replace(BEFORE, AFTER)),  # noqa: SLF001
            STEPS._query(DOCUMENT),  # noqa: SLF001
        ),
        migrations.RunSQL(WORDS, migrations.RunSQL.noop),
    ]
