"""Checks of the register of personal data against the models."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts import access
from foundation import personal_data
from foundation.anonymity import AnonymousModel
from foundation.personal_data import (
    ClassedField,
    ClassedTable,
    OnErasing,
    What,
)

Column = models.Field[Any, Any]

# Links from people's rows to anonymous ones: each row has one of two, never both.
EITHER = {
    "dialogues_words.voice",
    "dialogues_silencing.voice",
    # Of those who read a concern, never of who wrote it.
    "concerns_concernpresence.concern",
    "concerns_concernseal.concern",
    "concerns_takenon.concern",
}
# Signed words have an author, and so has an appeal about them.
SIGNED_OR_NOT = {"dialogues_appeal"}
# Used turns, votes, invitations, unsigned words and what was done about them: a time there would
# link a person to an anonymous row.
BESIDE_UNNAMED = {
    "cells_ballotreceipt",
    "cells_silentidea",
    "dialogues_appeal",
    "dialogues_appealvote",
    "dialogues_contribution",
    "dialogues_sessionturn",
    "dialogues_silencing",
    "dialogues_words",
    "satisfaction_surveyinvitation",
}
# A key of this name says whose the row is, unless it is listed with a reason.
OWNERS = {"member", "author", "about", "rater", "user"}
NOT_OWNERS = {
    "safety_chosen.member": "whom the person chose; the row is of who asks to be contacted",
    "accounts_member.user": "the row is the person’s own",
}
# Rows whose subject is never a person: an idea comes from a theme, a permission is of a model.
NEVER_ABOUT_PEOPLE = {"cells_opportunity", "auth_permission"}
# Tables with people's names, addresses, standing or money that are read without logging. May only
# shrink.
NOT_LOGGED = {
    "accounts_user": "only the person reads it; how they sign in stands on their page, logged",
    "account_emailaddress": "only the person reads it; an invitation has its own address, logged",
    "groups_attendance": "counted only: no page says in what standing somebody came",
    "documents_rating": "counted only: no page says who rated in what standing",
    "dialogues_silencing": "of those who decided: pages say only from which side",
}
# Columns that could hold any text but hold no free text: codes, ids, numbers, titles of things.
# Checked one by one.
CODES = {
    "accounts_accesslog.what",
    "accounts_clip.ending",
    "accounts_clip.what",
    "accounts_member.language",
    "auth_group.name",
    "auth_permission.codename",
    "auth_permission.name",
    "cells_settlement.kind",
    "cells_touched.model",
    "compensation_fundcard.serial",
    "concerns_keyholder.mark",
    "concerns_keyholder.public_key",
    "compensation_organization.name",
    "compensation_runline.reference",
    "dialogues_silencing.agreed_side",
    "dialogues_silencing.asked_side",
    "dialogues_voicedoor.code",
    "django_content_type.app_label",
    "django_content_type.model",
    "documents_ratingitem.code",
    "foundation_agency.name",
    "foundation_agency.slug",
    "foundation_agency.timezone",
    "foundation_event.data",
    "foundation_event.name",
    "foundation_event.subject_type",
    "foundation_policychange.code",
    "foundation_policychange.value",
    "foundation_submission.location",
    "groups_cutseat.ending",
    "measures_localversion.counted",
    "groups_decision.subject_type",
    "groups_zonechange.after",
    "groups_zonechange.before",
    "compensation_accountingperiod.checksum",
    "compensation_ledgerproof.findings",
    "evidence_recordhead.digest",
    "quarterly_quarterlyaccount.checksum",
    "evidence_recordproof.digest",
    "evidence_recordproof.findings",
    "evidence_recordsalt.kind",
    "evidence_recordsalt.salt",
    "evidence_sealedrecord.digest",
    "evidence_sealedrecord.kind",
    "evidence_sealremoval.kind",
    "indicators_frozensnapshot.checksum",
    "indicators_indicatorsnapshot.criteria",
    "indicators_indicatorsnapshot.indicator",
    "indicators_stalemark.indicator",
    "indicators_indicatorsnapshot.settings",
    "measures_chartchoice.code",
    "measures_datapoint.values",
    "accounts_peoplelist.result",
    "measures_importdraft.result",
    "measures_measure.unit",
    "notifications_email.reason",
    "notifications_message.code",
    "oversight_review.sealed_digest",
    "privacy_announcedrow.place",
    "privacy_announcedrow.row",
    "privacy_archivedrow.groups",
    "privacy_archivedrow.people",
    "privacy_archivedrow.place",
    "privacy_denial.what",
    "privacy_mention.field",
    "privacy_retentionrule.code",
    "privacy_retentionrun.code",
    "privacy_retentionturn.code",
    "recovery_fact.sha256",
    "privacy_mention.place",
    "privacy_mention.row",
    "notifications_message.data",
    "notifications_message.subject_type",
    "oversight_finding.indicator",
    "cells_ballot.choices",
    "cells_ballot.efforts",
    "cells_ballot.points",
    "cells_opportunity.origin_type",
    "satisfaction_answer.scores",
    "satisfaction_surveyround.instrument",
    # Typed by the payer: the number of a check.
    "compensation_payment.reference",
    "satisfaction_surveyround.public_key",
}
FREE = (models.CharField, models.TextField, models.JSONField, ArrayField)


def walked(model: type[models.Model], path: str) -> Iterator[Column]:
    """The fields along a path from a model."""
    for step in path.split("__"):
        found = model._meta.pk if step == "pk" else model._meta.get_field(step)
        assert isinstance(found, models.Field), path
        yield found
        if found.remote_field is not None:
            model = found.related_model  # type: ignore[assignment]


def columns(found: ClassedTable) -> Iterator[tuple[ClassedField, Column]]:
    """Its fields, each with the model's column; none without a model."""
    if found.model is None:
        return
    named = {each.name: each for each in found.model._meta.local_concrete_fields}
    for each in found.fields.values():
        yield each, named[each.name]


def no_way_to_a_person(found: ClassedTable) -> set[str]:
    """Paths to the row's person that lead elsewhere."""
    if found.whose.beside:
        other = apps.get_model(found.whose.beside)
        classed = personal_data.of_table(other._meta.db_table)
        there = {each.name for each in other._meta.local_fields} & set(found.fields)
        known = classed is not None and classed.whose.paths and found.whose.named_by in there
        return set() if known else {found.whose.named_by}
    return {path for path in found.whose.paths if not person_at(found, path)}


def person_at(found: ClassedTable, path: str) -> bool:
    assert found.model is not None
    if path == "pk":
        return found.model in personal_data.people()
    *_before, last = walked(found.model, path)
    return personal_data.leads_to_person(last)


def no_date_to_count_from(found: ClassedTable) -> set[str]:
    """Start dates that are no dates; or how it is kept, if nothing says so."""
    if (found.kept.term is None) != bool(found.kept.within):
        return {"kept"}
    if not found.kept.since:
        return set()
    assert found.model is not None
    *_before, last = walked(found.model, found.kept.since)
    return set() if isinstance(last, models.DateField) else {found.kept.since}


def never_over(found: ClassedTable) -> set[str]:
    """The row it is kept within, if no such row ever expires."""
    passed = {found.table}
    while path := found.kept.within:
        assert found.model is not None
        (step,) = walked(found.model, path)
        assert isinstance(step.related_model, type)
        following = personal_data.of_table(step.related_model._meta.db_table)
        if following is None or following.table in passed:
            return {path}
        passed.add(following.table)
        found = following
    return set()


def words_of_nobody(found: ClassedTable) -> set[str]:
    """A person's own words classed as somebody else's."""
    return {
        each.name
        for each in found.fields.values()
        if not set(each.said_by) <= set(found.whose.paths)
        or (each.what is What.WORDS and bool(each.said_by) == found.whose.unnamed)
    }


def no_text(found: ClassedTable) -> set[str]:
    """Columns classed as free text that can't hold any."""
    return {
        each.name
        for each, column in columns(found)
        if each.what.is_text and (not isinstance(column, FREE) or column.choices)
    }


def text_taken_for_codes(found: ClassedTable) -> set[str]:
    """Columns that could hold any text, classed as codes, numbers or titles."""
    coded = (What.NOTHING, What.KEY, What.FACT, What.STANDING, What.MONEY)
    return {
        each.name
        for each, column in columns(found)
        if isinstance(column, FREE)
        and not column.choices
        and each.what in coded
        and f"{found.table}.{each.name}" not in CODES
    }


def people_classed_otherwise(found: ClassedTable) -> set[str]:
    """Keys to people classed as something else, and vice versa."""
    return {
        each.name
        for each, column in columns(found)
        if (each.what is What.PERSON) != personal_data.leads_to_person(column)
    }


def owned_by_nobody(found: ClassedTable) -> set[str]:
    """Keys that by their name say whose the row is, but are no path to a person."""
    return {
        each.name
        for each in found.fields.values()
        if each.what is What.PERSON
        and each.name in OWNERS - set(found.whose.paths)
        and f"{found.table}.{each.name}" not in NOT_OWNERS
    }


def standing_of_nobody(found: ClassedTable) -> set[str]:
    """Standing classed as something else, by its name or by its choices."""
    kinds = {"primary_consumer", "consumer", "consumers"}
    return {
        each.name
        for each, column in columns(found)
        if each.what is not What.STANDING
        and (each.name in {"standing", "employed_peer"} or kinds & set(dict(column.flatchoices)))
    }


def outlives_the_person(found: ClassedTable) -> set[str]:
    """Names, contacts and credentials that stay when the person is erased."""
    gone = (OnErasing.GOES, OnErasing.BLANKED, OnErasing.REPLACED)
    close = (What.IDENTITY, What.CONTACT, What.TRACE, What.SECRET)
    return {
        each.name
        for each in found.fields.values()
        if found.whose.of_people and each.what in close and each.erasing not in gone
    }


def not_taken_by_the_database(found: ClassedTable) -> set[str]:
    """Columns to be emptied, or given a shared value, that the database would reject."""
    return {
        each.name
        for each, column in columns(found)
        if (each.erasing is OnErasing.BLANKED and not may_be_empty(found, column))
        or (
            each.erasing is OnErasing.REPLACED
            and (not each.value or (column.unique and "{pk}" not in each.value))
        )
    }


def may_be_empty(found: ClassedTable, column: Column) -> bool:
    assert found.model is not None
    checks = [
        str(each.condition)
        for each in found.model._meta.constraints
        if isinstance(each, models.CheckConstraint)
    ]
    filled = f"(NOT (AND: ('{column.name}', '')))"
    required = any(filled in each and "OR" not in each for each in checks)
    return column.null or (column.blank and not required and not column.unique)


def traces(found: ClassedTable) -> set[str]:
    """Links from an anonymous row to a person, or to its moment."""
    model = found.model
    anonymous = model is not None and issubclass(model, AnonymousModel)
    if anonymous and not found.whose.unnamed and found.table not in SIGNED_OR_NOT:
        return {"of somebody"}
    if model is None or not (anonymous or found.whose.unnamed):
        return set()
    signed = found.table in SIGNED_OR_NOT
    leads = personal_data.leads_to_person if signed else leads_to_people
    wrong = {
        column.name
        for column in model._meta.local_concrete_fields
        if leads(column) or isinstance(column, models.DateTimeField)
    }
    # Sequential keys reveal the order in which rows were written.
    wrong |= set() if isinstance(model._meta.pk, models.UUIDField) else {model._meta.pk.name}
    return wrong | ({"history"} if personal_data.history_of(found) else set())


def leads_to_people(column: Column) -> bool:
    """Whether it is a key to a person, or to a row about people."""
    other = column.related_model
    if not isinstance(other, type):
        return False
    classed = personal_data.of_table(other._meta.db_table)
    return personal_data.leads_to_person(column) or (
        classed is not None and classed.whose.of_people
    )


def tells_the_moment(found: ClassedTable) -> set[str]:
    """Exact times in people's rows that stand beside anonymous words or choices."""
    if found.table not in BESIDE_UNNAMED:
        return set()
    return {
        each.name for each, column in columns(found) if isinstance(column, models.DateTimeField)
    }


def leads_to_the_unnamed(found: ClassedTable) -> set[str]:
    """Keys from people's rows to anonymous words."""
    unnamed = {each.model for each in personal_data.registered() if each.whose.unnamed}
    return {
        each.name
        for each, column in columns(found)
        if found.whose.of_people
        and column.related_model in unnamed
        and f"{found.table}.{each.name}" not in EITHER
    }


def without_title(found: ClassedTable) -> set[str]:
    """Tables people look for their data in, without a title of their own or another's."""
    others = {str(each.title) for each in personal_data.registered() if each.table != found.table}
    return {str(found.title)} if not found.title or str(found.title) in others else set()


def subject_without_codes(found: ClassedTable) -> set[str]:
    """Subjects of a row that are not a subject code and a key."""
    keys = {each.name for each in found.fields.values() if each.what is What.KEY}
    return set(found.subject) - keys if len(found.subject) in (0, 2) else set(found.subject)


def about_anything(found: ClassedTable) -> set[str]:
    """Columns with a subject code that the row's class does not declare."""
    if found.table in NEVER_ABOUT_PEOPLE:
        return set()
    return {each.name for each in found.fields.values() if each.name.endswith("_type")} - {
        *found.subject,
        "history_type",
    }


def history_of_what_goes(found: ClassedTable) -> set[str]:
    """Histories that would remain when the rows are deleted."""
    return {"history"} if found.goes and personal_data.history_of(found) else set()


def held_by_others(found: ClassedTable) -> set[str]:
    """Tables whose rows lead to deleted ones, but are not deleted with them."""
    if not found.goes or found.model is None:
        return set()
    return {
        each.related_model._meta.db_table
        for each in found.model._meta.related_objects
        if each.on_delete is not models.CASCADE and not goes(each.related_model)
    }


def goes(model: Any) -> bool:
    found = personal_data.of_table(model._meta.db_table)
    return found is not None and found.goes


def looked_at_unseen(found: ClassedTable) -> set[str]:
    """Sensitive columns that are read without an entry in the access log."""
    close = (What.IDENTITY, What.CONTACT, What.STANDING, What.MONEY)
    logged = found.read_as or not found.whose.of_people or found.table in NOT_LOGGED
    return set() if logged else {e.name for e in found.fields.values() if e.what in close}


def read_without_words(found: ClassedTable) -> set[str]:
    """Access log entries without words for people."""
    unknown = found.read_as and access.words(found.read_as) == found.read_as
    return {found.read_as} if unknown else set()


Check = Callable[[ClassedTable], set[str]]
