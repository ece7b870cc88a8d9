"""States that many tests begin from: built once, kept, and rolled back to.

A fixture under `@state` is reached through the product's actions like any other, but in a savepoint
of its own. The next test that begins from it finds its rows unchanged, since the previous test was
rolled back, and gets copies of its objects. So a test cannot tell whether it is the first to begin
from a state.

A test's states are reached before its other fixtures, the folder's most common ones first. The
tests of a module run in the order in which they share most of them.

- What a state returns is copied by pickle: rows, lists and dictionaries of rows, no functions.
- Nothing but states may write before a test's last state is reached; violations are reported.
- A state consists of rows and keys in the key store: it leaves no mail, other file or cache behind.
- While a test travels in time, and in tests that commit, nothing is kept; except in a module that
  `begins_at` a moment, whose states are reached then and shared with no other moment. A test that
  finds them kept begins at the moment at which they were complete.
"""

import pickle
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from time import time
from typing import Any, cast

import pytest
import time_machine
from django.core import mail
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TestCase
from django.utils.timezone import now

from foundation import key_store
from foundation.postgresql.base import SETTING

# A test may call a kept state "just now"; after this long it is reached anew.
FRESH = timedelta(minutes=2)
WRITES = ("INSERT", "UPDATE", "DELETE")


def real_time() -> float:
    """The machine's own clock, however a test travels."""
    hatch = time_machine.escape_hatch
    return hatch.time.time() if hatch.is_travelling() else time()


class NotAState(AssertionError):
    """Raised for a fixture that breaks what states rely on."""


@dataclass(frozen=True)
class Planned:
    """A state that a test begins from, as its module sees it."""

    name: str
    function: Callable[..., Any]
    # The same for all tests that mean the same by this state.
    key: int
    # The moment at which the module's tests begin, if it declares one.
    moment: datetime | None = None


@dataclass(frozen=True)
class Level:
    """A state that was reached, on top of those below it."""

    key: int
    atomic: transaction.Atomic
    # The values of this state and all below, pickled together to preserve shared objects.
    values: bytes
    # The test's time when it was complete.
    at: datetime


def state[F: Callable[..., Any]](function: F) -> F:
    """A fixture whose state is kept for later tests; use it instead of `@pytest.fixture`."""

    @wraps(function)
    def reach(**given: Any) -> Any:
        return STACK.reach(reach, lambda: function(**given))

    reach.is_state = True  # type: ignore[attr-defined]
    return cast("F", pytest.fixture(reach))


def begins_at(moment: str) -> Callable[..., Any]:
    """An autouse fixture: the module's tests, and their states, begin at this moment (ISO)."""
    begins = datetime.fromisoformat(moment)
    assert begins.tzinfo is not None

    def travel() -> Iterator[None]:
        with time_machine.travel(begins) as STACK.traveller:
            yield
        STACK.traveller = None

    travel.begins = begins  # type: ignore[attr-defined]
    return pytest.fixture(autouse=True)(travel)


@dataclass
class StateStack:
    """This process's states, each in a savepoint above the previous one; and the running test."""

    levels: list[Level] = field(default_factory=list)
    # What the running test begins from, and how much of it is reached.
    plan: Sequence[Planned] = ()
    values: list[Any] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)
    connection: BaseDatabaseWrapper | None = None
    outer: transaction.Atomic | None = None
    guard: transaction.Atomic | None = None
    reaching: bool = False
    begun: float = field(default_factory=real_time)
    # The test's clock, in a module that begins at a moment of its own.
    traveller: time_machine.Traveller | None = None

    def begin(self) -> None:
        """Begin a test: roll back states it does not begin from."""
        fresh = real_time() - self.begun <= FRESH.total_seconds()
        # Inside a browser's event loop, Django uses a different connection.
        if not fresh or self.connection is not connections[DEFAULT_DB_ALIAS]:
            self.drop()
        if self.outer is None:
            self.connection = connections[DEFAULT_DB_ALIAS]
            self.outer, self.begun = _entered(), real_time()
        shared = 0
        for level, planned in zip(self.levels, self.plan, strict=False):
            if level.key != planned.key:
                break
            shared += 1
        self.back_to(shared)
        self.values = []
        self.kept = pickle.loads(self.levels[-1].values) if self.levels else []  # noqa: S301
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, '', false)", [SETTING])
            # PostgreSQL does not reset this when a block around a finished one is rolled back.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        connection.execute_wrappers.append(self._only_states_write)
        if not self.plan:
            self._guard()

    def reach(self, function: Callable[..., Any], build: Callable[[], Any]) -> Any:
        """The value of a state: a copy of the kept one, or one that is reached and kept now."""
        if self.outer is None or self.guard is not None or self.reaching:
            return build()
        place = len(self.values)
        if self._travels() or self.plan[place].function is not function:
            self._guard()
            return build()
        if place < len(self.levels):
            value = self.kept[place]
            if self.traveller is not None:
                self.traveller.move_to(self.levels[place].at)
        else:
            value = self._reach(place, build)
        self.values.append(value)
        if len(self.values) == len(self.plan):
            self._guard()
        return value

    def _travels(self) -> bool:
        """Whether the test is at any other moment than its module begins at."""
        moment = self.plan[0].moment
        if moment is None or self.traveller is None:
            return time_machine.escape_hatch.is_travelling() or moment is not None
        return not timedelta(0) <= now() - moment <= FRESH

    def end(self) -> None:
        """End a test: roll back what it did."""
        self._let_write()
        if self.guard is not None:
            leave(self.guard)
            self.guard = None
        self.plan, self.values, self.kept = (), [], []
        if connection.closed_in_transaction or connection.needs_rollback:
            self.drop()

    def drop(self) -> None:
        """Forget everything; the connection is free again."""
        if self.connection is not None:
            # Without telling the database, which rolls back by itself.
            self.connection.close()
            # Django reconnects, with no open block.
            self.connection.connection = None
            self.connection.in_atomic_block = False
            self.connection.closed_in_transaction = False
            self.connection.savepoint_ids.clear()
            self.connection.atomic_blocks.clear()
        self.levels.clear()
        self.connection = self.outer = None

    def _reach(self, place: int, build: Callable[[], Any]) -> Any:
        name, atomic, mails = self.plan[place].name, _entered(), len(mail.outbox)
        self.reaching = True
        try:
            value = build()
            # Check deferred constraints now, rather than again for each test.
            connection.check_constraints()
            try:
                values = pickle.dumps([*self.values, value])
            except (pickle.PicklingError, TypeError, AttributeError) as error:
                raise NotAState(f"{name} cannot be copied: {error}") from error
            if len(mail.outbox) != mails:
                raise NotAState(f"{name} sends a mail, which the next test would not get.")
        except BaseException:
            leave(atomic)
            raise
        finally:
            self.reaching = False
        self.levels.append(Level(self.plan[place].key, atomic, values, now()))
        return value

    def _guard(self) -> None:
        """Mark that everything from here on belongs to the test."""
        self._let_write()
        self.back_to(len(self.values))
        self.guard = _entered()

    def back_to(self, height: int) -> None:
        """Roll back everything above this many states."""
        while len(self.levels) > height:
            leave(self.levels.pop().atomic)

    def _let_write(self) -> None:
        if self._only_states_write in connection.execute_wrappers:
            connection.execute_wrappers.remove(self._only_states_write)

    def _only_states_write(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not self.reaching and sql.startswith(WRITES):
            missing = self.plan[len(self.values)].name
            raise NotAState(f"Something writes before {missing} is reached: {sql[:200]}")
        return execute(sql, params, many, context)


def _entered(database: str = DEFAULT_DB_ALIAS) -> transaction.Atomic:
    atomic = transaction.atomic(using=database)
    # Let a block that must be the outermost one run inside it.
    atomic._from_testcase = True  # type: ignore[attr-defined]
    atomic.__enter__()
    return atomic


def leave(atomic: transaction.Atomic) -> None:
    """Exit a block and roll it back."""
    database = atomic.using or DEFAULT_DB_ALIAS
    if not connections[database].closed_in_transaction:
        transaction.set_rollback(True, using=database)
    atomic.__exit__(None, None, None)


STACK = StateStack()
# What the walls between tokens and answers keep until a transaction ends.
LASTING = ["portal.token_spent", "portal.answer_kept"]
PLANS = pytest.StashKey[Sequence[Planned]]()


@pytest.fixture(scope="session", autouse=True)
def tests_begin_from_states(django_test_environment: None) -> Iterator[None]:
    """Run each test's transaction on top of the states it begins from."""
    ordinary = TestCase._enter_atomics, TestCase._rollback_atomics  # type: ignore[attr-defined]

    def enter(case: type[TestCase]) -> dict[str, Any]:
        STACK.begin()
        others = [name for name in case._databases_names() if name != DEFAULT_DB_ALIAS]  # type: ignore[attr-defined]
        return {name: _entered(name) for name in others}

    def roll_back(case: type[TestCase], atomics: dict[str, Any]) -> None:
        for atomic in reversed(atomics.values()):
            leave(atomic)
        STACK.end()

    TestCase._enter_atomics = classmethod(enter)  # type: ignore[attr-defined]
    TestCase._rollback_atomics = classmethod(roll_back)  # type: ignore[attr-defined]
    yield
    STACK.drop()
    TestCase._enter_atomics, TestCase._rollback_atomics = ordinary  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def what_lasts_a_transaction_ends_with_it(django_test_environment: None) -> Iterator[None]:
    """Reset what the database keeps until a transaction ends.

    In a test that is rolled back, a block that must be its own transaction is only part of the
    test's, so this is done by hand.
    """
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def forget(block: transaction.Atomic) -> None:
        database = connections[block.using or DEFAULT_DB_ALIAS]
        if vars(block)["durable"] and database.in_atomic_block and not database.needs_rollback:
            with database.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config(name, '', true) FROM unnest(%s::text[]) name", [LASTING]
                )

    def entered(block: transaction.Atomic) -> None:
        enter(block)
        forget(block)

    def left(block: transaction.Atomic, *error: Any) -> None:
        leave(block, *error)
        forget(block)

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = entered, left  # type: ignore[method-assign]
    yield
    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = enter, leave  # type: ignore[method-assign]


@contextmanager
def keys_come_back() -> Iterator[None]:
    """Put back the keys that are destroyed until the block ends."""
    gone: dict[str, bytes] = {}
    destroy = key_store.destroy

    def remembering(name: str) -> None:
        kept = key_store.read(name)
        if kept is not None:
            gone[name] = kept
        destroy(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_store, "destroy", remembering)
        yield
    for name, kept in gone.items():
        if key_store.read(name) is None:
            key_store.keep(name, kept)


@pytest.hookimpl(tryfirst=True)
@pytest.fixture(autouse=True)
def destroyed_keys_come_back() -> Iterator[None]:
    """The next test begins from a state that has them."""
    with keys_come_back():
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    STACK.plan = item.stash.get(PLANS, ())
    if commits(item):
        STACK.drop()


def commits(item: pytest.Item) -> bool:
    """Whether other connections see the test's rows: it has its own database."""
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and (
        marker.kwargs.get("transaction") or marker.kwargs.get("databases")
    )
    return bool(asked) or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    keys: dict[Hashable, int] = {}
    wanted = {
        item: [] if commits(item) else _states(item, keys)
        for item in items
        if isinstance(item, pytest.Function)
    }
    shared: Counter[tuple[Path, int]] = Counter()
    for item, states in wanted.items():
        shared.update((item.path.parent, planned.key) for planned, _ in states)
    for item, states in wanted.items():
        # What a state begins from is needed at least as often, and begins from less.
        states.sort(key=lambda s: (-shared[item.path.parent, s[0].key], s[1], s[0].key))
        before = _before_all(item)
        states.sort(key=lambda s: s[0].name not in before)
        item.stash[PLANS] = [planned for planned, _ in states]
        item.fixturenames = _states_first(item)
    kept_as_written = {item.path for item in wanted if _shares_more(item)}
    modules: dict[Path, int] = {}
    for each in items:
        modules.setdefault(each.path, len(modules))

    def order(item: pytest.Item) -> tuple[int, list[tuple[int, int]]]:
        plan = () if item.path in kept_as_written else item.stash.get(PLANS, ())
        return modules[item.path], [
            (-shared[item.path.parent, planned.key], planned.key) for planned in plan
        ]

    items.sort(key=order)


def _states(item: pytest.Function, keys: dict[Hashable, int]) -> list[tuple[Planned, int]]:
    """The states a test begins from, with how many fixtures each begins from itself."""
    known = item._fixtureinfo.name2fixturedefs
    given = set(item.callspec.params) if hasattr(item, "callspec") else set()
    moments = [
        each.func.begins
        for name in item.fixturenames
        for each in known.get(name, ())
        if hasattr(each.func, "begins")
    ]
    moment = moments[0] if moments else None
    found = []
    for name in item.fixturenames:
        definitions = known.get(name)
        if not definitions or not hasattr(definitions[-1].func, "is_state"):
            continue
        needed = _needed(name, known)
        if needed & given:
            continue
        functions = frozenset(
            tuple(each.func for each in known[one]) for one in needed if one in known
        )
        key = keys.setdefault((name, functions, moment), len(keys))
        found.append((Planned(name, definitions[-1].func, key, moment), len(needed)))
    return found


def _needed(name: str, known: dict[str, Any]) -> set[str]:
    """The fixture with everything it is made from."""
    needed, waiting = set(), [name]
    while waiting:
        one = waiting.pop()
        if one not in needed:
            needed.add(one)
            waiting += [each for made in known.get(one, ()) for each in made.argnames]
    return needed


def _shares_more(item: pytest.Function) -> bool:
    """Whether it shares a module fixture, such as the demo, that the preceding tests lack."""
    known = item._fixtureinfo.name2fixturedefs
    return any(
        each.scope in ("class", "module", "package") and not name.startswith("_")
        for name in item.fixturenames
        for each in known.get(name, ())
    )


def _before_all(item: pytest.Function) -> set[str]:
    """What all tests of the module begin from, with everything that is made from."""
    info = item._fixtureinfo
    everywhere = set(info.initialnames) - set(info.argnames)
    return {one for name in everywhere for one in _needed(name, info.name2fixturedefs)}


def _states_first(item: pytest.Function) -> list[str]:
    """The test's fixtures in order: those of all tests, its states, the others."""
    info = item._fixtureinfo
    states = [planned.name for planned in item.stash[PLANS]]
    before = _before_all(item)

    def early(name: str) -> bool:
        definitions = info.name2fixturedefs.get(name, ())
        wider = any(each.scope != "function" for each in definitions)
        alone = name in before and not _needed(name, info.name2fixturedefs) & set(states)
        return wider or alone

    others = [name for name in item.fixturenames if name not in states]
    first = [name for name in others if early(name)]
    return cast("list[str]", [*first, *states, *(name for name in others if name not in first)])
