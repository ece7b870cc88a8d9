"""Nobody could be paid what is written down for a former member whose name was erased."""

from django.db import migrations

# Erasing holds the row of the person for update, so that a line comes either before it, and is
# seen, or after it, and is refused.
REFUSE = """
CREATE FUNCTION public.claim_is_somebodys() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erased timestamptz;
BEGIN
    SELECT m.erased_at INTO erased FROM public.accounts_member m
        WHERE m.id = NEW.member_id FOR KEY SHARE;
    IF erased IS NOT NULL THEN
        RAISE EXCEPTION 'nothing is owed to a former member who was erased'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER claim_is_somebodys BEFORE INSERT ON compensation_claim
    FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION public.claim_is_somebodys();
"""
ALLOW = """
DROP TRIGGER claim_is_somebodys ON compensation_claim;
DROP FUNCTION public.claim_is_somebodys();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_those_who_left_before'),
        ('compensation', '0004_owed_before_days_were_kept'),
    ]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
