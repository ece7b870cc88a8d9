"""The containers: the image holds only the product, and compose names unset variables."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from devtools import worker
from devtools.servers import keeper
from devtools.servers.postgres import ROLES, SUPERUSER, binaries

ROOT = Path(__file__).parents[2]
COMPOSE = Path(sys.executable).parent / "docker-compose"
REQUIRED = {
    "SECRET_KEY": "long-and-random-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
    "EMAIL_URL": "smtp://portal:secret@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
    "POSTGRES_PASSWORD": "postgres1",
    "OWNER_PASSWORD": "owner1",
    "APP_PASSWORD": "app1",
    "VALKEY_PASSWORD": "valkey1",
}
# What others publish; docker/pin-images.sh names it by digest.
IMAGES = {
    "POSTGRES_IMAGE": "postgres:18",
    "VALKEY_IMAGE": "valkey/valkey:9",
    "PROXY_IMAGE": "caddy:2",
    "PYTHON_IMAGE": "python:3.13-slim",
}
PRODUCT = {
    **{name: REQUIRED[name] for name in list(REQUIRED)[:5]},
    "DATABASE_URL": "postgresql://cqi_app:app1@postgres/cqi",
    "REDIS_URL": "redis://:valkey1@valkey/0",
    "KEY_STORE": "/keys",
}


def composed(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMPOSE, "--env-file", os.devnull, "config"],
        cwd=ROOT,
        env={"PATH": os.defpath, "HOME": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_compose_is_valid_and_every_part_has_its_health_check() -> None:
    done = composed(REQUIRED)
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    assert set(services) == {"door", "web", "worker", "beat", "migrate", "postgres", "valkey"}
    checks = {name: service.get("healthcheck", {}) for name, service in services.items()}
    checked = {name for name, check in checks.items() if "test" in check}
    # The image has web's own; migrate ends by itself.
    assert checked == {"door", "worker", "beat", "postgres", "valkey"}


# A folder of files that several processes read and write.
SHARED = {"/keys"}


def bound_to_one(service: dict[str, Any]) -> list[str]:
    """What a service has that only one container can have."""
    named = [name for name in ("container_name", "ports", "hostname") if service.get(name)]
    writes = [each["target"] for each in service.get("volumes", []) if not each.get("read_only")]
    return [*named, *(each for each in writes if each not in SHARED)]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_there_can_be_several_of_each_process(name: str) -> None:
    services = yaml.safe_load(composed(REQUIRED).stdout)["services"]
    assert bound_to_one(services[name]) == []
    assert services[name]["read_only"]
    assert bound_to_one(services["door"]) == ["ports"]
    assert bound_to_one(services["postgres"]) == ["/var/lib/postgresql"]


def test_keys_lie_where_web_and_worker_find_them_and_nobody_else() -> None:
    services = yaml.safe_load(composed(REQUIRED).stdout)["services"]
    there = {
        name: [each["source"] for each in service.get("volumes", []) if each["target"] == "/keys"]
        for name, service in services.items()
    }
    assert {name for name, found in there.items() if found} == {"web", "worker"}
    assert there["web"] == there["worker"] == ["keys"]
    assert services["web"]["environment"]["KEY_STORE"] == "/keys"


def test_what_runs_may_finish_and_migrations_run_before_anything_else() -> None:
    services = yaml.safe_load(composed(REQUIRED).stdout)["services"]
    assert services["web"]["stop_grace_period"] == "30s"
    assert services["worker"]["stop_grace_period"] == "2m0s"
    for name in ("web", "worker", "beat"):
        waits = services[name]["depends_on"]["migrate"]["condition"]
        assert waits == "service_completed_successfully"
    # Each beat keeps its own times, in memory.
    assert services["beat"]["command"][-2:] == ["--schedule", "/tmp/schedule"]  # noqa: S108


def test_all_ways_lead_through_the_door() -> None:
    services = yaml.safe_load(composed({**REQUIRED, "COMPOSE_PROFILES": "proxy"}).stdout)[
        "services"
    ]
    (port,) = services["door"]["ports"]
    assert (port["host_ip"], port["published"], port["target"]) == ("127.0.0.1", "8000", 8000)
    assert services["proxy"]["command"][-1] == "door:8000"
    said = (ROOT / "docker" / "Caddyfile").read_text()
    assert "dynamic a web 8000" in said
    # Otherwise TRUSTED_PROXIES would have to count it.
    for header in ("X-Forwarded-For", "X-Forwarded-Proto"):
        assert f"header_up {header} {{header.{header}}}" in said


def test_no_service_takes_all_of_the_machine() -> None:
    done = composed({**REQUIRED, "COMPOSE_PROFILES": "proxy"})
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    assert "proxy" in services
    for service in services.values():
        assert int(service["mem_limit"]) > 0
        assert int(service["pids_limit"]) > 0
        assert "no-new-privileges:true" in service.get("security_opt", []) or (
            service["image"].startswith("postgres")
        )


@pytest.mark.parametrize("missing", REQUIRED)
def test_compose_names_a_missing_variable_in_one_line(missing: str) -> None:
    done = composed({name: value for name, value in REQUIRED.items() if name != missing})
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1
    assert f"required variable {missing} is missing a value" in done.stderr


def test_the_example_names_everything_that_compose_reads() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert named == {
        *REQUIRED,
        "BACKUP_RECIPIENTS",
        "HSTS",
        "TEXTS_URL",
        "TEXTS_SECRET",
        "TEXTS_PRIVATE",
        "TEXTS_CA",
        "PROXY_HOST",
        "TRUSTED_PROXIES",
        "WEB_PORT",
        "PORTAL_VERSION",
        *IMAGES,
    }


def pinned(folder: Path, *words: str, digest: str = "d1g35t") -> subprocess.CompletedProcess[str]:
    """Run the script in a copy of the project, beside a program that stands for the engine."""
    program = folder / "bin" / "docker"
    program.parent.mkdir(exist_ok=True)
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n'
        "    pull) ;;\n"
        f'    image) echo "registry/${{5%%:*}}{"@sha256:" if digest else ""}{digest}" ;;\n'
        "esac\n"
    )
    program.chmod(0o755)
    (folder / "docker").mkdir(exist_ok=True)
    shutil.copy(ROOT / "docker" / "pin-images.sh", folder / "docker")
    return subprocess.run(
        ["sh", folder / "docker" / "pin-images.sh", *words],
        env={"PATH": f"{program.parent}{os.pathsep}{os.defpath}"},
        capture_output=True,
        text=True,
        check=False,
    )


def variables_in(path: Path) -> dict[str, str]:
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_images_are_pinned_by_digest_and_compose_takes_these(tmp_path: Path) -> None:
    settings = tmp_path / ".env"
    settings.write_text("# Ours.\nSECRET_KEY=one=two\nPROXY_IMAGE=caddy:1\n")
    settings.chmod(0o600)
    done = pinned(tmp_path)
    assert done.returncode == 0, done.stderr
    found = variables_in(settings)
    assert found == {
        "SECRET_KEY": "one=two",
        **{name: f"{image}@sha256:d1g35t" for name, image in IMAGES.items()},
    }
    assert settings.read_text().startswith("# Ours.\n")
    assert settings.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env", "bin", "docker"]
    digest = "0" * 64
    pins = {name: f"{image}@sha256:{digest}" for name, image in IMAGES.items()}
    done = composed({**REQUIRED, **pins, "COMPOSE_PROFILES": "proxy"})
    services = yaml.safe_load(done.stdout)["services"]
    for name in ("postgres", "valkey", "proxy"):
        assert services[name]["image"].endswith(digest)
    assert services["web"]["build"]["args"]["PYTHON_IMAGE"].endswith(digest)
    again = pinned(tmp_path, "POSTGRES_IMAGE", digest="n3w")
    assert again.returncode == 0, again.stderr
    assert variables_in(settings) == {**found, "POSTGRES_IMAGE": "postgres:18@sha256:n3w"}


@pytest.mark.parametrize("words", [["POSTGRES"], []])
def test_nothing_is_pinned_by_halves(words: list[str], tmp_path: Path) -> None:
    settings = tmp_path / ".env"
    settings.write_text("SECRET_KEY=x\n")
    # An image that was built here has no digest.
    done = pinned(tmp_path, *words, digest="" if not words else "d1g35t")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert settings.read_text() == "SECRET_KEY=x\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env", "bin", "docker"]


def test_the_images_are_named_alike_everywhere() -> None:
    example = variables_in(ROOT / ".env.example")
    script = (ROOT / "docker" / "pin-images.sh").read_text()
    compose = (ROOT / "docker-compose.yml").read_text()
    for name, image in IMAGES.items():
        assert example[name] == image
        assert f"{name}={image}" in script
        assert f"${{{name}:-{image}}}" in compose
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert f"ARG PYTHON_IMAGE={IMAGES['PYTHON_IMAGE']}\n" in dockerfile
    assert re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE) == ["${PYTHON_IMAGE}"] * 2


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The image's build context: the allowed entries of .dockerignore, and nothing else."""
    target = tmp_path_factory.mktemp("image")
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in lines
    for name in (line[1:] for line in lines if line.startswith("!")):
        source = ROOT / name
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    return target


def product(image: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=image,
        env={"PATH": os.defpath, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_image_holds_every_package_of_the_product_but_not_devtools(image: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = set(settings["tool"]["importlinter"]["root_packages"])
    assert {path.parent.name for path in image.glob("*/__init__.py")} == packages - {"devtools"}


def test_the_product_starts_and_collects_its_static_files_from_the_image_alone(image: Path) -> None:
    done = product(image, "check", "--deploy", "--fail-level", "WARNING", **PRODUCT)
    assert done.returncode == 0, done.stderr
    done = product(image, "collectstatic", "--noinput", **PRODUCT)
    assert done.returncode == 0, done.stderr
    assert (image / "staticfiles" / "staticfiles.json").exists()


@pytest.mark.parametrize("missing", PRODUCT)
def test_the_product_names_a_missing_variable_in_one_line(image: Path, missing: str) -> None:
    variables = {name: value for name, value in PRODUCT.items() if name != missing}
    done = product(image, "check", **variables)
    assert done.returncode == 1
    assert done.stderr == (
        f"CQI Portal can't start: the environment variable {missing} is not set.\n"
    )


def test_the_database_s_first_start_makes_logins_with_passwords(django_db_setup: None) -> None:
    cluster = keeper.cluster_in(worker.folder())
    cluster.run("postgres", 'CREATE DATABASE "first start"')
    done = subprocess.run(
        ["sh", ROOT / "docker" / "create-roles.sh"],
        env={
            "PATH": f"{binaries()}:{os.defpath}",
            "PGHOST": str(worker.folder()),
            "ROLES": str(ROLES),
            "POSTGRES_USER": SUPERUSER,
            "POSTGRES_DB": "first start",
            "OWNER_PASSWORD": "it's the owner",
            "APP_PASSWORD": "app1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with psycopg.connect(cluster.url(SUPERUSER, "postgres")) as connection:
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'first start'"
        assert connection.execute(owner).fetchall() == [("cqi_owner",)]
        with_password = (
            "SELECT rolname FROM pg_authid WHERE rolname LIKE 'cqi%' AND rolpassword IS NOT NULL"
        )
        assert {name for (name,) in connection.execute(with_password)} == {"cqi_owner", "cqi_app"}
