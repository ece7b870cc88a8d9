"""A checksum of a demo's contents, without keys and chance: equal for two builds of a day."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Member, Pause, RoleGrant, Standing
from cells.ideas.models import Opportunity
from cells.plans.models import ActionPlan, ActionStep, OutcomeStandard
from cells.ranking.models import RoundEntry
from compensation.claims.models import Claim
from compensation.ledger.models import Entry
from compensation.offers.models import Election
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from dialogues.dialogue.models import Dialogue
from dialogues.themes.models import Theme
from dialogues.told_back.models import Disposition, Reply
from dialogues.voices.models import Contribution, Voice
from documents.models import Ratification, Rating, Version
from foundation.models import Agency, TenantModel
from groups.models import Attendance, Decision, Group, Meeting, Position, Seat, SeatOffer
from indicators.models import IndicatorSnapshot
from measures.numbers.models import DataPoint
from oversight.models import (
    ApprovedMinutes,
    Finding,
    ManagementResponse,
    MinutesAddendum,
    Recommendation,
    Review,
)
from safety.models import Call, NoContact, OutsideContact
from satisfaction.models import Answer, SurveyRound

FIELDS: dict[type[TenantModel], str] = {
    Member: "name display_name since until",
    Standing: "member__name kind employed_peer since until",
    RoleGrant: "member__name role since until",
    Group: "kind name purpose opened closed",
    Seat: "group__name member__name standing voting office since until",
    SeatOffer: "group__name member__name state offered_on answered_on",
    Meeting: "group__name on status minutes",
    Attendance: "meeting__group__name meeting__on member__name standing hours",
    Decision: "group__name title text round status opened_on decided_on",
    Position: "decision__title round member__name choice reason on",
    Version: "document__kind number text proposed_on in_force_on",
    Ratification: "version__document__kind version__number body on",
    Rating: "version__document__kind version__number rater__name on",
    Opportunity: "cell__group__name title state raised_on state_on origin_words result told",
    # Not the place: chance decides it between equals.
    RoundEntry: "round__opened_on opportunity__title votes",
    ActionPlan: "opportunity__title aim status activated_on next_review_on",
    OutcomeStandard: "plan__opportunity__title measure__name baseline target target_on",
    ActionStep: "plan__opportunity__title what owner__name due status",
    DataPoint: "measure__name period numerator denominator",
    Dialogue: "group__name kind stage concern",
    Contribution: "dialogue__group__name author__name text on",
    Voice: "dialogue__group__name text on",
    Theme: "dialogue__group__name title harvested_on",
    Disposition: "theme__title kind on reason",
    Reply: "theme__title text on",
    PlanVersion: "number hourly_rate daily_cap since until ratified_on",
    Election: "member__name choice organization__name since until",
    Claim: "member__name kind status service_on amount due_on",
    Payment: "member__name paid_on method donated_to__name amount set_off reversed_on",
    Entry: "posting__kind posting__on account member__name debit credit",
    SurveyRound: "number opens closed_on invited answered",
    Answer: "round__number side scores",
    OutsideContact: "kind name phone address rule since until",
    Call: "member__name asked_on looked_on done_on",
    NoContact: "one__name other__name reason one_knows other_knows since until",
    Pause: "member__name reason since until",
    Review: "since status summary opened_on",
    ApprovedMinutes: "meeting__on open_text left_out approved_on",
    MinutesAddendum: "minutes__meeting__on number text written_on",
    Finding: "review__since indicator kind text",
    Recommendation: "title text status due answer_due",
    ManagementResponse: "recommendation__title answer reason given_on",
}


def digest(agency: Agency) -> str:
    """The checksum of all rows of FIELDS and of the indicators; dates as days ago."""
    today = agency.today()
    found = [
        (model, row)
        for model, fields in FIELDS.items()
        for row in model.objects.within(agency).values_list(*fields.split())
    ]
    newest = IndicatorSnapshot.objects.within(agency).newest()
    found += [(IndicatorSnapshot, (each.indicator, each.status)) for each in newest]
    lines = sorted(_line(model, row, today) for model, row in found)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _line(model: type[TenantModel], row: tuple[Any, ...], today: date) -> str:
    return json.dumps([model.__name__, *(_plain(value, today) for value in row)], sort_keys=True)


def _plain(value: Any, today: date) -> Any:
    if isinstance(value, date):
        return (today - value).days
    return str(value) if isinstance(value, Decimal) else value
