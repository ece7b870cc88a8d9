"""Recommendations that awaited management's answer on a day, and the deadlines."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from oversight.models import ANSWERS, Judgement, ManagementResponse, Recommendation


def answers_due(agencies: Sequence[int], on: date) -> dict[int, dict[int, date]]:
    """By agency key and recommendation, the deadline of the pending answer; 3 queries.

    An answer counts from the day it was given, until it is sent back. Reports that something is
    carried out are none.
    """
    rows = ManagementResponse.objects.across(agencies).filter(answer__in=ANSWERS)
    answers = rows.filter(given_on__lte=on).order_by("pk")
    last_answer = dict(answers.values_list("recommendation_id", "pk"))
    judgements = Judgement.objects.across(agencies).filter(on__lte=on, answer_due__isnull=False)
    sent_back = dict(judgements.values_list("response_id", "answer_due"))
    due: dict[int, dict[int, date]] = defaultdict(dict)
    made = Recommendation.objects.across(agencies).filter(made_on__lte=on).order_by("pk")
    for agency, key, first in made.values_list("agency_id", "pk", "first_answer_due"):
        answer = last_answer.get(key)
        if answer is None:
            due[agency][key] = first
        elif (again := sent_back.get(answer)) is not None:
            due[agency][key] = again
    return due
