"""The guide to moving an agency, command by command."""

import subprocess
from pathlib import Path

from recovery.moving.people import ALL, PROVEN
from tests.recovery import databases
from tests.recovery.conftest import Backup
from tests.recovery.engine import ROOT, commands, made_in, on_that_day
from tests.recovery.test_commands import environment

GUIDE = ROOT / "docs" / "guide" / "moving.md"
SLUGS = "SELECT slug FROM foundation_agency ORDER BY id"


def slugs(name: str) -> list[str]:
    with databases.owners(name) as connection:
        return [slug for (slug,) in connection.execute(SLUGS)]


def test_each_command_of_the_guide_does_what_it_says(backup: Backup, tmp_path: Path) -> None:
    engine = made_in(tmp_path)
    (tmp_path / "key.txt").write_text(backup.private)
    target = databases.migrated("moved_to")
    exporting, importing, beside = commands(GUIDE)
    assert f"--same {PROVEN} --apart {ALL}" in beside
    for block, name in ((exporting, backup.database), (importing, target), (beside, target)):
        done = subprocess.run(
            ["bash", "-euc", on_that_day(block).replace("riverside", "lakeside")],
            cwd=tmp_path,
            env=environment(name, backup.public) | engine.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (block, done.stdout, done.stderr)
    assert slugs(target) == ["lakeside", "lakeside-north"]
    assert "0 joined with accounts here, 4 people without one" in done.stdout
    databases.drop(target)
