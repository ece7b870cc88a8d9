"""Dialogues, their stages, ground rules and open addresses."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.history import History
from foundation.models import Door, Key, OneKey, TenantModel, TenantQuerySet
from foundation.transitions import StatefulModel, Transitions
from groups.models import Group, Office

FACILITATING_OFFICES = frozenset({Office.FACILITATOR, Office.CO_FACILITATOR})
GROUND_RULES = _(
    "We speak for ourselves.\n"
    "We listen until the other person has finished.\n"
    "What is said here stays here. What we learn may be shared, without names.\n"
    "Nobody has to speak. Anyone may take a break.\n"
    "We do not talk about anyone's diagnosis, medication or treatment.\n"
    "What is said here changes nobody's care and nobody's job."
)


class DialogueKind(models.TextChoices):
    OPEN = "open", _("Open dialogue")
    FOCUSED = "focused", _("Focused dialogue")


class Stage(models.TextChoices):
    GATHERING = "gathering", _("Speaking and listening")
    IDENTIFYING = "identifying", _("Finding what to make better")
    METHODS = "methods", _("Talking about how")
    INTEGRATED = "integrated", _("Part of how we improve things")


# An open dialogue has one stage; a focused one advances step by step.
FIRST_STAGE = {DialogueKind.OPEN: Stage.GATHERING, DialogueKind.FOCUSED: Stage.IDENTIFYING}
NEXT_STAGE = {Stage.IDENTIFYING: Stage.METHODS, Stage.METHODS: Stage.INTEGRATED}


class DialogueQuerySet(TenantQuerySet["Dialogue"]):
    def visible_to(self, member: Member, on: date) -> "DialogueQuerySet":
        """Dialogues whose existence the member may know of today."""
        groups = Group.objects.within(member.agency).visible_to(member, on)
        return self.filter(group__in=groups)

    def open(self, on: date) -> "DialogueQuerySet":
        """Dialogues open on that day."""
        still = Q(group__closed=None) | Q(group__closed__gt=on)
        return self.filter(still, group__opened__lte=on)


class Dialogue(StatefulModel):
    """Consumers and providers who speak frankly with each other, outside treatment."""

    subject_code = "dialogue"
    moves = Transitions(
        field="stage",
        first=frozenset(FIRST_STAGE.values()),
        moves={stage: frozenset({following}) for stage, following in NEXT_STAGE.items()},
    )

    group = OneKey(Group, related_name="+")
    kind = models.CharField(max_length=10, choices=DialogueKind.choices)
    concern = models.TextField(
        blank=True, help_text=_("The one issue that a focused dialogue is about.")
    )
    grew_from = Key("self", null=True, blank=True, related_name="grown")
    stage = models.CharField(max_length=15, choices=Stage.choices)
    version = models.PositiveIntegerField(default=1, db_default=1)
    history = History()

    objects: ClassVar[Door[DialogueQuerySet]] = Door(DialogueQuerySet)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DialogueKind.values), name="dialogue_kind"),
            models.CheckConstraint(
                condition=Q(kind="open", concern="") | (Q(kind="focused") & ~Q(concern="")),
                name="dialogue_focused_on_a_concern",
            ),
            models.CheckConstraint(
                condition=Q(kind="open", stage="gathering")
                | Q(kind="focused", stage__in=["identifying", "methods", "integrated"]),
                name="dialogue_stage_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(grew_from=None) | ~Q(grew_from=models.F("id")),
                name="dialogue_grew_from_another",
            ),
        ]

    def __str__(self) -> str:
        return self.group.name

    @property
    def next_stage(self) -> Stage | None:
        return NEXT_STAGE.get(Stage(self.stage))


class StageChange(TenantModel):
    """A dialogue's arrival at a stage, on a day."""

    dialogue = Key(Dialogue, related_name="stage_changes")
    stage = models.CharField(max_length=15, choices=Stage.choices)
    on = models.DateField()
    by = Key(Member, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "dialogue", "stage"], name="stage_reached_once"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_change_stage"),
        ]

    def __str__(self) -> str:
        return self.stage


class GroundRules(TenantModel):
    """One version of a dialogue's ground rules; a new version is a new row."""

    dialogue = Key(Dialogue, related_name="ground_rules")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    since = models.DateField()
    by = Key(Member, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "dialogue", "number"], name="ground_rules_number"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="ground_rules_say_something"),
        ]

    def __str__(self) -> str:
        return f"ground rules {self.number}"


class Acknowledgement(TenantModel):
    """A member's confirmation of one version of the ground rules."""

    rules = Key(GroundRules, related_name="acknowledgements")
    member = Key(Member, related_name="+")
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "rules", "member"], name="ground_rules_acknowledged_once"
            )
        ]

    def __str__(self) -> str:
        return f"acknowledgement {self.pk}"


class VoiceDoor(TenantModel):
    """An open address for anonymous words, for one dialogue or the whole agency (no dialogue)."""

    subject_code = "voice_door"

    dialogue = Key(Dialogue, null=True, blank=True, related_name="doors")
    code = models.CharField(max_length=20, unique=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "dialogue"],
                condition=Q(closed_on=None),
                nulls_distinct=False,
                name="voice_door_one_open",
            )
        ]

    def __str__(self) -> str:
        return self.code
