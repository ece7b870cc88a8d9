"""Let people loose on the web servers, and tell what each phase came to."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from devtools.demo.people import AGENCY
from devtools.load import journeys
from devtools.load.figures import Phase, lines, phase_of
from devtools.load.webs import serving
from devtools.servers import processes
from devtools.servers.processes import ServerError
from devtools.stack import ROOT
from foundation.models import Agency
from foundation.postgresql.base import DatabaseWrapper

CALM, STORM = "calm", "storm"


@dataclass(frozen=True)
class Crowd:
    """How many people, how long, and how many sign-ins a second arrive in the storm."""

    people: int
    seconds: float
    think: float
    webs: int
    sign_ins: float
    # Seconds until every process has compiled what it keeps, and everybody is somewhere.
    warm_up: float
    # Whether a worker and beat run as well.
    with_jobs: bool = True


def measure(
    crowd: Crowd, environment: Mapping[str, str], logs: Path, say: Callable[[str], None]
) -> bool:
    """Print the figures of both phases; whether they are good enough.

    The demo is in the database that Django's connection leads to, and that `environment` names.
    """
    plan = logs / "plan.json"
    agency = Agency.objects.get(slug=AGENCY)
    names = journeys.give_passwords(agency)
    people = journeys.crowd(agency, crowd.people)
    close_connections()
    with serving(crowd.webs, environment, logs, with_jobs=crowd.with_jobs) as webs:
        plan.write_text(
            json.dumps(
                {
                    "webs": webs,
                    "think": crowd.think,
                    "names": names,
                    "password": journeys.PASSWORD,
                    "session_cookie": settings.SESSION_COOKIE_NAME,
                    "people": [asdict(person) for person in people],
                    "phases": [*_phases(crowd)],
                }
            )
        )
        phases = _of_people(plan, logs)
    for phase in phases:
        for told in lines(phase, phases[0]):
            say(told)
    return all(phase.good for phase in phases)


def close_connections() -> None:
    """Give this process's connections back."""
    serving = connections["default"]
    serving.close()
    if isinstance(serving, DatabaseWrapper) and serving.settings_dict["OPTIONS"].get("pool"):
        serving.close_pool()


def _phases(crowd: Crowd) -> Iterable[dict[str, object]]:
    for name, sign_ins in ((CALM, 0.0), (STORM, crowd.sign_ins)):
        yield {
            "name": name,
            "sign_ins": sign_ins,
            "warm_up": crowd.warm_up if name == CALM else crowd.think,
            "seconds": crowd.seconds,
        }


def _of_people(plan: Path, logs: Path) -> list[Phase]:
    told = logs / "people.log"
    process = processes.start(
        [sys.executable, "-m", "devtools.load.people", plan], cwd=ROOT, log=told
    )
    if process.wait() != 0:
        raise ServerError(f"The people of the load test did not come.\n{processes.tail(told)}")
    found = [json.loads(line) for line in told.read_text().splitlines() if line.startswith("{")]
    return [phase_of(each["phase"], each["kinds"]) for each in found]
