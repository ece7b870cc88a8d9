from django.db import migrations

TRIGGERS = """
CREATE TRIGGER spends_token AFTER UPDATE OF spent ON satisfaction_surveyinvitation
    FOR EACH ROW WHEN (NEW.spent AND NOT OLD.spent) EXECUTE FUNCTION portal_spend_token();
CREATE TRIGGER spends_token AFTER UPDATE OF spent ON satisfaction_surveysheet
    FOR EACH ROW WHEN (NEW.spent AND NOT OLD.spent) EXECUTE FUNCTION portal_spend_token();
CREATE TRIGGER keeps_answer AFTER INSERT ON satisfaction_answer
    FOR EACH ROW EXECUTE FUNCTION portal_keep_answer();
CREATE TRIGGER keeps_answer AFTER INSERT ON satisfaction_comment
    FOR EACH ROW EXECUTE FUNCTION portal_keep_answer();
"""
BACK = """
DROP TRIGGER spends_token ON satisfaction_surveyinvitation;
DROP TRIGGER spends_token ON satisfaction_surveysheet;
DROP TRIGGER keeps_answer ON satisfaction_answer;
DROP TRIGGER keeps_answer ON satisfaction_comment;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0008_tokens_apart_from_answers"),
        ("satisfaction", "0003_nobody_goes_by_permissions"),
    ]

    operations = [migrations.RunSQL(TRIGGERS, BACK)]
