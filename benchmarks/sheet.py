"""Time, memory and sameness of sales sheets: 500 of varied generated text in each format.

    python benchmarks/sheet.py [--sheets 500] [--format html,pdf,pptx,docx]

Each format is made twice, each time in a process of its own, and the bytes of both are compared. Printed are CPU and
wall seconds, the peak memory of the process in MB, the files made and how many bytes one has on average. Every seventh
sheet has a diagram of its own. As machines that are shared are now fast and now slow, a loop of plain Python is timed
beside each run: seconds can be compared where the loop took as long.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOOP = 5_000_000
DRAWN = 7


class Cost(NamedTuple):
    """What one process took to make the sheets: seconds, MB, sheets that did not fit, bytes, and the hash of them."""

    loop: float
    cpu: float
    wall: float
    peak: float
    refused: int
    size: int
    digest: str


def calibration() -> float:
    """Return the CPU seconds of a loop that is always the same."""
    start, total = time.process_time(), 0
    for i in range(LOOP):
        total += i & 7
    return time.process_time() - start


def make(format: str, count: int) -> Cost:
    """Make the sheets of a format in this process."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from sheet_varied import drawn, varied

    from msglint.sheet.formats import FORMATS
    from msglint.sheet.model import Look, Unrenderable

    sheets = [drawn(i) if i % DRAWN == 0 else varied(i) for i in range(count)]
    look, loop = Look("株式会社サンプル", color="#0b5fa5"), calibration()
    digest, refused, size = hashlib.sha256(), 0, 0
    cpu, wall = time.process_time(), time.perf_counter()
    render = importlib.import_module(FORMATS[format]).render
    for sheet in sheets:
        try:
            content = render(sheet, look)
        except Unrenderable:
            refused += 1
            continue
        digest.update(content)
        size += len(content)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return Cost(loop, cpu, wall, peak, refused, size, digest.hexdigest())


def apart(format: str, count: int) -> Cost:
    """Make the sheets of a format in a process of its own."""
    command = [sys.executable, __file__, "--alone", format, "--sheets", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Cost(*json.loads(done.stdout))


def report(format: str, count: int, runs: Sequence[Cost]) -> None:
    """Print what two runs took."""
    for run in runs:
        made = count - run.refused
        print(
            f"{format:<5} {run.cpu:7.2f} s CPU {run.wall:7.2f} s wall {run.peak:5.0f} MB peak "
            f"{made:5} files of {run.size / max(made, 1) / 1e3:6.1f} KB (loop {run.loop:.2f} s)"
        )
    print(f"{'':<5} twice the same bytes: {'yes' if len({run.digest for run in runs}) == 1 else 'NO'}")


def processor() -> str:
    """Return the name of the processor where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=500)
    parser.add_argument("--format", default="html,pdf,pptx,docx")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(make(options.alone, options.sheets)))
        return
    print(f"{platform.platform()}, {processor()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{options.sheets} sheets; the loop is {LOOP:,} rounds of plain Python, in CPU seconds")
    for format in options.format.split(","):
        report(format, options.sheets, [apart(format, options.sheets) for _ in range(2)])


if __name__ == "__main__":
    main()
