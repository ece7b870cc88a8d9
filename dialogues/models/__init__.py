"""Dialogues, what is said in them, and what becomes of it."""

from dialogues.models.closing import SessionAnswer, SessionTurn, Side
from dialogues.models.dialogues import (
    Acknowledgement,
    Dialogue,
    DialogueKind,
    DialogueQuerySet,
    GroundRules,
    Stage,
    StageChange,
)
from dialogues.models.themes import (
    Disposition,
    DispositionKind,
    Reply,
    Theme,
    ThemeQuerySet,
    Words,
)
from dialogues.models.voices import Contribution, Prompt, Voice, VoiceDoor

__all__ = [
    "Acknowledgement",
    "Contribution",
    "Dialogue",
    "DialogueKind",
    "DialogueQuerySet",
    "Disposition",
    "DispositionKind",
    "GroundRules",
    "Prompt",
    "Reply",
    "SessionAnswer",
    "SessionTurn",
    "Side",
    "Stage",
    "StageChange",
    "Theme",
    "ThemeQuerySet",
    "Voice",
    "VoiceDoor",
    "Words",
]
