"""While the demo is built, its address says how far it is; then the portal answers there."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from devtools.servers.valkey import free_port
from devtools.waiting_page import DemoProgress, shown


def asked(port: int) -> tuple[int, str, str | None]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/demo/", timeout=10) as answer:
            raise AssertionError(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode(), answer.headers["X-Percent"]


def test_it_says_how_far_the_demo_is(tmp_path: Path) -> None:
    progress, port = DemoProgress(tmp_path / "progress"), free_port()
    with shown(port, progress):
        status, page, percent = asked(port)
        assert (status, percent) == (503, "0")
        assert "The demo is being built" in page
        progress.tell(2, 3)
        assert DemoProgress(tmp_path / "progress").percent == 66
        status, page, percent = asked(port)
        assert percent == "66"
        assert 'value="66"' in page
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/")
    # The portal takes the port over at once.
    with shown(port, progress):
        assert asked(port)[0] == 503


def test_a_terminal_gets_a_bar_and_a_file_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = DemoProgress(tmp_path / "progress")
    progress.tell(1, 2)
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    progress.tell(1, 2)
    assert capsys.readouterr().out == ""
    progress.tell(2, 2)
    assert "100%\n" in capsys.readouterr().out
