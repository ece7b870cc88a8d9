"""How long home shows what came in while away, limits on texts, and when they wait."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Unit, area, register

area("notifications", _("Messages"))

BACK = register(
    Limit(
        "notifications.back",
        _("Days in which home shows what came in while somebody was away"),
        Unit.DAYS,
        30,
    )
)
TEXT_CODE = register(
    Limit("notifications.text_code", _("Minutes that a code sent by text works"), Unit.MINUTES, 15)
)
TEXT_CODE_TRIES = register(
    Limit("notifications.text_code_tries", _("Tries to enter a code sent by text"), Unit.COUNT, 5)
)
TEXT_CODES_IN = register(
    Limit("notifications.text_codes_in", _("Hours in which those are counted"), Unit.HOURS, 24)
)
TEXT_CODES = register(
    Limit(
        "notifications.text_codes",
        _("Codes for one person in them"),
        Unit.COUNT,
        5,
    )
)
TEXT_CODES_OF_ONE = register(
    Limit(
        "notifications.text_codes_of_one",
        _("Codes that one person has texted to one number in them"),
        Unit.COUNT,
        3,
    )
)
TEXT_CODES_TO_ONE = register(
    Limit(
        "notifications.text_codes_to_one",
        _("Codes to one number in them, whoever asks; each person gets one in any case"),
        Unit.COUNT,
        12,
    )
)
QUIET_FROM = register(
    Limit("notifications.quiet_from", _("Hour from which texts wait"), Unit.COUNT, 20)
)
QUIET_UNTIL = register(
    Limit("notifications.quiet_until", _("Hour until which texts wait"), Unit.COUNT, 9)
)
TEXTS_LATE = register(
    Limit(
        "notifications.texts_late",
        _("Days in which texts that could not be sent are shown"),
        Unit.DAYS,
        7,
    )
)
