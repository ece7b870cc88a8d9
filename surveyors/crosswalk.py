"""What accreditations and programs ask for, and where the packet answers it.

In our own words, with the edition that they were written for. Surveyors hold their own text against
it: wherever the two differ, theirs counts.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Requirement:
    """One thing that is asked for, and the parts of the packet that answer it, by code."""

    code: str
    asks: "StrPromise"
    answer: "StrPromise"
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """A book of requirements in one of its editions."""

    code: str
    title: "StrPromise"
    requirements: tuple[Requirement, ...]


EDITIONS = (
    Edition(
        "ccbhc",
        _("CCBHC certification criteria (SAMHSA, edition of March 2023)"),
        (
            Requirement(
                "6.b.1 people",
                _("People with lived experience and families take a real part in governing."),
                _(
                    "Consumers are more than half of those who vote in the oversight committee, "
                    "and one of them is in the chair. Indicators 3 and 7 look at this each day."
                ),
                ("dashboard", "charter", "decisions"),
            ),
            Requirement(
                "6.b.1 input",
                _(
                    "They have a say in what the community needs, in goals, services and quality, "
                    "in the budget, and in whom the program hires to lead it."
                ),
                _(
                    "The charter says what the committee decides on. What it decided, what it "
                    "recommended and what management answered is listed."
                ),
                ("charter", "decisions", "minutes", "recommendations"),
            ),
            Requirement(
                "6.b.1 results",
                _("What came of their say is told to them and to the public."),
                _("The Quarterly Accounts tell it, in the words of the committee’s consumers."),
                ("accounts", "recommendations"),
            ),
            Requirement(
                "5.b.1",
                _("There is a plan for continuous quality improvement, and it is reviewed."),
                _(
                    "The process is written down, was adopted by two bodies, and has a day of its "
                    "next review."
                ),
                ("process", "settings"),
            ),
            Requirement(
                "5.b.2",
                _("The plan works with numbers, and changes are judged by what they did."),
                _("Seven indicators are worked out each day, and each review is kept as it was."),
                ("dashboard", "months", "reviews"),
            ),
            Requirement(
                "5.b.3",
                _("What people who use services say of them is asked for and used."),
                _("Surveys are answered under seal; results are shown only for enough answers."),
                ("surveys",),
            ),
        ),
    ),
    Edition(
        "carf",
        _("CARF, Behavioral Health Standards Manual (2026), section 1"),
        (
            Requirement(
                "Input",
                _("The organization asks the people it serves for their views, and uses them."),
                _("Dialogues lead to recommendations; surveys are asked and their results told."),
                ("surveys", "recommendations", "accounts"),
            ),
            Requirement(
                "Leadership",
                _("Who leads is accountable to the people served and to others who take part."),
                _("Management answers each recommendation with reasons, within a time."),
                ("recommendations", "reviews"),
            ),
            Requirement(
                "Measurement",
                _("There is a system that measures how the organization does."),
                _("Each indicator says its rule, its goal and since when both hold."),
                ("dashboard", "months", "settings"),
            ),
            Requirement(
                "Improvement",
                _("Results are looked at, acted on, and told."),
                _("Each quarter the committee reviews them; findings and answers are listed."),
                ("reviews", "recommendations", "accounts"),
            ),
            Requirement(
                "Rights",
                _("Rights and privacy of the people served are protected."),
                _(
                    "What the portal promises, and what it does not protect against, is on a page "
                    "that everybody can open: “What we promise”. Nothing in this packet names "
                    "anybody who uses services."
                ),
                (),
            ),
        ),
    ),
    Edition(
        "jc",
        _("The Joint Commission, Behavioral Health Care and Human Services (2026)"),
        (
            Requirement(
                "Performance improvement",
                _("The organization collects data, looks at it and improves by it."),
                _("Indicators by day and month, with the reviews that looked at them."),
                ("dashboard", "months", "reviews"),
            ),
            Requirement(
                "Leadership",
                _("Leaders involve the people served in planning and in judging services."),
                _("A committee directed by consumers reviews the program under its charter."),
                ("charter", "decisions", "minutes", "reviews"),
            ),
            Requirement(
                "Experience of care",
                _("The experience of the people served is measured and acted on."),
                _("Surveys with their results over time, and what was recommended from them."),
                ("surveys", "recommendations"),
            ),
            Requirement(
                "Records",
                _("Records stay whole, and a change can be found."),
                _("Eight words stand for all records up to a day; checksums for each file here."),
                ("seal",),
            ),
        ),
    ),
)
