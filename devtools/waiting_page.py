"""What the demo shows while it is being built: how far it is, in a browser and in the terminal."""

import html
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

WIDTH = 30
ALL = 100
# It asks without leaving the page, since nobody answers for a moment when the portal takes over.
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<noscript><meta http-equiv="refresh" content="5"></noscript>
<title>{percent}%: the demo is being built</title>
<style>
body {{ font: 1.2rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto;
  padding: 0 1rem; color: #0b0c0c; }}
progress {{ width: 100%; height: 1.5rem; accent-color: #1d5a7a; }}
</style>
</head>
<body>
<h1>The demo is being built</h1>
<p>An agency lives through its first year and a half. That takes about half a minute, once.</p>
<p><progress max="100" value="{percent}" aria-label="How far the demo is">{percent}%</progress></p>
<p><span id="percent">{percent}</span>% is done. The portal opens here by itself.</p>
<script>
setInterval(async () => {{
  const answer = await fetch(location.href, {{cache: "no-store"}}).catch(() => null);
  if (!answer) return;
  const told = answer.headers.get("x-percent");
  if (told === null) location.reload();
  else {{
    document.querySelector("progress").value = told;
    document.getElementById("percent").textContent = told;
    document.title = told + "%: the demo is being built";
  }}
}}, 700);
</script>
</body>
</html>
"""


class DemoProgress:
    """How many percent are done, in a file that several processes share."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def percent(self) -> int:
        try:
            return int(self._path.read_text() or 0)
        except FileNotFoundError:
            return 0

    def tell(self, done: int, of: int) -> None:
        """Write it down when another percent is done, and draw a bar if this is a terminal."""
        percent = ALL * done // of
        if percent == self.percent:
            return
        # Whoever reads meanwhile sees the old number or the new one.
        new = self._path.with_suffix(".new")
        new.write_text(str(percent))
        new.replace(self._path)
        if sys.stdout.isatty():
            filled = WIDTH * percent // ALL
            bar = "█" * filled + "·" * (WIDTH - filled)
            sys.stdout.write(f"\r  {bar} {percent:3}%{'' if percent < ALL else chr(10)}")
            sys.stdout.flush()


@contextmanager
def shown(port: int, progress: DemoProgress) -> Iterator[None]:
    """Answer each address of this port with how far the demo is, until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _answering(progress))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answering(progress: DemoProgress) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            percent = progress.percent
            body = PAGE.format(percent=html.escape(str(percent))).encode()
            # Not the portal yet.
            self.send_response(503)
            for name, value in (
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
                ("Retry-After", "5"),
                ("X-Percent", str(percent)),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        log_message: Callable[..., None] = staticmethod(lambda *_words: None)

    return Answering
