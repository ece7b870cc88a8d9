"""Guides for people who take part, and for the oversight committee."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from cqi_portal.guides.steps import (
    CALL,
    DASHBOARD,
    DOCUMENTS,
    GROUPS,
    MY_PAYMENTS,
    PLAN,
    RECOMMENDATIONS,
    SAY,
    WAITING,
    Guide,
    GuidePart,
    GuideStep,
)
from cqi_portal.navigation import NavigationLink

TAKING_PART = Guide(
    code="taking-part",
    title=_("Taking part: what you can do here"),
    lead=_("You can do as much or as little as you like. You can stop at any time."),
    parts=(
        GuidePart(
            _("Say what you think"),
            (
                GuideStep(
                    _("Tell us what it is like"),
                    _("What is good? What could be better? You can leave your name off."),
                    SAY,
                ),
                GuideStep(
                    _("Hear what came of it"),
                    _("We write back. You find the answer on your home page."),
                    NavigationLink(_("See what you said"), "dialogues:my_words"),
                ),
            ),
        ),
        GuidePart(
            _("Work on it with others"),
            (
                GuideStep(
                    _("Come to the meetings"),
                    _(
                        "Your home page shows the next one. If you can’t come, say so on "
                        "its page. You never have to say why."
                    ),
                    NavigationLink(_("See when groups meet"), "groups:calendar"),
                ),
                GuideStep(
                    _("Vote"),
                    _("Your vote counts as much as anyone’s. You can say no, and say why."),
                    WAITING,
                ),
                GuideStep(
                    _("See if it helped"),
                    _("Your cell tries a change and counts. The chart shows if it got better."),
                    NavigationLink(_("Open my cells"), "cells:cells"),
                ),
            ),
        ),
        GuidePart(
            _("Get paid"),
            (
                GuideStep(
                    _("Choose if you want to be paid"),
                    _(
                        "You can say no, or give it away. Ask a benefits counselor first if "
                        "you get benefits."
                    ),
                    PLAN,
                ),
                GuideStep(
                    _("Check that it came"),
                    _("Your pay is listed for each meeting. If something is wrong, tell us."),
                    MY_PAYMENTS,
                ),
            ),
        ),
        GuidePart(
            _("Keep control"),
            (
                GuideStep(
                    _("Choose the name that others see"),
                    _("You can use another name. You can see who looked at your data."),
                    NavigationLink(_("Open my account"), "accounts:me"),
                ),
                GuideStep(
                    _("Get help"),
                    _("Somebody can call you, or fill things in for you."),
                    CALL,
                ),
            ),
        ),
    ),
)
COMMITTEE = Guide(
    code="committee",
    title=_("What a committee member does in a quarter"),
    lead=_(
        "You look after the whole: are people heard, does it get better, does management answer?"
    ),
    roles=frozenset({Role.COMMITTEE}),
    parts=(
        GuidePart(
            _("Before the meeting"),
            (
                GuideStep(
                    _("Read the dashboard"),
                    _("Which of the seven indicators are met? Open one to see what it rests on."),
                    DASHBOARD,
                ),
                GuideStep(
                    _("Read the papers"),
                    _("If a word is not clear, ask. Others will be glad that you did."),
                    NavigationLink(_("Open reviews"), "oversight:reviews"),
                ),
                GuideStep(
                    _("Vote on what waits for you"),
                    _("New versions of documents, seats, and what can’t wait for the meeting."),
                    WAITING,
                ),
            ),
        ),
        GuidePart(
            _("In the meeting"),
            (
                GuideStep(
                    _("Say if you have an interest of your own"),
                    _(
                        "Say so first, and don’t vote on that item. What all of you share is"
                        " no conflict."
                    ),
                ),
                GuideStep(
                    _("Go through the indicators"),
                    _("The numbers are frozen for the meeting. Record what you find."),
                    NavigationLink(_("Open reviews"), "oversight:reviews"),
                ),
                GuideStep(
                    _("Recommend"),
                    _(
                        "Say what should change and why. All of you decide it. Then management "
                        "has to answer in writing."
                    ),
                    RECOMMENDATIONS,
                ),
            ),
        ),
        GuidePart(
            _("After the meeting"),
            (
                GuideStep(
                    _("Judge the answers"),
                    _(
                        "Does it answer what you asked? All of you decide: accept it, or send it "
                        "back with a reason."
                    ),
                    RECOMMENDATIONS,
                ),
                GuideStep(
                    _("Look at who decides"),
                    _(
                        "Does each group have enough people who use services? Is a seat "
                        "about to end?"
                    ),
                    GROUPS,
                ),
                GuideStep(
                    _("Rate the documents"),
                    _("Read the mission and the process against their checklists."),
                    DOCUMENTS,
                ),
                GuideStep(
                    _("Tell people"),
                    _(
                        "Tell the people you know what was said, what was done, and what was"
                        " refused."
                    ),
                    NavigationLink(_("Open the committee’s page"), "oversight:committee"),
                ),
            ),
        ),
    ),
)
