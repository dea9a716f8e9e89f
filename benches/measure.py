"""Running a command and measuring it, counting what it wrote, and printing tables."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

CLOCK_SLACK_NS = 20_000_000
"""How far a file's time may lag behind the clock: file systems keep it to the kernel's tick."""
IN_MEMORY = ("tmpfs", "ramfs")
"""File systems that no disk is behind."""


class Usage(NamedTuple):
    """What one run of a command took: by the clock, of all cores together, and of memory.

    The clock also counts what else the machine does meanwhile; `cpu_seconds` does so much less.
    `peak_bytes` is the largest resident memory of any one process of it, as the kernel counts it. On
    Linux a process starts with the peak of the one that started it, so this is never below the
    memory of the measuring script (about 20 MB): the scripts here keep little in memory for that reason.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def one_after_the_other(usages: Sequence[Usage]) -> Usage:
    """Several runs as one: times add up, memory does not."""
    return Usage(
        sum(usage.seconds for usage in usages), sum(usage.cpu_seconds for usage in usages), max(usage.peak_bytes for usage in usages)
    )


class Output(NamedTuple):
    """The files of a folder, their bytes, and how many of the files are new or were written again."""

    files: int
    bytes: int
    written: int


def stop(message: str) -> NoReturn:
    """Ends the script: nothing below this line would be a fair number."""
    sys.exit(f"error: {message}")


def run(command: Sequence[str | Path], cwd: Path, environment: Mapping[str, str], says: str = "") -> Usage:
    """Runs the command to its end. Stops the script with the end of its output when it fails, or does not say `says` there."""
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        _, status, resources = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(max(0, log.seek(0, os.SEEK_END) - 4_000))
        said = log.read().decode(errors="replace").strip()
        if process.returncode:
            stop(f"`{' '.join(map(str, command))}` ended with {process.returncode}:\n{said}")
        if says not in said:
            stop(f"`{' '.join(map(str, command))}` did not say `{says}`:\n{said}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Usage(seconds, resources.ru_utime + resources.ru_stime, resources.ru_maxrss * unit)


def settle() -> int:
    """Lets the disk finish earlier work, so that no run pays for the one before. Returns the time in ns.

    The pause keeps files that the run before wrote at its very end older than that time.
    """
    os.sync()
    time.sleep(3 * CLOCK_SLACK_NS / 1e9)
    return time.time_ns()


def files_below(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Every file in the folder and its folders."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files_below(entry.path)
            else:
                yield entry


def output_of(folder: Path, since_ns: int) -> Output:
    """Counts the folder; files changed since `since_ns` count as written."""
    files = size = written = 0
    for entry in files_below(folder):
        status = entry.stat(follow_symlinks=False)
        files, size = files + 1, size + status.st_size
        written += status.st_mtime_ns >= since_ns - CLOCK_SLACK_NS
    return Output(files, size, written)


def median_seconds(usages: Sequence[Usage]) -> float:
    """The middle time."""
    return statistics.median(usage.seconds for usage in usages)


def least_seconds(usages: Sequence[Usage]) -> float:
    """The shortest time."""
    return min(usage.seconds for usage in usages)


def median_cpu(usages: Sequence[Usage]) -> float:
    """The middle time of all cores together."""
    return statistics.median(usage.cpu_seconds for usage in usages)


def median_peak(usages: Sequence[Usage]) -> float:
    """The middle peak of memory, in bytes."""
    return statistics.median(usage.peak_bytes for usage in usages)


def megabytes(size: float) -> str:
    """Bytes as millions of bytes."""
    return f"{size / 1e6:,.1f} MB"


def ratio(value: float, base: float) -> str:
    """How many times `base` the value is."""
    return f"{value / base:.2f}x" if base else "-"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with its columns aligned: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]

    def line(cells: Sequence[str]) -> str:
        first, *others = (cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in enumerate(zip(cells, widths)))
        return "| " + " | ".join([first, *others]) + " |"

    return "\n".join([line(head), line(rule), *map(line, rows), ""])


def machine() -> str:
    """The machine, as far as it matters for the numbers."""
    return f"{cores()} cores, {os.uname().sysname} {os.uname().machine}, load {os.getloadavg()[0]:.1f} at the start"


def cores() -> int:
    """The cores that this process, and what it starts, may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def setting(folder: Path) -> str:
    """The machine, and whether the folder to work in is in memory."""
    kind = file_system(folder, mounts())
    place = "folders in memory" if kind in IN_MEMORY else f"folders on {kind or 'a disk'}, NOT in memory (TMPDIR=/dev/shm has them there)"
    return f"{machine()}; {place}"


def is_in_memory(folder: Path) -> bool:
    """Whether no disk is behind the folder."""
    return file_system(folder, mounts()) in IN_MEMORY


def mounts() -> str:
    """The kernel's list of mounted file systems; empty where there is none."""
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def file_system(folder: Path, mounted: str) -> str:
    """The kind of the file system that the folder lies on, by the list of mounts; empty where that says nothing."""
    found, kind = -1, ""
    for line in mounted.splitlines():
        _, place, name, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if folder.is_relative_to(place) and len(place) >= found:
            found, kind = len(place), name
    return kind
