"""Texts to print on the page of people: the letters that invite them."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest
from starters import rules
from starters.texts import TextCode


def letters(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    if rules.printing(request.member, TextCode.LETTER) is not None:
        return None
    return "starters/letters.html", {}


slots.register("accounts.people", letters)
