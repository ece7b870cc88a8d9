"""Many people at once: their figures are told in lines for a program, and errors are told."""

from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from cqi_portal.settings import PASSWORD_HASHERS
from devtools import worker
from devtools.demo.database import DEMO, DemoDatabase, built, looking_at
from devtools.load import webs
from devtools.load.figures import GOAL, lines, phase_of
from devtools.load.measuring import Crowd, measure
from devtools.servers import processes
from tests.devtools.test_bench_figures import figures
from tests.recovery import databases

pytestmark = pytest.mark.xdist_group("demo")
QUICK = (10.0,) * 19


def kinds(*ms: float, error: str = "") -> dict[str, dict[str, list[float | str]]]:
    return {
        "home": {"ms": [*ms], "errors": [error] if error else []},
        "bench": {"ms": [5.0], "errors": []},
        "sign_in.wrong": {"ms": [4000.0], "errors": []},
    }


def test_a_line_has_what_95_of_100_pages_took() -> None:
    phase = phase_of("storm", kinds(*QUICK, 2000.0))
    calm = phase_of("calm", kinds(*QUICK))
    told = {line.split(" ")[1]: figures(line, 2) for line in lines(phase, calm)}
    assert set(told) == {"bench", "home", "pages", "sign_in.wrong", "sign_ins"}
    assert told["home"] == {"requests": 20, "errors": 0, "p50": 10, "p95": 10, "ratio": 2}
    assert told["pages"]["requests"] == 21
    assert phase.good


@pytest.mark.parametrize(
    ("ms", "error"), [((*QUICK, GOAL, GOAL), ""), ((10.0,), "500"), ((10.0,), "0 reset")]
)
def test_slow_pages_and_any_error_are_not_good_enough(ms: tuple[float, ...], error: str) -> None:
    phase = phase_of("calm", kinds(*ms, error=error))
    assert not phase.good
    told = [*lines(phase, phase)]
    assert (f"calm error home {error}" in told) == bool(error)


def test_nobody_came_is_not_good_enough() -> None:
    assert not phase_of("calm", {}).good


def test_web_servers_start_as_the_image_does() -> None:
    words = webs.command_at(1234)
    assert words[:2] == ("-m", "granian")
    assert words[words.index("--port") :][:2] == ("--port", "1234")
    assert words[words.index("--host") :][:2] == ("--host", "127.0.0.1")
    assert int(words[words.index("--workers") + 1]) == 2


def test_a_few_people_and_sign_ins_are_all_answered(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    told: list[str] = []
    crowd = Crowd(people=4, seconds=3, think=0.2, webs=1, sign_ins=8, warm_up=1, with_jobs=False)
    with django_db_blocker.unblock():
        built()
        name = databases.migrated("load", copied_from=DEMO)
        database = DemoDatabase(name, "")
        environment = processes.product_environment(
            **worker.environment() | database.environment,
            DJANGO_SETTINGS_MODULE="devtools.load.settings",
            TRUSTED_PROXIES="1",
        )
        product = {"ROOT_URLCONF": "devtools.bench.urls", "PASSWORD_HASHERS": PASSWORD_HASHERS}
        with looking_at(database), override_settings(**product):
            measure(crowd, environment, tmp_path, told.append)
        databases.drop(name)
    assert not [line for line in told if " error " in line], told
    found = {tuple(line.split(" ")[:2]): figures(line, 2) for line in told}
    assert {phase for phase, _kind in found} == {"calm", "storm"}
    assert found["calm", "pages"]["requests"] > 0
    assert found["storm", "pages"]["requests"] > 0
    assert found["storm", "sign_ins"]["requests"] > 0
    assert ("calm", "sign_ins") not in found
