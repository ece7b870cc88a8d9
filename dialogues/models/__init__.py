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
from dialogues.models.readers import ProgramReader, ProgramReaderQuerySet, ReaderSide
from dialogues.models.silencing import (
    Appeal,
    AppealVote,
    Ended,
    Outcome,
    SilenceCode,
    Silencing,
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
    "Appeal",
    "AppealVote",
    "Contribution",
    "Dialogue",
    "DialogueKind",
    "DialogueQuerySet",
    "Disposition",
    "DispositionKind",
    "Ended",
    "GroundRules",
    "Outcome",
    "ProgramReader",
    "ProgramReaderQuerySet",
    "Prompt",
    "ReaderSide",
    "Reply",
    "SessionAnswer",
    "SessionTurn",
    "Side",
    "SilenceCode",
    "Silencing",
    "Stage",
    "StageChange",
    "Theme",
    "ThemeQuerySet",
    "Voice",
    "VoiceDoor",
    "Words",
]
