"""What a guide is made of, and the pages that its steps lead to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, Role
from cqi_portal.navigation import NavigationLink

Words = str | Promise


@dataclass(frozen=True)
class GuideStep:
    """One thing to do, and the page for it: a link for those who may open it."""

    title: Words
    text: Words
    way: NavigationLink | None = None


@dataclass(frozen=True)
class GuidePart:
    heading: Words
    steps: tuple[GuideStep, ...]


@dataclass(frozen=True)
class Guide:
    """A role's page; `roles`: whose home leads to it, none for members without a role."""

    code: str
    title: Words
    lead: Words
    parts: tuple[GuidePart, ...]
    roles: frozenset[Role] = frozenset()


def needs(*permissions: Permission) -> frozenset[Permission]:
    return frozenset(permissions)


WAITING = NavigationLink(_("See what waits for you"), "notifications:waiting")
CELLS = NavigationLink(_("Open your cells"), "cells:cells")
DIALOGUES = NavigationLink(_("Open dialogues"), "dialogues:dialogues")
DASHBOARD = NavigationLink(_("Open the dashboard"), "indicators:dashboard")
DOCUMENTS = NavigationLink(_("Open the documents"), "documents:list")
GROUPS = NavigationLink(_("Open groups"), "groups:list")
SAY = NavigationLink(_("Have your say"), "dialogues:have_your_say")
MY_PAYMENTS = NavigationLink(_("Open my payments"), "compensation:my_payments")
RECOMMENDATIONS = NavigationLink(_("Open recommendations"), "oversight:recommendations")
PLAN = NavigationLink(_("Read how payment works"), "compensation:plan")
TEXTS = NavigationLink(_("Open the texts to print"), "starters:texts")
CALL = NavigationLink(_("Ask somebody to contact you"), "safety:contact_me")
