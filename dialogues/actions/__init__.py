"""The only write path for dialogues and what is said in them."""

from dialogues.actions.closing import answer_questions, forget_turns
from dialogues.actions.dialogues import (
    acknowledge,
    advance,
    close,
    grow,
    name_co_facilitator,
    open_dialogue,
    set_ground_rules,
)
from dialogues.actions.reading import end_reader, look, name_reader, show_name
from dialogues.actions.replies import dispose, reply, take_to_cell
from dialogues.actions.themes import add_words, harvest
from dialogues.actions.voices import (
    close_door,
    contribute,
    enter_for_someone,
    open_door,
    speak_anonymously,
    stir_contributions,
    stir_voices,
)

__all__ = [
    "acknowledge",
    "add_words",
    "advance",
    "answer_questions",
    "close",
    "close_door",
    "contribute",
    "dispose",
    "end_reader",
    "enter_for_someone",
    "forget_turns",
    "grow",
    "harvest",
    "look",
    "name_co_facilitator",
    "name_reader",
    "open_dialogue",
    "open_door",
    "reply",
    "set_ground_rules",
    "show_name",
    "speak_anonymously",
    "stir_contributions",
    "stir_voices",
    "take_to_cell",
]
