"""Words of people's lists, in English and Spanish: headings, roles, and what is never kept."""

import re
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from foundation.sheets.headings import BIRTHS, PERSON, RECORDS, folded, kind_of_heading


class Column(models.TextChoices):
    """What a column of a list holds."""

    NAME = "name", _("Full name")
    FIRST = "first", _("First name")
    LAST = "last", _("Last name")
    SHOWN = "shown", _("ChosenInvitation name, shown to others")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    CONTACT = "contact", _("E-mail or phone")
    ROLE = "role", _("Role")


class WhyLeftOut(StrEnum):
    """Why a column is not kept."""

    STANDING = "standing"
    HEALTH = "health"
    RECORDS = "records"
    BIRTHS = "births"
    OTHER = "other"


STANDING = _("how people take part")
HEALTH = _("health, legal or benefit information")

_HEADINGS: dict[Column, str] = {
    Column.NAME: r"names?|full name|nombre( completo)?|nombres? y apellidos?|"
    + PERSON
    + r"s? names?",
    Column.FIRST: r"first( name)?|given name|nombres|primer nombre|nombre de pila",
    Column.LAST: r"last( name)?|surname|family name|apellidos?|primer apellido",
    Column.SHOWN: (
        r"(preferred|chosen|display|nick) ?name|goes by|name shown( to others)?|alias|apodo|"
        r"nombre (elegido|preferido|mostrado)"
    ),
    Column.EMAIL: (
        r"(e ?mail|mail)s?( address(es)?)?|correos?( electronicos?)?|"
        r"direccion de correo( electronico)?"
    ),
    Column.PHONE: (
        r"((cell|mobile|tele|home|work|daytime) ?)?phone( numbers?| nos?)?|cell|mobile|tel|"
        r"(numero de )?telefono|celular|(telefono )?movil"
    ),
    Column.CONTACT: (
        r"contact( info(rmation)?)?|how to reach them|contacto|"
        r"(e ?mail|correo) (or|o) (phone|telefono)"
    ),
    Column.ROLE: r"roles?( in the portal)?|rol(es)?( en el portal)?",
}
_STANDING_HEADING = re.compile(
    r".*\b(consumers?|consumidor(a|es|as)?|providers?|proveedor(a|es|as)?|famil(y|ies|ia|iar|iares)|"
    r"standing|peers?|pares?|clients?|clientes?|patients?|pacientes?|takes? part as|"
    r"participa como|uses services|usa servicios|staff|personal)\b.*"
)
_HEALTH_HEADING = re.compile(
    r".*\b(diagnos[a-z]*|dx|icd( 10)?|dsm|medications?|meds|medicamentos?|medicinas?|allerg[a-z]*|"
    r"alergias?|treatments?|tratamientos?|legal status|situacion legal|probation|parole|insurance|"
    r"seguro( medico)?|benefits?|beneficios|ssi|ssdi|disabilit[a-z]*|discapacidad|substance|"
    r"gender|genero|sex|sexo|race|raza|ethnicity|immigration|inmigracion)\b.*"
)
_SOCIAL = re.compile(r"social( security)?( number| no)?|ss ?#?")

_ROLES: dict[Role, str] = {
    Role.ADMINISTRATOR: r"admin(istrator|istrador|istradora)?s?",
    Role.FACILITATOR: r"(co ?)?facilitador(a)?|(co ?)?facilitators?",
    Role.APPROVER: r"(payment )?approvers?|aprobador(a)?( de pagos)?",
    Role.PAYER: r"payers?|pagador(a)?",
    Role.COMMITTEE: r"(oversight )?committee( member)?|(miembro del )?comite( de supervision)?",
    Role.MANAGEMENT: r"management|gerencia|direccion",
}
_NO_ROLE = re.compile(
    r"no( role)?|none|n/?a|-+|members?|participants?|miembros?|participantes?|ningun[oa]?|sin rol|"
    r"nada"
)
# What people are here belongs to them: such words are not kept, wherever they stand.
_STANDING = re.compile(
    r"(primary )?consumers?|consumidor(a|es|as)?|clients?|clientes?|patients?|pacientes?|"
    r"person who uses services|uses services|usuari[oa]s?( de servicios)?|famil(y|ia|iar)|"
    r"family members?|miembro de (la )?familia|providers?|proveedor(a|es|as)?|staff|personal|"
    r"front ?line staff|clinicians?|peers?|peer (worker|specialist|support)s?|par(es)?|"
    r"prefer not to say|prefiere no decir"
)
_SPLIT = re.compile(r"\s*(?:[,;/&+|\n]|\band\b|\by\b)\s*", re.IGNORECASE)


def column_of(heading: str) -> Column | None:
    plain = folded(heading)
    return next((each for each, words in _HEADINGS.items() if re.fullmatch(words, plain)), None)


def left_out_by(heading: str) -> WhyLeftOut:
    """Why a column under a heading that is none of ours is left out."""
    plain = folded(heading)
    what = kind_of_heading(heading)
    if what is BIRTHS:
        return WhyLeftOut.BIRTHS
    if what is RECORDS or _SOCIAL.fullmatch(plain):
        return WhyLeftOut.RECORDS
    if _HEALTH_HEADING.fullmatch(plain):
        return WhyLeftOut.HEALTH
    return WhyLeftOut.STANDING if _STANDING_HEADING.fullmatch(plain) else WhyLeftOut.OTHER


def why_left_out(kind: WhyLeftOut) -> str | Promise:
    """What such a column holds; empty for one that merely isn't needed."""
    words: dict[WhyLeftOut, str | Promise] = {
        WhyLeftOut.STANDING: STANDING,
        WhyLeftOut.HEALTH: HEALTH,
        WhyLeftOut.RECORDS: RECORDS,
        WhyLeftOut.BIRTHS: BIRTHS,
    }
    return words.get(kind, "")


def is_standing(text: str) -> bool:
    return bool(text) and all(_STANDING.fullmatch(folded(part)) for part in parts(text))


def is_role(text: str) -> bool:
    return bool(text) and all(
        _role(part) or _NO_ROLE.fullmatch(folded(part)) or part == "-" for part in parts(text)
    )


def parts(text: str) -> list[str]:
    """The words of a cell that holds several roles."""
    return [part for part in _SPLIT.split(text.strip()) if part]


def without_standings(text: str) -> tuple[str, bool]:
    """A cell of roles without words for standings, and whether it held any."""
    said = parts(text)
    kept = [part for part in said if not _STANDING.fullmatch(folded(part))]
    return (text.strip() if len(kept) == len(said) else ", ".join(kept)), len(kept) < len(said)


def _role(word: str) -> Role | None:
    plain = folded(word)
    return next((role for role, words in _ROLES.items() if re.fullmatch(words, plain)), None)


def roles_of(text: str) -> tuple[tuple[Role, ...], list[str]]:
    """The roles that a cell names, and its words that are no role."""
    found: list[Role] = []
    unknown = []
    for part in parts(text):
        role = Role(part) if part in Role.values else _role(part)
        if role is not None:
            found.append(role)
        elif not _NO_ROLE.fullmatch(folded(part)) and part != "-":
            unknown.append(part)
    return tuple(dict.fromkeys(found)), unknown
