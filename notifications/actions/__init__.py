"""The only write path for messages, the outbox, and people's numbers for texts."""

from notifications.actions.messages import (
    post,
    post_digests,
    read,
    read_all,
    read_what_came,
    send_next,
    tell,
    tell_all,
    withdraw,
)
from notifications.actions.numbers import (
    ask_for_texts,
    choose_texts,
    confirm_number,
    forget_unconfirmed,
    stop_texts,
    stop_texts_of,
    stop_texts_to,
)
from notifications.actions.texts import post_texts, send_next_text

__all__ = [
    "ask_for_texts",
    "choose_texts",
    "confirm_number",
    "forget_unconfirmed",
    "post",
    "post_digests",
    "post_texts",
    "read",
    "read_all",
    "read_what_came",
    "send_next",
    "send_next_text",
    "stop_texts",
    "stop_texts_of",
    "stop_texts_to",
    "tell",
    "tell_all",
    "withdraw",
]
