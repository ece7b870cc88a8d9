"""Every policy number exists once: read from the registry, with no second one beside it."""

import ast
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from allauth.core.internal import ratelimit
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import policies as account_policies
from accounts.models import Member
from foundation import policies, tenancy
from foundation.models import Agency, PolicyChange
from foundation.policies import Limit, Policy, Rate, Unit
from tests.sources import nodes, parsed

ROOT = Path(__file__).parents[2]
APPS = (
    "accounts", "cells", "compensation", "concerns", "cqi_portal", "dialogues", "documents",
    "evidence", "foundation", "groups", "indicators", "measures", "notifications", "oversight",
    "privacy", "quarterly", "recovery", "safety", "satisfaction", "starters", "surveyors",
)  # fmt: skip

# Technical numbers, of drawing and of pages, that nobody would ever set. May only shrink.
TECHNICAL = {
    "accounts/middleware.py": "AT_ONCE SOON",
    "foundation/management/commands/migrate.py": "LOCK AGAIN",
    "recovery/container.py": "ROWS_AT_ONCE _GZIP _LONGEST _STEP",
    "recovery/restoring.py": "_NAMED",
    "recovery/versions.py": "FORMAT _NAMED _ROUNDS",
    "foundation/logs.py": "PLACES SHORT",
    "compensation/mine/reading.py": "SEVERAL",
    "compensation/registers/reading.py": "TOGETHER",
    "foundation/workbooks.py": "_WIDTH",
    "compensation/same_day/models.py": "LONGEST",
    "foundation/prepared.py": "KEPT _FOUR_BYTES",
    "foundation/out_of_use.py": "FAR",
    "privacy/retention/actions.py": "CHUNK",
    "privacy/retention/forms.py": "LONGEST",
    "privacy/erasing/actions.py": "BATCH",
    "foundation/spreadsheets.py": "TOGETHER",
    "compensation/claims/actions/claiming.py": "MINUTES",
    "compensation/equal_pay/reading.py": "MINUTES ROUNDING",
    "compensation/overrides/reading.py": "QUARTERS",
    "compensation/other_work/forms.py": "AN_HOUR MOST_MINUTES",
    "compensation/plan/forms.py": "MOST_HOURS_AHEAD",
    "compensation/proving/tasks.py": "FILES",
    "concerns/counting.py": "_YEARS",
    "concerns/envelopes.py": "KEY LONGEST _LENGTH",
    "concerns/locking.py": "DIGITS RECEIPT",
    "concerns/models.py": "MONDAY",
    "evidence/actions.py": "KEPT",
    "evidence/checking.py": "_CHUNK",
    "evidence/words.py": "COUNT _BITS",
    "compensation/payments/views.py": "PAYEES",
    "starters/forms.py": "LONGEST",
    "compensation/claims/models/owed.py": "BATCH",
    "privacy/erasing/reading.py": "AROUND",
    "privacy/erasing/words_of.py": "SHORTEST",
    "accounts/actions/invitations.py": "MAX_ATTEMPTS",
    "accounts/actions/users.py": "CODE_LENGTH",
    "accounts/invitation_codes.py": "LENGTH",
    "accounts/lists/planning.py": "LONGEST_NAME SAME_NUMBER TELLING_DIGITS",
    "accounts/lists/reading.py": "CELL_LONGEST FEWEST_DIGITS MOSTLY",
    "accounts/views/lists.py": "STOP_ASKING",
    "accounts/sessions.py": "GRAIN",
    "measures/importing/actions.py": "BATCH LARGE MOST_TRIES",
    "measures/numbers/expected_numbers.py": "LOOKED_BACK",
    "measures/charting/computing.py": "CHARTS_KEPT LONGEST_GAP",
    "cells/plans/diagram.py": "LETTER LINE PAD",
    "documents/flowchart.py": "LETTER BOLD LINE PAD ARROW",
    "cells/ideas/forms.py": "FEW",
    "cells/plans/forms/plans.py": "FEW",
    "measures/importing/days.py": "_MOST_DAYS",
    "measures/local/presenting.py": "MOST_RECORDS",
    "measures/importing/private.py": "FEW LIFETIME MOSTLY",
    "measures/importing/reading.py": "DAYS_IN_HEAD TELLING",
    "foundation/sheets/tables.py": "TELLING",
    "measures/importing/columns.py": "LOOKED_AT MOST_FILTERS",
    "measures/importing/preview.py": "STEP",
    "groups/after_form.py": "BOXES SENTENCE",
    "groups/models/meetings.py": "MOST_GUESTS",
    "measures/numbers/values.py": "LONGEST_NUMBER",
    "foundation/sheets/workbook.py": "_LAST_ROW",
    "cells/ranking/matrix.py": "_MARGIN _NEAR",
    "measures/numbers/models.py": "LATEST MOST_A_DAY MOST_VALUES",
    "cells/ranking/models.py": "HIGHEST",
    "measures/numbers/validation.py": "PLACES QUOTED",
    "cells/overview/packet/fonts.py": "BODY_SIZE",
    "measures/importing/views.py": "STOP_ASKING",
    "cells/ideas/views/opportunities.py": "WORTH_ASKING",
    "cqi_portal/health.py": "PULSE",
    "foundation/postgresql/base.py": "HELD PREPARED_MAX",
    "dialogues/dialogue/actions.py": "DOOR_LENGTH",
    "dialogues/silencing/actions.py": "LONGEST",
    "dialogues/voices/actions.py": "LONGEST",
    "dialogues/voices/receipts.py": "LENGTH",
    "foundation/attempts.py": "ENOUGH",
    "foundation/call_stack.py": "DECLARED",
    "foundation/codes.py": "GROUP",
    "foundation/flood.py": "HOUR",
    "foundation/form_words.py": "AMOUNT FILE_SIZE WHOLE",
    "foundation/keys.py": "BLOCK LENGTH",
    "foundation/numbers.py": "LONGEST THREE _PLACES_OF_HOURS",
    "foundation/paging.py": "LONG",
    "foundation/policies.py": "MOST MOST_PERCENT",
    "foundation/months.py": "A_YEAR",
    "foundation/workdays.py": "SATURDAY",
    "groups/feeds.py": "LENGTH",
    "indicators/actions.py": "MOST_ROUNDS",
    "indicators/canonical.py": "FORM",
    "indicators/cards.py": "BACK MOST_STEPS",
    "indicators/engine.py": "ENGINE",
    "indicators/history.py": "MONTHS",
    "indicators/preview.py": "PERIODS",
    "indicators/promptly.py": "AFTER_FAILURE RELIED_ON WAIT",
    "indicators/tasks.py": "BATCH EXPIRES",
    "cqi_portal/schedule.py": "HOUR MINUTE PROMPT",
    "indicators/trail.py": "RADIUS",
    "indicators/views/dashboard.py": "ASKS",
    "indicators/pictures.py": "FEWEST_FOR_CHART",
    "indicators/views/indicator.py": "MONTHS",
    "notifications/actions/messages.py": "LATELY MAX_ATTEMPTS",
    "notifications/gateway.py": "SECONDS SKEW",
    "notifications/models.py": "CODE_DIGITS",
    "notifications/tasks.py": "DIGEST_WEEKDAY",
    "notifications/views/sending.py": "LONGEST",
    "quarterly/annual.py": "QUARTERS",
    "satisfaction/models/answers.py": "LONGEST_COMMENT",
    "surveyors/dashboard.py": "MONTHS",
    "satisfaction/round_keys.py": "SECRET",
    "foundation/sealing.py": "_LENGTH",
    "satisfaction/codes.py": "LENGTH",
    "satisfaction/indicators.py": "MOST_MONTHS",
    "satisfaction/instrument.py": "DOES_NOT_APPLY",
}
# Row counts of a page or a short list; `ZERO` and `CENT` are money's own.
LAYOUT = re.compile(
    r"(PER_PAGE|\w*A_PAGE|\w*SHOWN\w*|MOST_LINKS|MOST_QUOTES|EXAMPLES|OFFERED|MENTIONED|CORRECTABLE"
    r"|LATEST_TESTS|WORKED_ON|TOLD|CHARTS|IDEAS|STEPS|_ALL|ZERO|CENT)"
)
# Files whose limits keep a hostile upload from exhausting the machine, and Django's own settings,
# of which the sign-in part is checked separately.
MACHINE = (
    "compensation/claims/receipts.py",
    "foundation/sheets/limits.py",
    "cqi_portal/settings.py",
)
# A calendar week and month, which nobody sets; how far back a query looks.
CALENDAR = {
    "cells/plans/actions/plans.py",
    "dialogues/sessions/indicators.py",
    "dialogues/voices/actions.py",
    "groups/recurrence.py",
    "notifications/tasks.py",
}

NUMBERS = (
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty|thirty"
    r"|sixty|ninety)"
)
UNITS = (
    r"(?:working )?(?:second|minute|hour|day|week|month|quarter|year|people|person|answer|member"
    r"|consumer|vote|meeting)s?"
)
SAID = re.compile(rf"\b{NUMBERS} {UNITS}\b|\b\d+ ?%(?![(%])|\bin a hundred\b", re.IGNORECASE)
# Statements about the world, an example or a duration: no rules of ours.
SAYINGS = {
    "10 times", "3 minutes", "two minutes", "1 minute", "5 minutes", "three people", "two people",
    "000 days", "1,000 days", "7 days", "two days", "ten minutes", "0 days", "1 day", "100%",
    "three months", "two months",
}  # fmt: skip


def second_numbers(source: str, name: str) -> Iterator[str]:
    """Apparent policy numbers in a module that are not in the registry."""
    tree = parsed(source)
    for statement in tree.body:
        yield from _constants(statement, name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _calls(node, name)


def _constants(statement: ast.stmt, name: str) -> Iterator[str]:
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    if not isinstance(target, ast.Name) or not target.id.isupper() or LAYOUT.fullmatch(target.id):
        return
    written = ast.unparse(statement.value)
    number = re.fullmatch(r"[-\d_ .*()]+|Decimal\(.*\)", written)
    if number and target.id not in TECHNICAL.get(name, "").split():
        yield f"{name}: {target.id} = {written}"


def _calls(node: ast.Call, name: str) -> Iterator[str]:
    called = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if called == "timedelta" and name not in CALENDAR:
        lengths = [(word.arg, getattr(word.value, "value", 0)) for word in node.keywords]
        yield from (
            f"{name}:{node.lineno} timedelta({unit}={length})"
            for unit, length in lengths
            if isinstance(length, int) and length > 1
        )
    if called in {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}:
        for argument in node.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield from (f"{name}:{node.lineno} {each}" for each in said(argument.value))


RATE = re.compile(r"\d+/\d*[smhd](/\w+)?(,|$)")
SIGNING_IN = re.compile(r"(ACCOUNT|MFA|ALLAUTH|USERSESSIONS|PASSWORD)_\w*(LIMITS?|TIMEOUT|AGE)\w*")


def sign_in_numbers(source: str) -> Iterator[str]:
    """Rates of attempts, and lifetimes at sign-in, that are not in the registry."""
    for node in nodes(source):
        if isinstance(node, ast.Constant) and RATE.match(repr(node.value).strip("'")):
            yield f"{node.lineno}: {node.value!r}"
        if isinstance(node, ast.Assign) and SIGNING_IN.fullmatch(ast.unparse(node.targets[0])):
            written = ast.walk(node.value)
            yield from (
                f"{node.lineno}: {ast.unparse(node)}"
                for part in written
                if isinstance(part, ast.Constant) and isinstance(part.value, int | float)
            )


def said(sentence: str) -> Iterator[str]:
    """Policy numbers that a sentence holds as digits or words."""
    for found in SAID.finditer(sentence):
        if found[0].lower() not in SAYINGS:
            yield f"“{found[0]}” in “{sentence}”"


WRITTEN = re.compile(
    r"""{%\s*translate\s+"([^"]*)"|{%\s*blocktranslate.*?%}(.*?){%\s*endblocktranslate""", re.DOTALL
)


def test_no_policy_number_stands_beside_the_registry() -> None:
    found: list[str] = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if path.name == "policies.py" and app != "foundation":
                continue
            if "migrations" not in path.parts and name not in MACHINE:
                found += second_numbers(path.read_text(), name)
    assert found == [], "\n".join(found)


def test_no_page_says_a_policy_number_by_itself() -> None:
    found: list[str] = []
    pages = [path for kind in ("*.html", "*.txt") for path in (ROOT / "templates").rglob(kind)]
    for path in sorted(pages):
        for written in WRITTEN.finditer(path.read_text()):
            sentence = re.sub(r"\s+", " ", written[1] or written[2])
            found += [f"{path.relative_to(ROOT)}: {each}" for each in said(sentence)]
    assert found == []


def test_how_often_somebody_may_try_to_get_in_stands_in_the_registry_alone() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{each}"
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
        for each in sign_in_numbers(path.read_text())
    ]
    assert found == []
    rates = [rate for counted in account_policies.RATES.values() for _by, rate in counted]
    assert set(rates) == {each for each in policies.limits() if isinstance(each, Rate)}
    assert all(rate.wait in rate.words for rate in rates)


def test_what_allauth_counts_is_what_the_registry_says() -> None:
    for action, counted in account_policies.RATES.items():
        read = ratelimit.get_rates(app="allauth.account", action=action)
        assert [(each.amount, each.duration, each.per) for each in read] == [
            (rate.tries, rate.span.total_seconds(), by) for by, rate in counted
        ]


@pytest.mark.parametrize(
    "planted",
    [
        'LIMITS = {"code": "10/10m/key,40/d/key"}',
        'ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip"}',
        'ratelimit.consume(request, action="code", config={"code": "5/m/key"})',
        "ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60",
        "PASSWORD_RESET_TIMEOUT = 3600",
    ],
)
def test_a_second_number_of_signing_in_is_found(planted: str) -> None:
    assert list(sign_in_numbers(planted))


@pytest.mark.parametrize(
    "planted",
    [
        "DISPOSE_WITHIN = 30",
        "DISPOSE_WITHIN = timedelta(days=7)",
        "due = theme.harvested_on + timedelta(weeks=4)",
        'reason = _("Reply within 60 days.")',
        'reason = ngettext("%(n)s of three members", "%(n)s of three members", n)',
        'goal = _("At least 20% are consumers.")',
        "SHARE = Decimal(20)",
    ],
)
def test_a_second_number_is_found(planted: str) -> None:
    assert list(second_numbers(planted, "dialogues/planted.py"))


def test_what_is_listed_as_technical_is_still_there() -> None:
    for name, constants in TECHNICAL.items():
        source = (ROOT / name).read_text()
        for constant in constants.split():
            assert re.search(rf"^{constant}\b", source, re.MULTILINE), f"{name} has no {constant}"


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Policy[int]:
    monkeypatch.setattr(policies, "_registered", dict(policies._registered))
    return policies.register(Policy("groups.tried", "Days to try it", Unit.DAYS, 30, 1, 90))


def change(agency: Agency, by: Member, value: object, since: date) -> None:
    PolicyChange.objects.within(agency).create(
        code="groups.tried", value=value, since=since, reason="A trial.", by=by, made_on=since
    )


def test_a_value_counts_from_its_day_on(
    tried: Policy[int], agency: Agency, administrator: Member
) -> None:
    today = agency.today()
    assert tried.value(agency, today) == 30
    change(agency, administrator, 7, today)
    assert tried.value(agency, today) == 7
    assert tried.value(agency, today - timedelta(days=1)) == 30
    assert tried.span(agency, today) == timedelta(days=7)
    assert tried.words(agency, today) == "7 days"


def test_a_value_out_of_bounds_gives_way_to_the_default(
    tried: Policy[int], agency: Agency, administrator: Member
) -> None:
    change(agency, administrator, 4_000, agency.today())
    assert tried.value(agency, agency.today()) == 30


def test_all_values_of_a_request_cost_one_query(tried: Policy[int], agency: Agency) -> None:
    today = agency.today()
    with tenancy.entering(None), tenancy.entering(agency):
        with CaptureQueriesContext(connection) as asked:
            for policy in policies.registered():
                policy.value(agency, today)
        assert len(asked) == 1


def test_another_agency_is_never_read(
    tried: Policy[int], agency: Agency, other_agency: Agency, administrator: Member
) -> None:
    change(agency, administrator, 7, agency.today())
    with tenancy.entering(other_agency):
        assert tried.value(other_agency, other_agency.today()) == 30
        assert tried.value(agency, agency.today()) == 30


def test_a_code_is_registered_once_and_takes_its_default(tried: Policy[int]) -> None:
    with pytest.raises(ValueError, match="already"):
        policies.register(Limit("groups.tried", "Another", Unit.DAYS, 3))
    with pytest.raises(ValueError, match="default"):
        policies.register(Policy("groups.wrong", "Wrong", Unit.DAYS, 0, 1, 3))
