"""Time and memory of `msglint check` as whole processes, over articles of any folder of Japanese Markdown.

    python benchmarks/check.py FOLDER [--files 1000] [--runs 5]

Takes files of 2 to 20 KB from FOLDER (every n-th, so that all of it is represented), copies them beside the
repository's guide into a temporary folder, and prints medians of CPU seconds, wall seconds and peak memory: for Sudachi
alone over their lines, by which machines and hours can be compared; for all of them on one core with no cache, with and
without the rules that read for meaning; for a second run with the cache; and for one article of about 8 KB from a cold
process, again with and without these rules. The machine is named first.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MEANING = ("claim-missing", "claim-contradicted", "off-message", "definition-drift", "near-duplicate")

_SUDACHI = """
import pathlib, sudachipy
tokenizer = sudachipy.Dictionary(dict="core").tokenizer()
found = tokenizer.tokenize("")
for path in sorted(pathlib.Path("content").iterdir()):
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line:
            tokenizer.tokenize(line[:12_000], out=found)
"""


class Cost(NamedTuple):
    """What one process took: CPU and wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    peak: float


def run(arguments: list[str], folder: Path) -> Cost:
    """Run msglint in `folder` and return what it took."""
    return took([sys.executable, "-m", "msglint", *arguments], folder)


def took(command: list[str], folder: Path) -> Cost:
    """Run a command in `folder` and return what it took; raises SystemExit when it fails."""
    # Installed modules are compiled by pip: to compile them in each process is not what a user waits for.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = inherited | {"PYTHONPATH": str(ROOT), "MSGLINT_TODAY": "2026-11-01"}
    start = time.perf_counter()
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=nowhere, stderr=nowhere)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    wall = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit / 1e6)


def report(name: str, costs: list[Cost]) -> None:
    """Print the medians of `costs`."""
    cpu, wall, peak = (statistics.median(c[i] for c in costs) for i in range(3))
    print(f"{name:<44} {cpu:7.2f} s CPU {wall:7.2f} s wall {peak:6.0f} MB peak  (median of {len(costs)})")


def chosen(folder: Path, count: int) -> list[Path]:
    """Return `count` Markdown files of 2 to 20 KB, evenly spread over `folder`."""
    files = [f for f in sorted(folder.rglob("*.md")) if 2_000 <= f.stat().st_size <= 20_000]
    step = max(1, len(files) // count)
    return files[::step][:count]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    files = chosen(options.folder, options.files)
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "messaging.yaml", folder)
        content = folder / "content"
        content.mkdir()
        for i, file in enumerate(files):
            shutil.copy(file, content / f"{i:05}.md")
        size = sum(f.stat().st_size for f in content.iterdir())
        print(f"{len(files)} files, {size / 1e6:.2f} MB")
        floor = [sys.executable, "-c", _SUDACHI]
        report("Sudachi alone, line by line", [took(floor, folder) for _ in range(options.runs)])
        cold = ["check", "--jobs", "1", "--no-cache", "--fail-on", "never"]
        report("all, one core, no cache", [run(cold, folder) for _ in range(options.runs)])
        worded = [*cold, "--ignore", ",".join(MEANING)]
        report("the same, without reading for meaning", [run(worded, folder) for _ in range(options.runs)])
        warm = ["check", "--jobs", "1", "--fail-on", "never"]
        run(warm, folder)
        report("all, one core, from the cache", [run(warm, folder) for _ in range(options.runs)])
        one = min(content.iterdir(), key=lambda f: abs(f.stat().st_size - 8_000))
        alone = folder / "alone"
        (alone / "content").mkdir(parents=True)
        shutil.copy(ROOT / "messaging.yaml", alone)
        shutil.copy(one, alone / "content" / "one.md")
        single = ["check", "--no-cache", "--fail-on", "never", "content/one.md"]
        short = [*single, "--ignore", ",".join(MEANING)]
        runs = 2 * options.runs
        run(single, alone)
        report(f"one article of {one.stat().st_size} bytes", [run(single, alone) for _ in range(runs)])
        report("the same, without reading for meaning", [run(short, alone) for _ in range(runs)])


if __name__ == "__main__":
    main()
