"""Questions of members about their pay, and the one answer to each."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import Member
from compensation.claims.models import Claim
from compensation.offers.models import Agreement
from compensation.payments.models import Payment
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet


class PayQuestionQuerySet(TenantQuerySet["PayQuestion"]):
    def open(self) -> "PayQuestionQuerySet":
        """Those without an answer."""
        assert self.agency is not None, "it needs within(agency)"
        answers = PayAnswer.objects.within(self.agency).filter(question=OuterRef("pk"))
        return self.filter(~Exists(answers))

    def to_tell(self) -> "PayQuestionQuerySet":
        """Those of people on paper whose answer nobody has told them yet."""
        assert self.agency is not None, "it needs within(agency)"
        answers = PayAnswer.objects.within(self.agency).filter(question=OuterRef("pk"))
        told = PayAnswerTold.objects.within(self.agency).filter(question=OuterRef("pk"))
        return self.exclude(entered_by=None).filter(Exists(answers), ~Exists(told))


class PayQuestion(TenantModel):
    """What a member asks about one line, one payment, or their pay in general.

    It is answered once, by `due_on`; whoever wants to know more asks again, after the answer that
    it `follows`. Rows are never changed.

    For somebody without a way to sign in, `entered_by` wrote it down, with how they said it.
    """

    subject_code = "pay_question"

    member = Key(Member, related_name="+")
    claim = Key(Claim, null=True, blank=True, related_name="+")
    payment = Key(Payment, null=True, blank=True, related_name="+")
    follows = Key("self", null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    entered_by = Key(Member, null=True, blank=True, related_name="+")
    said_how = models.CharField(
        max_length=10, choices=Agreement.choices, blank=True, default="", db_default=""
    )
    asked_on = models.DateField()
    due_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Door[PayQuestionQuerySet]] = Door(PayQuestionQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(claim=None) | Q(payment=None), name="pay_question_about_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")), name="pay_question_has_a_clock"
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None, said_how="")
                | (Q(entered_by__isnull=False, said_how__in=Agreement.values))
                & ~Q(entered_by=F("member")),
                name="pay_question_said_by_its_member",
            ),
            models.UniqueConstraint(
                fields=["agency", "follows"],
                condition=Q(follows__isnull=False),
                name="pay_question_followed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "member", "-id"], name="pay_question_member"),
            models.Index(
                fields=["agency", "-id"],
                condition=Q(entered_by__isnull=False),
                name="pay_question_on_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"question about pay {self.pk}"


class PayAnswer(TenantModel):
    """The answer to a question about pay, by one who approves or pays."""

    question = Key(PayQuestion, related_name="answers")
    words = models.CharField(max_length=1000)
    answered_on = models.DateField()
    by = Key(Member, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agency", "question"], name="pay_answer_once"),
            models.CheckConstraint(condition=~Q(words=""), name="pay_answer_in_words"),
        ]

    def __str__(self) -> str:
        return f"answer about pay {self.pk}"


class PayAnswerTold(TenantModel):
    """That somebody on paper got the answer to their question: by letter, or in words."""

    question = OneKey(PayQuestion, related_name="told")
    told_on = models.DateField()
    by = Key(Member, related_name="+")

    def __str__(self) -> str:
        return f"told {self.question_id}"
