"""Rows of the demo’s record, and what an attacker changes in them past all triggers."""

POSTING = "SELECT id FROM compensation_posting WHERE kind = 'paid' ORDER BY id LIMIT 1 OFFSET 3"
SEAT = "SELECT id FROM groups_seat WHERE until IS NULL ORDER BY id LIMIT 1 OFFSET 5"
SETTING = "SELECT id FROM foundation_policychange ORDER BY id LIMIT 1"
SNAPSHOT = "SELECT snapshot_id FROM oversight_review WHERE status = 'closed'"
FINDING = "SELECT id FROM oversight_finding ORDER BY id LIMIT 1"
IN_FORCE = "SELECT id FROM documents_version WHERE in_force_on IS NOT NULL ORDER BY id LIMIT 1"

# What is changed in which row, and the kind of record that is found.
CHANGES = {
    "an amount": (
        "posting",
        POSTING,
        "UPDATE compensation_entry SET debit = debit + 1 WHERE debit > 0 AND posting_id = %s",
    ),
    "a payee": (
        "posting",
        POSTING,
        "UPDATE compensation_entry SET member_id = (SELECT max(id) FROM accounts_member)"
        " WHERE member_id IS NOT NULL AND posting_id = %s",
    ),
    "the day of a posting": (
        "posting",
        POSTING,
        'UPDATE compensation_posting SET "on" = "on" - 90 WHERE id = %s',
    ),
    "a line of a posting is gone": (
        "posting",
        POSTING,
        "DELETE FROM compensation_entry WHERE debit > 0 AND posting_id = %s",
    ),
    "a standing": (
        "seat",
        SEAT,
        "UPDATE groups_seat SET standing = CASE standing WHEN 'manager' THEN 'advisor'"
        " ELSE 'manager' END, employed_peer = false WHERE id = %s",
    ),
    "a standing, in all versions": (
        "seat",
        SEAT,
        "WITH live AS (UPDATE groups_seat SET standing = 'manager' WHERE id = %s RETURNING id)"
        " UPDATE groups_historicalseat h SET standing = 'manager' FROM live WHERE h.id = live.id",
    ),
    "a value": (
        "setting",
        SETTING,
        "UPDATE foundation_policychange SET value = '77'::jsonb WHERE id = %s",
    ),
    "the day of a setting": (
        "setting",
        SETTING,
        "UPDATE foundation_policychange SET since = since - 60, made_on = made_on - 60"
        " WHERE id = %s",
    ),
    "what was frozen, with its checksum": (
        "snapshot",
        SNAPSHOT,
        "UPDATE indicators_frozensnapshot SET text = text || ' ', checksum = encode(sha256("
        "convert_to(text || ' ', 'UTF8')), 'hex') WHERE id = %s",
    ),
    "a finding": (
        "finding",
        FINDING,
        "UPDATE oversight_finding SET text = 'All is well.' WHERE id = %s",
    ),
    "a document": (
        "document",
        IN_FORCE,
        "UPDATE documents_version SET text = text || ' But not always.' WHERE id = %s",
    ),
    "a step of a process": (
        "document",
        "SELECT process_id FROM documents_processstep ORDER BY id LIMIT 1",
        "UPDATE documents_processstep SET who_decides = 'The manager.' WHERE process_id = %s",
    ),
    "the terms of a charter": (
        "document",
        "SELECT charter_id FROM documents_charterterms ORDER BY id LIMIT 1",
        "UPDATE documents_charterterms SET quorum_percent = 1 WHERE charter_id = %s",
    ),
}
