"""Guides for those who facilitate, handle payments and administer."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, Role
from cqi_portal.guides.steps import (
    CELLS,
    DASHBOARD,
    DIALOGUES,
    DOCUMENTS,
    GROUPS,
    PLAN,
    TEXTS,
    WAITING,
    Guide,
    GuidePart,
    GuideStep,
    needs,
)
from cqi_portal.navigation import NavigationLink

FACILITATOR = Guide(
    code="facilitator",
    title=_("What a facilitator does in a week"),
    lead=_(
        "Most of your time belongs to people, in meetings and in between. Less than an hour a week "
        "should go into the portal."
    ),
    roles=frozenset({Role.FACILITATOR}),
    parts=(
        GuidePart(
            _("Monday: look ahead"),
            (
                GuideStep(
                    _("Look at what is due"),
                    _("Numbers that are due, votes to close, themes without a next step."),
                    WAITING,
                ),
                GuideStep(
                    _("Prepare the next meeting"),
                    _(
                        "Ask who wants something on the agenda. Check who needs a ride or a "
                        "copy on paper."
                    ),
                    CELLS,
                ),
                GuideStep(
                    _("Call people who get no message"),
                    _("Some read no e-mail. A sheet says whom to call, and what to say."),
                    NavigationLink(
                        _("Open the calls of the coming days"), "groups:calls_this_week"
                    ),
                ),
                GuideStep(
                    _("Print what people need"),
                    _("Invitations, an agenda, ground rules, and a guide for those who lead."),
                    TEXTS,
                ),
            ),
        ),
        GuidePart(
            _("In the meeting"),
            (
                GuideStep(
                    _("Let everyone speak before anyone decides"),
                    _(
                        "Begin with the people who use services. Ask for objections, and work them "
                        "into the proposal. You need a quorum that includes consumers."
                    ),
                ),
                GuideStep(
                    _("Look at the chart together"),
                    _("Ask what people see before you say it. One point is no trend."),
                    NavigationLink(
                        _("Open measures"), "measures:measures", needs(Permission.FACILITATE)
                    ),
                ),
            ),
        ),
        GuidePart(
            _("Ten minutes after it"),
            (
                GuideStep(
                    _("Record the meeting"),
                    _(
                        "One page: who came, what you decided, the next date, one number. Pay "
                        "follows from it."
                    ),
                    CELLS,
                ),
                GuideStep(
                    _("Write the minutes"),
                    _(
                        "What was decided, who does what, and by when. No stories about "
                        "anyone’s life."
                    ),
                ),
                GuideStep(
                    _("Call whoever was missed"),
                    _("Ask how they are, and whether they would like to come next time."),
                ),
            ),
        ),
        GuidePart(
            _("During the week"),
            (
                GuideStep(
                    _("Read what people said"),
                    _(
                        "Do it with your co-facilitator. Gather it into themes, in people’s "
                        "own words."
                    ),
                    DIALOGUES,
                ),
                GuideStep(
                    _("Give each theme a next step, and reply"),
                    _("A cell takes it up, you answer it, or you set it aside and say why."),
                    DIALOGUES,
                ),
                GuideStep(
                    _("Enter the numbers"),
                    _("Enter what was counted, good or bad. Ask if a number looks odd."),
                    NavigationLink(
                        _("Open measures"), "measures:measures", needs(Permission.FACILITATE)
                    ),
                ),
                GuideStep(
                    _("Check on the steps"),
                    _("Ask those whose step is late what they need. Help or change the date."),
                    NavigationLink(_("Open the board of cells"), "cells:board"),
                ),
            ),
        ),
    ),
)
PAYMENTS = Guide(
    code="payments",
    title=_("What those who approve and pay do"),
    lead=_(
        "People have given their time, and many of them need the money this week. Two people see "
        "to it: one approves and another one pays."
    ),
    roles=frozenset({Role.APPROVER, Role.PAYER}),
    parts=(
        GuidePart(
            _("When you approve, once a week"),
            (
                GuideStep(
                    _("Open what waits to be approved"),
                    _("Attendance makes the lines by itself. The oldest come first."),
                    NavigationLink(
                        _("Open payments"),
                        "compensation:payments",
                        needs(Permission.SEE_PAYMENTS),
                    ),
                ),
                GuideStep(
                    _("Check and approve them together"),
                    _(
                        "Was the meeting held? Are the hours right? A review shows each person "
                        "with their sum. You can’t approve your own time."
                    ),
                ),
                GuideStep(
                    _("Send back what is not clear"),
                    _(
                        "Say what is missing. The person sees it, and the clock stops until "
                        "they reply."
                    ),
                ),
                GuideStep(
                    _("Refuse only with a reason"),
                    _("The person reads it. Nothing is turned down in silence."),
                ),
            ),
        ),
        GuidePart(
            _("When you pay, once a week"),
            (
                GuideStep(
                    _("Open what is approved"),
                    _("Pay those first whose day comes first."),
                    NavigationLink(
                        _("Open what is to be paid"),
                        "compensation:to_pay",
                        needs(Permission.SEE_PAYMENTS),
                    ),
                ),
                GuideStep(
                    _("Pay, then record it the same day"),
                    _(
                        "Record the date and how you paid. Type the number of the first check, "
                        "and the others count up. The person sees it at once."
                    ),
                ),
                GuideStep(
                    _("Mend a mistake by undoing it"),
                    _(
                        "Nothing is changed or deleted. You undo the payment and record the "
                        "right one."
                    ),
                    NavigationLink(
                        _("See what was paid"),
                        "compensation:paid",
                        needs(Permission.SEE_PAYMENTS),
                    ),
                ),
            ),
        ),
        GuidePart(
            _("At the end of the month"),
            (
                GuideStep(
                    _("Compare the books"),
                    _("Download the ledger, and hold it against the bank or the cash box."),
                    NavigationLink(
                        _("Open the ledger"),
                        "compensation:ledger",
                        needs(Permission.SEE_PAYMENTS),
                    ),
                ),
                GuideStep(
                    _("Say before you are away"),
                    _(
                        "Somebody else with your role has to step in, so that a vacation "
                        "stops no pay."
                    ),
                    NavigationLink(_("Say that you are away"), "accounts:away"),
                ),
                GuideStep(
                    _("Read the plan once more"),
                    _("It says what counts, what is paid back, and by when."),
                    PLAN,
                ),
            ),
        ),
    ),
)
ADMINISTRATOR = Guide(
    code="administrator",
    title=_("What an administrator does in the first month"),
    lead=_("Begin with people, and with paying them. The papers can follow."),
    roles=frozenset({Role.ADMINISTRATOR}),
    parts=(
        GuidePart(
            _("First week: make it safe"),
            (
                GuideStep(
                    _("Record the agreements"),
                    _("They have to be there before you invite anyone."),
                    NavigationLink(
                        _("Open agreements"),
                        "privacy:agreements",
                        needs(Permission.MANAGE_SETTINGS),
                    ),
                ),
                GuideStep(
                    _("Enter the outside contacts"),
                    _("Whom can people call outside the agency? What does your state’s law ask?"),
                    NavigationLink(
                        _("Open outside contacts"),
                        "safety:contacts",
                        needs(Permission.MANAGE_SETTINGS),
                    ),
                ),
                GuideStep(
                    _("Decide how time is paid"),
                    _("Ask whoever does your payroll. You can start from our text."),
                    NavigationLink(
                        _("Open the payment plan"),
                        "compensation:plan",
                        needs(Permission.MANAGE_COMPENSATION),
                    ),
                ),
            ),
        ),
        GuidePart(
            _("Second week: people"),
            (
                GuideStep(
                    _("Invite those who said yes"),
                    _(
                        "Ask people in person before you add them. Nobody learns from a list"
                        " that they were entered."
                    ),
                    NavigationLink(
                        _("Open people"), "accounts:people", needs(Permission.MANAGE_PEOPLE)
                    ),
                ),
                GuideStep(
                    _("Give the roles"),
                    _("You need a facilitator, someone who approves and someone else who pays."),
                    NavigationLink(
                        _("Open people"), "accounts:people", needs(Permission.MANAGE_PEOPLE)
                    ),
                ),
                GuideStep(
                    _("Find a second administrator"),
                    _("Some things need two of you. It also helps when one of you is away."),
                ),
            ),
        ),
        GuidePart(
            _("Third week: the first dialogue"),
            (
                GuideStep(
                    _("Print letters and a poster"),
                    _("One letter is for people who use services, one is for staff."),
                    TEXTS,
                ),
                GuideStep(
                    _("Let two people lead it"),
                    _("One uses services, one works here. Stay out of it yourself."),
                    DIALOGUES,
                ),
            ),
        ),
        GuidePart(
            _("Fourth week: the first cell, and the papers"),
            (
                GuideStep(
                    _("Open a cell from what was said"),
                    _("The facilitator does it, with people who want to work on it."),
                    NavigationLink(_("Open cells"), "cells:cells"),
                ),
                GuideStep(
                    _("Set up the committee and the governing body"),
                    _("People who use services choose who founds the committee."),
                    GROUPS,
                ),
                GuideStep(
                    _("Draft the mission, the process and the charter"),
                    _(
                        "Start from our texts, and change them together. The committee and "
                        "the board adopt them."
                    ),
                    DOCUMENTS,
                ),
                GuideStep(
                    _("Look at the dashboard"),
                    _("It shows what is still missing, and what to do next."),
                    DASHBOARD,
                ),
            ),
        ),
    ),
)
