"""Whose account is whose: accounts come with their agency, and never become somebody else's.

An address or a name of the file may already belong to an account here. That can be the same person
or another one, and nobody but a person can tell: so the import stops and asks.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from psycopg import sql

from recovery.contents import Connection, StoredTable
from recovery.moving.shifting import NULL, Shift
from recovery.problems import Taken

USERS, ADDRESSES = "accounts_user", "account_emailaddress"
# The tables of an account. Sessions and confirmations under way stay behind.
TABLES = (USERS, ADDRESSES, "accounts_printedcode", "mfa_authenticator")
# What --same and --apart say for everybody whom the import asks about.
PROVEN, ALL = "proven", "all"
_FORMER = b"former-"
_SAME_NAME = """
    SELECT id, lower(email), member_name FROM public.accounts_user
    WHERE lower(email) = ANY (%(addresses)s) OR member_name = ANY (%(names)s)
"""
_SAME_ADDRESS = """
    SELECT user_id, lower(email), verified FROM public.account_emailaddress
    WHERE lower(email) = ANY (%(addresses)s)
"""


@dataclass(frozen=True)
class AboutPeople:
    """What the person who imports says of people that have an account here, or seem to.

    `same`: addresses of people who are the same; `apart`: addresses or member names of people who
    come without an account, and get an invitation later.
    """

    same: Collection[str] = ()
    apart: Collection[str] = ()

    def is_same(self, name: str) -> bool:
        return name in self.same or (PROVEN in self.same and name not in self.apart)

    def is_apart(self, name: str) -> bool:
        return name in self.apart or (ALL in self.apart and name not in self.same)

    def unasked(self, asked: Collection[str]) -> set[str]:
        """Whom they name although nobody asked about them."""
        return {*self.same, *self.apart} - {PROVEN, ALL} - set(asked)


@dataclass(frozen=True)
class ComingAccount:
    """An account of the file: its key, what it signs in with, and whether the address is proven."""

    key: int
    email: str
    member_name: str
    addresses: frozenset[str]
    proven: bool

    @property
    def name(self) -> str:
        return self.email or self.member_name


@dataclass
class Accounts:
    """The rows of accounts in a file, by table, as COPY writes them."""

    tables: Mapping[str, StoredTable]
    rows: dict[str, list[list[bytes]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, line: bytes) -> None:
        self.rows[table].append(line.split(b"\t"))

    def all(self) -> list[ComingAccount]:
        proven, addresses = set(), defaultdict[int, set[str]](set)
        for row in self._named(ADDRESSES):
            key, address = int(row["user_id"]), _text(row["email"]).lower()
            addresses[key].add(address)
            if row["verified"] == b"t":
                proven.add((key, address))
        found = []
        for row in self._named(USERS):
            key, email = int(row["id"]), _text(row["email"]).lower()
            known = frozenset(addresses[key] | ({email} if email else set()))
            name = _text(row["member_name"])
            found.append(ComingAccount(key, email, name, known, (key, email) in proven))
        return found

    def _named(self, table: str) -> Iterable[dict[str, bytes]]:
        columns = self.tables[table].columns
        return (dict(zip(columns, row, strict=True)) for row in self.rows[table])

    def write(self, connection: Connection, shift: Shift, new: Collection[int]) -> None:
        """Add the new accounts, each with all that belongs to it."""
        for name in TABLES:
            table = self.tables[name]
            whose = table.columns.index("id" if name == USERS else "user_id")
            with connection.cursor() as cursor, cursor.copy(table.writing()) as copy:
                for row in self.rows[name]:
                    if int(row[whose]) in new:
                        key = b"%d" % shift.number(int(row[whose]))
                        # The name of an erased account is made of its key.
                        row = [
                            _FORMER + key if _is_former(each, row[whose]) else each for each in row
                        ]
                        row[whose] = key
                        copy.write(b"\t".join(row) + b"\n")


def matched(
    connection: Connection, accounts: Iterable[ComingAccount], answers: AboutPeople
) -> dict[int, int | None]:
    """Whose account here each of these is: None for somebody without; new ones are left out.

    Taken: somebody seems to have an account here, and the answers don't say what to do.
    """
    accounts = list(accounts)
    here = _Here(connection, accounts)
    found: dict[int, int | None] = {}
    asked, open_questions = set[str](), []
    for each in accounts:
        others = here.like(each)
        if not others:
            continue
        asked.add(each.name)
        same = here.proven_same(each, others)
        if same is not None and answers.is_same(each.name):
            found[each.key] = same
        elif answers.is_apart(each.name):
            found[each.key] = None
        else:
            open_questions.append((each.name, same is not None))
    _refuse(open_questions)
    if unasked := answers.unasked(asked):
        raise Taken(f"Nobody here is like {', '.join(sorted(unasked))}: leave that out.")
    joined = [key for key in found.values() if key is not None]
    if len(joined) != len(set(joined)):
        raise Taken("Two people of the file would get the same account: name one with --apart.")
    return found


def _refuse(questions: list[tuple[str, bool]]) -> None:
    parts = []
    for proven, said in (
        (
            True,
            "have an account here with the same address, proven on both sides. If they are the "
            "same people, say --same ADDRESS for each, or --same proven",
        ),
        (
            False,
            "have an address or member name that somebody here has, and nothing proves that "
            "they are the same. Let them come without an account with --apart NAME, or --apart "
            "all; an administrator can invite them afterward",
        ),
    ):
        names = sorted(name for name, is_proven in questions if is_proven is proven)
        if names:
            named = ", ".join(names)
            parts.append(f"{len(names)} people ({named}) {said}.")
    if parts:
        raise Taken(" ".join(parts))


class _Here:
    """The accounts of the target that share an address or a name with those of the file."""

    def __init__(self, connection: Connection, accounts: list[ComingAccount]) -> None:
        wanted = {
            "addresses": sorted({one for each in accounts for one in each.addresses}),
            "names": sorted({each.member_name for each in accounts if each.member_name}),
        }
        self._by_address, self._by_name = defaultdict[str, set[int]](set), dict[str, int]()
        self._signs_in, self._proven = dict[int, str](), set[tuple[int, str]]()
        for key, email, name in connection.execute(_SAME_NAME, wanted).fetchall():
            if email:
                self._by_address[email].add(key)
                self._signs_in[key] = email
            if name:
                self._by_name[name] = key
        for key, email, verified in connection.execute(_SAME_ADDRESS, wanted).fetchall():
            self._by_address[email].add(key)
            if verified:
                self._proven.add((key, email))

    def like(self, account: ComingAccount) -> set[int]:
        found = {key for each in account.addresses for key in self._by_address[each]}
        if account.member_name in self._by_name:
            found.add(self._by_name[account.member_name])
        return found

    def proven_same(self, account: ComingAccount, others: set[int]) -> int | None:
        """The one account that signs in with this account's address, if both proved it."""
        if len(others) != 1 or not account.proven:
            return None
        (key,) = others
        is_proven = (key, account.email) in self._proven
        return key if is_proven and self._signs_in.get(key) == account.email else None


def _text(value: bytes) -> str:
    return "" if value == NULL else value.decode()


def _is_former(value: bytes, key: bytes) -> bool:
    return value == _FORMER + key


def tables_of_accounts(tables: Mapping[str, StoredTable]) -> dict[str, StoredTable]:
    """The tables of accounts; what belongs to an account gets a new key, so that is left out."""
    found = {}
    for name in TABLES:
        columns = tables[name].columns
        if name != USERS:
            columns = tuple(each for each in columns if each != "id")
        found[name] = StoredTable(name, columns, tables[name].key)
    return found


def reading(table: StoredTable, users: sql.Composable) -> sql.Composed:
    """Copy out what belongs to these accounts."""
    whose = "id" if table.name == USERS else "user_id"
    return table.reading(sql.SQL("{} IN ({})").format(sql.Identifier("stored", whose), users))
