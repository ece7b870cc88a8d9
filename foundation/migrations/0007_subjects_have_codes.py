"""What events are about is written by a code that outlives the model's name and its app."""

from django.db import migrations

# Measures were in `cells` for a while, and events of then say so.
CODES = {
    "accounts.consent": "consent",
    "accounts.invitation": "invitation",
    "accounts.member": "member",
    "accounts.pause": "pause",
    "accounts.rolegrant": "role_grant",
    "accounts.standing": "standing",
    "cells.actionplan": "action_plan",
    "cells.actionstep": "action_step",
    "cells.cell": "cell",
    "cells.importdraft": "import_draft",
    "cells.measure": "measure",
    "cells.opportunity": "opportunity",
    "cells.pdsacycle": "small_test",
    "cells.priorityround": "priority_round",
    "compensation.claim": "claim",
    "compensation.offer": "offer",
    "compensation.organization": "organization",
    "compensation.payment": "payment",
    "compensation.planversion": "payment_plan_version",
    "dialogues.contribution": "contribution",
    "dialogues.dialogue": "dialogue",
    "dialogues.programreader": "program_reader",
    "dialogues.theme": "theme",
    "dialogues.voicedoor": "voice_door",
    "documents.version": "document_version",
    "foundation.event": "event",
    "foundation.policychange": "policy_change",
    "groups.attendance": "attendance",
    "groups.decision": "decision",
    "groups.group": "group",
    "groups.meeting": "meeting",
    "groups.motion": "motion",
    "groups.resolution": "resolution",
    "groups.seat": "seat",
    "groups.seatoffer": "seat_offer",
    "groups.zonechange": "zone_change",
    "measures.importdraft": "import_draft",
    "measures.measure": "measure",
    "notifications.email": "email",
    "oversight.finding": "finding",
    "oversight.recommendation": "recommendation",
    "oversight.review": "review",
    "safety.call": "call",
    "safety.nocontact": "no_contact",
    "safety.outsidecontact": "outside_contact",
    "satisfaction.surveyround": "survey_round",
}
# In the order of the codes above the later one stays: where measures are now.
PRESENT = {code: label for label, code in CODES.items()}


# No trigger keeps these from being written: only the way of saying it changes. No check of a key
# is left for later: a row that is written twice has one, and its table is then not altered.
COLUMN = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE {table} DISABLE TRIGGER USER;
UPDATE {table} SET {column} = named.after
    FROM (VALUES {names}) AS named (before, after) WHERE {column} = named.before;
ALTER TABLE {table} ENABLE TRIGGER USER;
"""
# The subject of a decision, which its events repeat.
DATA = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE foundation_event DISABLE TRIGGER USER;
UPDATE foundation_event
    SET data = jsonb_set(data, ARRAY['subject_type'], to_jsonb(named.after))
    FROM (VALUES {names}) AS named (before, after) WHERE data->>'subject_type' = named.before;
ALTER TABLE foundation_event ENABLE TRIGGER USER;
"""


def rows(names: dict[str, str]) -> str:
    """The names and those in their place, as rows of SQL."""
    return ", ".join(f"('{before}', '{after}')" for before, after in names.items())


def renamed(table: str, column: str, names: dict[str, str]) -> str:
    """The SQL by which a column says the one instead of the other."""
    return COLUMN.format(table=table, column=column, names=rows(names))


def renamed_in_data(names: dict[str, str]) -> str:
    return DATA.format(names=rows(names))


class Migration(migrations.Migration):
    dependencies = [("foundation", "0006_unused_permissions_go")]

    operations = [
        migrations.RunSQL(
            renamed("foundation_event", "subject_type", CODES) + renamed_in_data(CODES),
            renamed("foundation_event", "subject_type", PRESENT) + renamed_in_data(PRESENT),
        ),
    ]
