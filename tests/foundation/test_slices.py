"""No list is cut silently: each slice in the product is known, with how the rest is shown."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import parsed

# By place, why a slice cuts no list whose rest somebody could miss.
TOLD = {
    "recovery/container.py:_hand_on": "bytes of a frame; the next ones stay",
    "recovery/encryption.py:read": "bytes of a piece; the next ones stay",
    "recovery/restoring.py:_expect_empty": "names of tables in a message with their number",
    "recovery/versions.py:expect_this_version": "names of migrations in a message",
    "recovery/versions.py:fingerprints": "digits of a fingerprint",
    "evidence/actions.py:prove": "the page says how many more there are",
    "evidence/words.py:words_of": "bits of a digest",
    "starters/beginning.py:filled": "letters of a blank, as many as its field takes",
    "concerns/envelopes.py:open_words": "bytes of a length; the words follow",
    "concerns/locking.py:receipt_keys": "half of a hash; the other half is the key",
    "concerns/locking.py:unbox": "bytes of a nonce; the content follows",
    "concerns/locking.py:unlock": "bytes of a salt; the content follows",
    "concerns/locking.py:": "bytes of a digest, as a salt",
    "satisfaction/round_keys.py:of": "bytes of a key; the others are the secret",
    "recovery/writing.py:table_frames": "bytes of a table; the next ones follow",
    "measures/charting/computing.py:before": "all points but one",
    "measures/charting/findings.py:_held": "the results of the start; all are drawn",
    "measures/charting/findings.py:_marked": "all phases but the last, which comes after them",
    "measures/charting/findings.py:column": "the lines of one chart, and after them another's",
    "cells/plans/diagram.py:_box": "lines of a text in a picture; the list beside it has it whole",
    "measures/numbers/forms.py:to_python": "the first mistakes of a box; the next ones follow",
    "measures/importing/columns.py:guess": "rows by which columns are guessed",
    "measures/importing/private.py:_by_other_heads": "letters of a heading",
    "measures/importing/reading.py:_head_at": "lines in which a heading is looked for",
    "measures/importing/reading.py:_lie_side_by_side": "rows by which a layout is told",
    "measures/importing/reading.py:_refuse_private": "lines in which a heading is looked for",
    "measures/importing/reading.py:_sheet": "columns that every row has",
    "measures/importing/actions.py:_take": "letters of a sheet's name",
    "measures/local/presenting.py:_numbers": "the page leads to all numbers",
    "measures/charting/reading.py:earlier_column": "the page says that the file has all",
    "measures/numbers/models.py:latest_charted": "the page says that the file has all",
    "measures/numbers/results.py:_latest": "the page says that the file has all",
    "measures/charting/reading.py:number_columns": "the page says that the file has all",
    "measures/numbers/validation.py:short": "letters of what was written, with a sign of more",
    "cells/overview/packet/contents.py:packet_of": "the paper says how many there are",
    "measures/importing/presenting.py:_changed": "the list says how many more there are",
    "measures/importing/presenting.py:_unlikely": "the list says how many more there are",
    "measures/importing/presenting.py:_wrong": "the list says how many more there are",
    "measures/importing/presenting.py:import_page": "the list says how many more there are",
    "measures/importing/views.py:columns": "rows to choose columns by; all are on the next page",
    "measures/numbers/finding.py:past_results": "results that a new one is held against",
    "cells/ideas/views/opportunities.py:_like": "those most alike, to be looked at first",
    "cells/ranking/views/rounds.py:write_down_ranking": "the page says how many more there are",
    "cqi_portal/health.py:_named": "says how many more there are",
    "dialogues/told_back/actions.py:quotes": "quotes in a message; the story has all",
    "documents/views/reading.py:_checked": "quotes as examples; how many would tell too much",
    "indicators/cards.py:card": "the card says how many more there are",
    "indicators/criteria.py:criteria": "the others are folded below",
    "accounts/actions/lists.py:_members": "letters of a name",
    "accounts/lists/reading.py:_column": "cells as examples of a column",
    "accounts/lists/reading.py:_headings_at": "lines in which headings are looked for",
    "accounts/lists/reading.py:_row": "letters of a cell; longer ones are refused",
    "accounts/lists/reading.py:phone_of": "digits of a number written with an exponent",
    "accounts/views/lists.py:_shown": "the page says how many more rows follow",
    "accounts/views/activity.py:rows_after": "the file goes on until it has all",
    "compensation/claims/presenting.py:_row": "the row says how many more go with the person",
    "compensation/claims/queue.py:_first_payees": "the first page of a list that has totals",
    "compensation/claims/queue.py:sums_after": "the file goes on until it has all",
    "compensation/ledger/views.py:rows_after": "the file goes on until it has all",
    "compensation/periods/reading.py:after": "the file goes on until it has all",
    "compensation/registers/reading.py:lines_after": "the file goes on until it has all",
    "notifications/actions/messages.py:tell": "letters of a title",
    "notifications/actions/messages.py:tell_all": "letters of a title",
    "safety/views/no_contact.py:orders": "columns of a table; earlier ones have no next review",
    "accounts/actions/users.py:_salt_of_nobody": "letters of a digest",
    "privacy/erasing/actions.py:_rid_of_names": "letters of a message's title",
    "privacy/erasing/reading.py:_shown": "words around a name; the text is read where it stands",
}
# The building blocks of pages.
FREE = ("foundation/",)


def cuts(path: Path, root: Path = ROOT) -> Iterator[str]:
    """Slices from the beginning with more than one item, by file and function."""
    tree = parsed(path.read_text())
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)):
            continue
        part, place = node.slice, node
        from_start = part.lower is None and part.step is None and part.upper is not None
        # [:1] is one row for a subquery, or the first letter.
        one = isinstance(part.upper, ast.Constant) and part.upper.value == 1
        if not from_start or one:
            continue
        at: ast.AST = place
        while at in parents and not isinstance(at, ast.FunctionDef):
            at = parents[at]
        yield f"{path.relative_to(root)}:{getattr(at, 'name', '')}"


def test_every_slice_says_how_the_rest_is_told() -> None:
    found = {
        each
        for path in sources(*APPS)
        for each in cuts(path)
        if not each.startswith((*FREE, "charts/"))
    }
    assert sorted(found - set(TOLD)) == [], "use foundation.paging: page_of() or few()"
    assert sorted(set(TOLD) - found) == [], "these are gone"


def test_a_planted_cut_is_found(tmp_path: Path) -> None:
    planted = tmp_path / "views.py"
    planted.write_text("def words(rows):\n    return list(rows.order_by('pk')[:SHOWN])\n")
    assert list(cuts(planted, tmp_path)) == ["views.py:words"]
    planted.write_text("def first(rows):\n    return Subquery(rows.values('pk')[:1])\n")
    assert not list(cuts(planted, tmp_path))
