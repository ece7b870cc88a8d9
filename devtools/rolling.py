"""A portal of two web servers, two workers and two beats, each restarted in turn all the time."""

import threading
from collections.abc import Mapping
from pathlib import Path

from devtools.balancing import Balancer
from devtools.servers import processes
from devtools.servers.valkey import Valkey, free_port
from devtools.stack import Program, Stack

# Seconds between two restarts, and for a process to finish what it does.
# Each restart costs seconds of a processor that the tests beside it need.
REST, LONGEST = 4.0, 60.0
NUMBERS = ("first", "second")


class RollingPortal:
    """Starts everything behind a balancer; then one process after the other is restarted.

    As compose does it: SIGTERM, wait until it has ended, start it again, wait until it is ready.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        port = free_port()
        self.url = f"http://localhost:{port}"
        self.mail_folder = folder / "mail"
        self._valkey = Valkey(folder / "valkey", durable=False)
        variables = processes.product_environment(
            **{
                **environment,
                "REDIS_URL": self._valkey.url(),
                "BASE_URL": self.url,
                "MAIL_FOLDER": str(self.mail_folder),
            }
        )
        self.stacks = [Stack(variables, _folder(folder, name), free_port()) for name in NUMBERS]
        self.balancer = Balancer(port, [stack.port for stack in self.stacks])
        self.restarted: list[str] = []
        self._trouble: list[Exception] = []
        self._ready, self._over = threading.Event(), threading.Event()
        # A child gets its signal when the thread that started it ends, so it is this one for all.
        self._rolling = threading.Thread(target=self._roll)

    def start(self) -> None:
        """Start everything, and begin to restart once all of it is ready."""
        self._valkey.start()
        self.balancer.begin()
        self._rolling.start()
        self._ready.wait()
        self._raise()

    def close(self) -> None:
        """Finish the restart that is under way, and stop everything."""
        self._over.set()
        self._rolling.join()
        self.balancer.end()
        self._valkey.stop()
        self._raise()

    def logs(self) -> dict[str, str]:
        """What each process has logged, by its name."""
        return {
            f"{name} {program.name}": program.log.read_text(errors="replace")
            for name, stack in zip(NUMBERS, self.stacks, strict=True)
            for program in stack.programs
        }

    def _raise(self) -> None:
        if self._trouble:
            raise self._trouble[0]

    def _roll(self) -> None:
        try:
            for stack in self.stacks:
                stack.start()
            self._ready.set()
            while not self._over.is_set():
                self._restart_each_once()
        except Exception as error:  # Raised in the test's own thread.
            self._trouble.append(error)
        finally:
            self._ready.set()
            for stack in self.stacks:
                stack.stop()

    def _restart_each_once(self) -> None:
        for kind in ("web", "worker", "beat"):
            for name, stack in zip(NUMBERS, self.stacks, strict=True):
                if self._over.wait(REST):
                    return
                self._restart(stack, getattr(stack, kind))
                self.restarted.append(f"{name} {kind}")

    def _restart(self, stack: Stack, program: Program) -> None:
        program.stop(within=LONGEST)
        if program is stack.worker:
            stack.start_worker()
            return
        program.start()
        if program is stack.web:
            stack.wait_for_pages()


def _folder(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name
