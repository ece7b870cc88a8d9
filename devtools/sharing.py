"""Runs the tests of an `xdist_group` in order, in one process.

pytest 9.2 keeps a test's id where pytest-xdist 3.8 does not look, so that its own `--dist
loadgroup` has no effect. Here each worker records the groups, and the controlling process's
scheduler reads them.
"""

import json
from functools import cached_property

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from devtools import worker

FILE = "groups.json"


def group_of(item: pytest.Item) -> str | None:
    """The name of the test's group, if it has one."""
    marker = item.get_closest_marker("xdist_group")
    return str(marker.args[0]) if marker else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    if worker.name() == "main":
        return
    groups = {item.nodeid: group for item in session.items if (group := group_of(item))}
    unfinished = worker.folder() / f"{FILE}.{worker.name()}"
    unfinished.write_text(json.dumps(groups))
    unfinished.replace(worker.folder() / FILE)


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Hand out groups as a whole, largest first, and all other tests one by one."""

    @cached_property
    def groups(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((worker.folder() / FILE).read_text())
        return found

    def _split_scope(self, nodeid: str) -> str:
        return self.groups.get(nodeid, nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return Scheduling(config, log)
