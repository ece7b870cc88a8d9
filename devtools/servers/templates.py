"""Migrated clusters cached under var/, so that a test run starts from a copy within moments.

A template is valid while its inputs are unchanged: migrations, the roles' SQL, the walls, the lock.
New migrations are applied to the newest template whose own are unchanged; anything else builds from
scratch, as a clean clone does.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from devtools.servers import processes
from devtools.servers.postgres import Cluster, binaries
from devtools.servers.processes import ServerError

ROOT = Path(__file__).parents[2]
STORE = ROOT / "var" / "clusters"
KEPT = 3
DATABASE = "cqi_template"
MANIFEST = "manifest.json"
GROUND = (
    "foundation/sql/*",
    "foundation/walls*",
    "foundation/walls/*.py",
    "foundation/management/commands/migrate.py",
    "requirements/product.txt",
    "devtools/servers/postgres.py",
    "devtools/servers/templates.py",
)
MIGRATIONS = ("*/migrations/*.py",)

Manifest = dict[str, dict[str, str]]


def prepare(cluster: Cluster) -> None:
    """Fill the cluster's data folder with a migrated database `DATABASE`, and start the server."""
    STORE.mkdir(parents=True, exist_ok=True)
    wanted = manifest()
    with _lock(fcntl.LOCK_SH):
        if copy(home_of(wanted), cluster):
            cluster.start()
            return
    with _lock(fcntl.LOCK_EX):
        wanted = manifest()
        if not copy(home_of(wanted), cluster):
            _build(cluster, wanted)
    cluster.start()


def manifest() -> Manifest:
    """What a template depends on: checksums of files, split into `ground` and `migrations`."""
    version = str(binaries()).encode()
    return {
        "ground": {**_checksums(GROUND), "programs": hashlib.sha256(version).hexdigest()},
        "migrations": _checksums(MIGRATIONS),
    }


def _checksums(patterns: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pattern in patterns:
        for path in ROOT.glob(pattern):
            with contextlib.suppress(FileNotFoundError, IsADirectoryError):
                found[str(path.relative_to(ROOT))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return dict(sorted(found.items()))


def home_of(wanted: Manifest) -> Path:
    """The folder of the template with this manifest."""
    key = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    return STORE / key[:20]


@contextlib.contextmanager
def _lock(kind: int) -> Iterator[None]:
    with (STORE / "lock").open("ab") as file:
        fcntl.flock(file, kind)
        yield


def copy(template: Path, cluster: Cluster) -> bool:
    """Copy a template's data folder to the cluster; False if there is no such template."""
    if not (template / MANIFEST).exists():
        return False
    os.utime(template)
    _copy_tree(template / "data", cluster.data)
    processes.give(cluster.data, cluster.user)
    return True


def _copy_tree(source: Path, target: Path) -> None:
    command = ["cp", "-R", "--reflink=auto"] if sys.platform == "linux" else ["cp", "-R"]
    if subprocess.run([*command, source, target], check=False).returncode != 0:
        processes.remove(target)
        shutil.copytree(source, target)
    target.chmod(processes.PRIVATE)


def _build(cluster: Cluster, wanted: Manifest) -> None:
    """Build the cluster's data and keep a copy; the caller holds the store's lock."""
    start = forerunner(wanted)
    if start is None:
        cluster.initialise()
    else:
        copy(start, cluster)
    cluster.start()
    try:
        if start is None:
            cluster.create(DATABASE)
        migrate(cluster, DATABASE)
    finally:
        cluster.stop()
    if manifest() == wanted:  # nobody edited a migration meanwhile
        keep(cluster, wanted)


def forerunner(wanted: Manifest) -> Path | None:
    """The newest template that `migrate` can bring up to the wanted one."""
    for template in _templates():
        had: Manifest = json.loads((template / MANIFEST).read_text())
        if had["ground"] == wanted["ground"]:
            old, new = had["migrations"], wanted["migrations"]
            if all(new.get(name) == checksum for name, checksum in old.items()):
                return template
    return None


def keep(cluster: Cluster, wanted: Manifest) -> None:
    """Keep a copy of a stopped cluster's data as a template, and only the newest few."""
    target = home_of(wanted)
    processes.remove(target)
    target.mkdir(mode=processes.PRIVATE)
    _copy_tree(cluster.data, target / "data")
    (target / MANIFEST).write_text(json.dumps(wanted, indent=1))
    complete = _templates()
    for folder in STORE.iterdir():
        if folder.is_dir() and folder not in complete[:KEPT]:
            processes.remove(folder)


def _templates() -> list[Path]:
    """Complete templates, most recently used first."""
    found = [path.parent for path in STORE.glob(f"*/{MANIFEST}")]
    return sorted(found, key=lambda folder: folder.stat().st_mtime, reverse=True)


def migrate(cluster: Cluster, database: str) -> None:
    """Apply the project's migrations as the owner role."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--database", "owner", "--verbosity", "0"],
        cwd=ROOT,
        env=processes.product_environment(
            DATABASE_URL=cluster.url("cqi_app", database),
            DATABASE_OWNER_URL=cluster.url("cqi_owner", database),
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stdout + done.stderr).splitlines()[-25:]
        raise ServerError("\n".join(["The migrations do not apply.", *said]))
