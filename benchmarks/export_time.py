"""How long an export of a full workshop takes, alone and with its library's first import.

Run as `python -m benchmarks.export_time`. It measures in processes of their own, because a
library is imported but once in each.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

RUNS = 5
KINDS = ("workbook", "pdf")

_MEASURE = """
import sys, tempfile, time
from pathlib import Path
from hicm_desktop.model.reader import read_model
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.workshop.report import build_report
from tests.export.workshops import full_workshop

model = read_model(content_dir())
report = build_report(model, full_workshop(model))
with tempfile.TemporaryDirectory() as folder:
    target = Path(folder) / "export"
    began = time.perf_counter()
    if sys.argv[1] == "workbook":
        from hicm_desktop.export.workbook import write_workbook
        imported = time.perf_counter()
        write_workbook(report, target)
    else:
        from hicm_desktop.export.pdf import write_pdf
        imported = time.perf_counter()
        write_pdf(report, resources_dir() / "fonts", target)
    print(time.perf_counter() - began, time.perf_counter() - imported)
"""


def measure(kind: str) -> tuple[float, float]:
    """Give the seconds of one export, with and without the import of its library."""
    told = subprocess.run(
        [sys.executable, "-c", _MEASURE, kind], capture_output=True, text=True, check=True
    )
    whole, alone = map(float, told.stdout.split())
    return whole, alone


def main() -> None:
    """Print the median of each kind."""
    for kind in KINDS:
        runs = [measure(kind) for _ in range(RUNS)]
        whole = statistics.median(run[0] for run in runs)
        alone = statistics.median(run[1] for run in runs)
        print(f"{kind}: {alone:.2f} s, {whole:.2f} s with the first import (median of {RUNS})")


if __name__ == "__main__":
    main()
