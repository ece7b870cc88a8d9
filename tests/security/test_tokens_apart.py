"""A token (a used code, a taken turn) and its answer share no transaction.

Each row bears the number of the transaction that wrote it, so both together would show a reader of
the whole database who gave which answer. A trigger on each table keeps them apart.
"""

import pytest
from django.apps import apps

from foundation.anonymity import AnonymousModel
from tests.owner import look

pytestmark = pytest.mark.django_db

# By table, what must never be written with the others.
TOKENS = {
    "satisfaction_surveycode": "portal_spend_token",
    "dialogues_sessionturn": "portal_spend_token",
}
ANSWERS = {
    "satisfaction_sealedanswer": "portal_keep_answer",
    "satisfaction_answer": "portal_keep_answer",
    "satisfaction_comment": "portal_keep_answer",
    "dialogues_sessionanswer": "portal_keep_answer",
}
# Nothing records that their author has had a turn.
WITHOUT_TOKEN = {
    "dialogues_voice": "whoever has the open door may speak as often as they like",
    "dialogues_appeal": "the receipt is the proof, and stands on the words themselves",
    "concerns_concern": "whoever may write may do so as often as they like",
    "concerns_concernmessage": "the receipt, or two readers' keys, are the proof",
    "cells_ballot": "it can be changed until the vote ends, and has a key of its own until then",
}


def guarded() -> dict[str, str]:
    """By table, the function that its trigger runs."""
    return dict(
        look(
            "SELECT tgrelid::regclass::text, tgfoid::regproc::text FROM pg_trigger"
            " WHERE tgfoid::regproc::text IN ('portal_spend_token', 'portal_keep_answer')"
            " AND tgenabled <> 'D'"
        )
    )


def test_each_token_and_each_answer_has_its_wall() -> None:
    assert guarded() == TOKENS | ANSWERS


def test_whatever_leads_to_nobody_is_a_token_an_answer_or_has_none() -> None:
    anonymous = {
        model._meta.db_table for model in apps.get_models() if issubclass(model, AnonymousModel)
    }
    assert anonymous == {*ANSWERS, *WITHOUT_TOKEN, "satisfaction_surveycode"}
