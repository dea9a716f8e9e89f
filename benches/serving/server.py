"""`threadmark serve` at work: started, listened to, asked for pages, weighed, and ended."""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin

from measure import stop

EVENTS = "/-/threadmark/events"
SHEET = re.compile(r"<link[^>]*rel=\"?stylesheet\"?[^>]*>")
HREF = re.compile(r"href=\"?([^\"\s>]+)")
VERSION = re.compile(r"data-version=\"([^\"]*)\"")
REST = 0.2
"""Seconds without work after which the server counts as at rest."""


class Event(NamedTuple):
    """What the server said, and when it was heard."""

    at: float
    version: str
    problems: list[str]


class Memory(NamedTuple):
    """Resident bytes of the server: the most so far, and now."""

    peak: int
    current: int


def read_event(line: bytes, at: float) -> Event | None:
    """The event in a line of the stream; none in one that only keeps the connection open."""
    name, _, data = line.decode("utf-8").strip().partition(":")
    if name != "data":
        return None
    state = json.loads(data)
    return Event(at, state["version"], [f"{problem['code']}: {problem['message']} ({problem['place']})" for problem in state["problems"]])


def sheets_of(address: str, page: str) -> list[str]:
    """The addresses of the style sheets that a page loads."""
    found = (HREF.search(tag) for tag in SHEET.findall(page))
    return [urljoin(address, link[1]) for link in found if link]


def version_of(page: str) -> str | None:
    """The version that the page was made from, as it says to the script that waits for another one."""
    found = VERSION.findall(page)
    return found[-1] if found else None


class Server:
    """A running `threadmark serve`. All waiting ends with an error after `patience` seconds."""

    def __init__(self, command: Sequence[str | Path], patience: float) -> None:
        self.patience = patience
        self.port = free_port()
        self.log = tempfile.TemporaryFile()
        self.heard: queue.Queue[Event | None] = queue.Queue()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT
        )

    def end(self) -> None:
        """Ends it, by force where it does not end by itself."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def fail(self, message: str) -> None:
        """Stops the script with what the server said last."""
        status = self.process.poll()
        ended = "" if status is None else f"; the server ended with {status}"
        self.log.seek(0, os.SEEK_END)
        self.log.seek(max(0, self.log.tell() - 2_000))
        stop(f"{message}{ended}\n{self.log.read().decode(errors='replace').strip()}".strip())

    def connect(self) -> http.client.HTTPConnection:
        """A connection, as soon as the server takes one."""
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
            try:
                connection.connect()
                return connection
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - self.started > self.patience:
                    self.fail("the server takes no connection")
            time.sleep(0.005)

    def listen(self) -> Event:
        """Begins to listen, and gives the first event."""
        connection = self.connect()
        # Some lines say nothing but that the connection is alive: silence longer than that is an end.
        threading.Thread(target=self.hear, args=(connection,), daemon=True).start()
        return self.event("")

    def hear(self, connection: http.client.HTTPConnection) -> None:
        """Puts events into the queue as they come, and nothing at the end of the stream."""
        try:
            connection.request("GET", EVENTS)
            stream = connection.getresponse()
            while line := stream.readline():
                event = read_event(line, time.perf_counter())
                if event:
                    self.heard.put(event)
        except (OSError, http.client.HTTPException, ValueError, KeyError):
            pass
        self.heard.put(None)

    def event(self, before: str) -> Event:
        """The next event with another version than `before`."""
        until = time.perf_counter() + self.patience
        while True:
            try:
                event = self.heard.get(timeout=max(0.0, until - time.perf_counter()))
            except queue.Empty:
                self.fail(f"no event with a new version came within {self.patience:.0f} s")
            if event is None:
                self.fail("the stream of events ended")
            if event.problems:
                self.fail("the site could not be built: " + "; ".join(event.problems[:3]))
            if event.version != before:
                return event

    def newest(self, event: Event) -> Event:
        """The last event that was heard by now; `event` where there was none since."""
        while not self.heard.empty():
            later = self.heard.get()
            event = later if later else event
        return event

    def get(self, address: str) -> tuple[int, str]:
        """The status and the text of a page."""
        connection = self.connect()
        try:
            connection.request("GET", quote(address, safe="/%?=&"))
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", errors="replace")
        except (OSError, http.client.HTTPException) as problem:
            self.fail(f"{address} could not be fetched: {problem!r}")
        finally:
            connection.close()
        raise AssertionError

    def cpu_seconds(self) -> float:
        """The processor's time that the server took so far, to a hundredth; nothing where the system does not say."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> float:
        """Waits until the server works no more. Gives the processor's time so far."""
        until = time.perf_counter() + self.patience
        before = -1.0
        while before != (now := self.cpu_seconds()) or before < 0:
            if time.perf_counter() > until:
                self.fail(f"the server still works after {self.patience:.0f} s")
            before = now
            time.sleep(REST)
        return now

    def memory(self) -> Memory | None:
        """Its memory, where the system says it as Linux does."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return None
        sizes = dict(re.findall(r"^(VmHWM|VmRSS):\s*(\d+) kB", status, re.M))
        return Memory(int(sizes["VmHWM"]) * 1024, int(sizes["VmRSS"]) * 1024) if len(sizes) == 2 else None


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(command: Sequence[str | Path], patience: float) -> Iterator[Server]:
    """A server that is ended whatever happens."""
    server = Server(command, patience)
    try:
        yield server
    finally:
        server.end()
