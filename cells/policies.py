"""Policy numbers of cells: deadlines of ideas, votes, partnership."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

area("cells", _("Cells and improvement ideas"))

TO_RANK = register(
    Policy("cells.to_rank", _("Days to rank an improvement idea"), Unit.DAYS, 60, 7, 366)
)
TO_PLAN = register(
    Policy("cells.to_plan", _("Days to start a plan for a chosen idea"), Unit.DAYS, 30, 7, 366)
)
TO_CONFIRM = register(
    Policy("cells.to_confirm", _("Days to confirm that an idea is done"), Unit.DAYS, 30, 7, 366)
)
VOTE_OPEN = register(
    Policy("cells.vote_open", _("Days a vote on ideas is usually open"), Unit.DAYS, 14, 1, 90)
)
IDEAS_OPEN = register(
    Policy("cells.ideas_open", _("Days ideas are usually gathered in silence"), Unit.DAYS, 7, 1, 90)
)
VOTE_LONGEST = register(
    Limit("cells.vote_longest", _("Days a vote can be open, at most"), Unit.DAYS, 90)
)
MATERIALS_AHEAD = register(
    Policy("cells.materials_ahead", _("Days papers come before a meeting"), Unit.DAYS, 5, 1, 30)
)
SIGNAL_MEETINGS = register(
    Policy("cells.signal_meetings", _("Days of meetings a signal looks at"), Unit.DAYS, 92, 30, 366)
)
SIGNAL_TURNOVER = register(
    Policy(
        "cells.signal_turnover", _("Days of turnover a signal looks at"), Unit.DAYS, 183, 30, 366
    )
)
SIGNAL_YEAR = register(
    Policy("cells.signal_year", _("Days of work a signal looks at"), Unit.DAYS, 365, 90, 731)
)
MEETINGS_BACK = register(
    Policy(
        "cells.meetings_back",
        _("Days of meetings offered for a look at a plan"),
        Unit.DAYS,
        60,
        7,
        366,
    )
)
BALLOTS = register(Limit("cells.ballots", _("Fewest ballots that close a vote"), Unit.COUNT, 3))
RANKED = register(Limit("cells.ranked", _("Fewest ideas that are ranked"), Unit.COUNT, 2))
VOTES_EACH = register(Limit("cells.votes_each", _("Votes each person has, at most"), Unit.COUNT, 5))
CARDS_EACH = register(
    Limit("cells.cards_each", _("Cards each person ranks, at most"), Unit.COUNT, 8)
)
LISTED = register(Limit("cells.listed", _("Ideas in one vote, at most"), Unit.COUNT, 50))
SPLIT = register(Limit("cells.split", _("Parts one idea is split into, at most"), Unit.COUNT, 5))
DRIVERS = register(Limit("cells.drivers", _("Drivers below one, at most"), Unit.COUNT, 8))
