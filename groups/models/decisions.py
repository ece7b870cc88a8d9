"""Proposals, with questions, positions, outcome and later reviews."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import DateField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models.groups import Group, Seat, SeatQuerySet
from groups.models.seating import How

if TYPE_CHECKING:
    from groups.models.motions import Motion


class DecisionStatus(models.TextChoices):
    OPEN = "open", _("Open")
    ADOPTED = "adopted", _("Adopted")
    NOT_ADOPTED = "not_adopted", _("Not adopted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RECORDED = "recorded", _("On paper, does not count yet")


class Way(models.TextChoices):
    """How a group comes to a decision."""

    CONSENT = "consent", _("By consent")
    WRITING = "writing", _("In writing between meetings")
    PAPER = "paper", _("On paper, written down afterwards")


class DecisionQuerySet(TenantQuerySet["Decision"]):
    def to_look_at(self, on: date) -> "DecisionQuerySet":
        """Adopted decisions whose review day has come."""
        return self.filter(status=DecisionStatus.ADOPTED, review_on__lte=on)

    def waited_for(self) -> "DecisionQuerySet":
        """Decisions that need something from somebody, now or on a day: a decision or a review."""
        agreed = Q(status=DecisionStatus.ADOPTED, review_on__isnull=False)
        return self.filter(Q(status=DecisionStatus.OPEN) | agreed)

    def to_tell(self) -> "DecisionQuerySet":
        """Decisions whose review day nobody was told about yet."""
        told = Q(reminded_of=models.F("review_on"))
        return self.filter(Q(reminded_of=None) | ~told)

    def in_writing(self) -> "DecisionQuerySet":
        """Decisions taken in writing between meetings."""
        return self.filter(way=Way.WRITING)

    def waived(self) -> "DecisionQuerySet":
        """Decisions taken without a consumer quorum, for the group's stated reason."""
        return self.filter(without_quorum=True)


class Decision(StatefulModel):
    """A proposal that a group decides by consent."""

    subject_code = "decision"
    moves = Transitions(
        first=frozenset({DecisionStatus.OPEN}),
        moves={
            DecisionStatus.OPEN: frozenset(
                {
                    DecisionStatus.ADOPTED,
                    DecisionStatus.NOT_ADOPTED,
                    DecisionStatus.WITHDRAWN,
                    DecisionStatus.RECORDED,
                }
            ),
            # It comes to count, or is deleted: open again if it was before, otherwise gone.
            DecisionStatus.RECORDED: frozenset(
                {
                    DecisionStatus.ADOPTED,
                    DecisionStatus.NOT_ADOPTED,
                    DecisionStatus.OPEN,
                    DecisionStatus.WITHDRAWN,
                }
            ),
            # Written down from paper and undone at once.
            DecisionStatus.ADOPTED: frozenset({DecisionStatus.WITHDRAWN}),
            DecisionStatus.NOT_ADOPTED: frozenset({DecisionStatus.WITHDRAWN}),
        },
    )

    group = Key(Group, related_name="decisions")
    title = models.CharField(max_length=200)
    text = models.TextField()
    fixed = models.BooleanField(
        default=False, help_text=_("What is proposed has its text elsewhere: no rewording here.")
    )
    round = models.PositiveSmallIntegerField(default=1)
    kept_inside = models.BooleanField(
        default=False, help_text=_("It is about a person: only the group reads it, agreed or not.")
    )
    caucus = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("Everybody is asked; only what consumers say counts, and nobody reads it."),
    )
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    proposed_by = Key(Member, related_name="+")
    opened_on = models.DateField()
    status = models.CharField(
        max_length=15, choices=DecisionStatus.choices, default=DecisionStatus.OPEN
    )
    way = models.CharField(
        max_length=10, choices=Way.choices, default=Way.CONSENT, db_default=Way.CONSENT
    )
    answers_until = models.DateField(
        null=True, blank=True, help_text=_("In writing: the last day for an answer.")
    )
    answers_reminded_of = models.DateField(
        null=True, blank=True, help_text=_("The last day of which people were reminded.")
    )
    lapsed = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("In writing: too few had answered by the last day."),
    )
    decided_on = models.DateField(null=True, blank=True)
    waiver = models.TextField(
        blank=True, help_text=_("Why the group went on before all had given their view.")
    )
    without_quorum = models.BooleanField(
        default=False, help_text=_("It was decided without enough consumers.")
    )
    outcome = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    reminded_of = models.DateField(
        null=True, blank=True, help_text=_("The review day of which people were told.")
    )
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[DecisionQuerySet]] = Door(DecisionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=DecisionStatus.values), name="decision_status"
            ),
            models.CheckConstraint(
                condition=Q(status="open", decided_on=None)
                | (~Q(status="open") & Q(decided_on__isnull=False)),
                name="decision_dated_when_decided",
            ),
            models.CheckConstraint(
                condition=Q(without_quorum=False) | ~Q(status="open"),
                name="decision_without_quorum_is_decided",
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="decision_way"),
            models.CheckConstraint(
                condition=Q(caucus=False) | Q(way="writing", kept_inside=True, fixed=True),
                name="decision_caucus_in_writing",
            ),
            models.CheckConstraint(
                condition=Q(way="writing", answers_until__isnull=False)
                | (~Q(way="writing") & Q(answers_until=None)),
                name="decision_in_writing_has_last_day",
            ),
            models.CheckConstraint(
                condition=Q(lapsed=False) | Q(way="writing", status="not_adopted"),
                name="decision_lapses_in_writing",
            ),
            models.CheckConstraint(
                condition=~Q(status="recorded") | Q(way="paper"), name="decision_recorded_on_paper"
            ),
            models.CheckConstraint(
                condition=Q(subject_type="", subject_id=None)
                | (~Q(subject_type="") & Q(subject_id__isnull=False)),
                name="decision_names_its_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "subject_type", "subject_id"], name="decision_subject")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def motion(self) -> "Motion | None":
        """The change of seats it decides on, if any; no query if it is loaded."""
        return next(iter(self.motions.all()), None)


class EarlierWording(TenantModel):
    """A proposal's text in an earlier round, before objections were worked in."""

    decision = Key(Decision, related_name="earlier_wordings")
    round = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    amended_by = Key(Member, related_name="+")
    amended_on = models.DateField()
    changed = models.TextField(
        blank=True, help_text=_("What was changed then, and why: how objections were worked in.")
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "decision", "round"], name="wording_once_per_round"
            )
        ]

    def __str__(self) -> str:
        return f"wording {self.pk}"


class DeclaredInterest(TenantModel):
    """A member's single interest in one decision: they take no part in it, and are not counted.

    An interest that a whole class shares is none. `text` is empty where it is written elsewhere.
    """

    decision = Key(Decision, related_name="interests")
    member = Key(Member, related_name="+")
    text = models.TextField(blank=True)
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "decision", "member"], name="interest_declared_once"
            ),
        ]

    def __str__(self) -> str:
        return f"interest {self.pk}"


class Choice(models.TextChoices):
    AGREE = "agree", _("I agree")
    RESERVATIONS = "reservations", _("I agree, with reservations")
    STAND_ASIDE = "stand_aside", _("I stand aside")
    OBJECT = "object", _("I object")


class PositionQuerySet(TenantQuerySet["Position"]):
    def current(self) -> "PositionQuerySet":
        """Current positions: of the decision's round, and not replaced by their member."""
        return self.filter(replaced_at=None, round=models.F("decision__round"))

    def of_voters(self, on: date, seats: SeatQuerySet | None = None) -> "PositionQuerySet":
        """Positions of members with a voting seat on the day of the decision.

        The seat is one of `seats`, if given. While the decision is open, that day is `on` (today).
        """
        assert self.agency is not None, "of_voters() needs within(agency)"
        day = Coalesce(OuterRef("decision__decided_on"), Value(on), output_field=DateField())
        held = Seat.objects.within(self.agency) if seats is None else seats
        held = held.voting().filter(
            Q(until=None) | Q(until__gt=day),
            since__lte=day,
            member=OuterRef("member"),
            group=OuterRef("decision__group"),
        )
        declared = DeclaredInterest.objects.within(self.agency).filter(
            decision=OuterRef("decision"), member=OuterRef("member")
        )
        return self.filter(Exists(held), ~Exists(declared))


class Position(TenantModel):
    """A voting member's answer to one round of a proposal; an objection gives its reason.

    A change of mind adds a row: earlier answers stay on record. Positions taken in a room and
    recorded from minutes may lack a reason, and a seat in the portal.
    """

    decision = Key(Decision, related_name="positions")
    round = models.PositiveSmallIntegerField()
    member = Key(Member, related_name="+")
    seat = Key(Seat, related_name="+", null=True, blank=True)
    from_minutes = models.BooleanField(default=False, db_default=False)
    unread = models.BooleanField(
        default=False, db_default=False, help_text=_("In a caucus: it is counted, and not read.")
    )
    choice = models.CharField(max_length=15, choices=Choice.choices)
    reason = models.TextField(blank=True)
    on = models.DateField()
    alternate = Key(
        Member,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Who said it in the member's place while the member was away."),
    )
    entered_by = Key(Member, related_name="+", null=True, blank=True)
    agreed_on = models.DateField(
        null=True, blank=True, help_text=_("When the member told who entered it.")
    )
    agreed_how = models.CharField(max_length=10, choices=How.choices, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Door[PositionQuerySet]] = Door(PositionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "decision", "round", "member"],
                condition=Q(replaced_at=None),
                name="position_once_per_round",
            ),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="position_choice"),
            models.CheckConstraint(
                condition=~Q(choice="object")
                | ~Q(reason="")
                | Q(from_minutes=True)
                | Q(unread=True),
                name="objection_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(unread=False) | Q(reason=""), name="position_unread_without_words"
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=False) | Q(from_minutes=True), name="position_from_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(alternate=None)
                | (~Q(alternate=models.F("member")) & Q(entered_by=None, seat__isnull=False)),
                name="position_of_alternate",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None, agreed_on=None, agreed_how="")
                | (
                    Q(entered_by__isnull=False, agreed_on__isnull=False)
                    & Q(agreed_how__in=How.values)
                    & ~Q(entered_by=models.F("member"))
                ),
                name="position_agreement_on_record",
            ),
        ]

    def __str__(self) -> str:
        return f"position {self.pk}"


class Question(TenantModel):
    """A question about a proposal, and its answer."""

    decision = Key(Decision, related_name="questions")
    round = models.PositiveSmallIntegerField()
    asked_by = Key(Member, related_name="+")
    asked_on = models.DateField()
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = Key(Member, related_name="+", null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="question_asks"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_on=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_on__isnull=False)),
                name="question_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class ReviewAnswer(models.TextChoices):
    KEEP = "keep", _("It stays as it is")
    CHANGE = "change", _("It needs to change")
    END = "end", _("It is over")


class DecisionReview(TenantModel):
    """A group's later review of its decision, and the finding."""

    decision = Key(Decision, related_name="reviews")
    on = models.DateField()
    by = Key(Member, related_name="+")
    finding = models.CharField(max_length=10, choices=ReviewAnswer.choices)
    note = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__in=ReviewAnswer.values), name="decision_review_finding"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="decision_review_says_why"),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"
