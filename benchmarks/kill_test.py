"""Kills the real program at random moments while it records, and looks whether anything is lost.

`python benchmarks/kill_test.py [ROUNDS] [SEED]`. Each round runs the program in a process of its
own over one workshop on a "drive" (a folder), works in it as fast as it can, and kills it with
SIGKILL. In some rounds the drive is slow, full, or goes away first. Afterwards the file must open,
and hold a state at least as new as the last that the program said was in it; and the file or the
copy that was kept for recovery must hold one at least as new as the last that it said was safe. The
next round begins where that one ended, so that it also takes over the lock, sweeps what was left,
and takes in what is recovered.

Prints what was found; exits with 1 where anything was lost, or would not open.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kill_work import AWAY, FULL, SLOW, SOUND, work

from hicm_desktop import paths
from hicm_desktop.errors import FileError
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files, recovery, session

ROUNDS = 1000
FRESH_EVERY = 25
"""After so many rounds the workshop begins anew, so that notes do not grow without end."""

LONGEST_S = 1.6
_TROUBLES = (SOUND,) * 6 + (SLOW, SLOW, AWAY, FULL)
_START_S = 30.0


class Round:
    """What one run of the program told of the workshop it had open last, before it was killed."""

    def __init__(self, told: str, file: Path) -> None:
        self.file = file
        self.states: dict[str, int] = {}
        self.in_file = self.safe = -1
        self.counts: Counter[str] = Counter()
        for line in told.splitlines():
            kind, _, words = line.partition(" ")
            self.counts[kind] += 1
            if kind == "O":
                digest, _, path = words.partition(" ")
                self.file = Path(path)
                self.states = {digest: 0}
                self.in_file = self.safe = -1
            elif kind == "A":
                self.states[words] = self.counts["A"]
            elif kind == "S":
                self.in_file = self.safe = self.states[words]
            elif kind == "R":
                self.safe = max(self.safe, self.states[words])

    def age_of(self, data: bytes | None) -> int:
        """Give the number of the state that these bytes are; -1 for none that was told of."""
        if data is None:
            return -1
        return self.states.get(str(files.fingerprint(data))[:32], -1)


def main() -> int:
    """Run the rounds and print what was found."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    chance = random.Random(seed)
    home = Path(tempfile.mkdtemp(prefix="kill-"))
    drive = home / "drive"
    _make_home(home)
    model = read_model(paths.content_dir())
    found: Counter[str] = Counter()
    lost = 0
    print(f"{rounds} rounds, seed {seed}", flush=True)
    for number in range(rounds):
        file = drive / "Northbridge.hicm"
        if number % FRESH_EVERY == 0:
            shutil.rmtree(drive, ignore_errors=True)
            shutil.rmtree(paths.profile_dir(), ignore_errors=True)
            drive.mkdir()
            shutil.copy(paths.resources_dir() / "sample.hicm", file)
        trouble = chance.choice(_TROUBLES)
        told = _run_and_kill(file, chance.randrange(1 << 30), trouble, chance)
        if (home / "away").exists():
            (home / "away").rename(drive)
        ended = Round(told, file)
        found.update(ended.counts)
        found[trouble] += 1
        faults = _faults(model, ended)
        for fault in faults:
            print(f"round {number}, {trouble}: {fault}", flush=True)
        lost += bool(faults)
        if number % 100 == 99:
            print(f"  {number + 1} rounds, {lost} with a loss", flush=True)
    print(
        f"{found['A']} edits; all was said to be in the file {found['S']} times, and in a recovery "
        f"copy {found['R']} times; {found['D']} copies were offered and taken.\n"
        f"Drives: {found[SOUND]} sound, {found[SLOW]} slow, {found[AWAY]} gone, "
        f"{found[FULL]} full.\n"
        f"{lost} of {rounds} rounds lost anything."
    )
    shutil.rmtree(home)
    return 1 if lost else 0


def _make_home(home: Path) -> None:
    os.environ["HOME"] = str(home)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DOCUMENTS_DIR"):
        os.environ[name] = str(home / name)


def _run_and_kill(file: Path, seed: int, trouble: str, chance: random.Random) -> str:
    """Run the program in a process of its own, kill it, and give what it told until then."""
    mine, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(mine)
        work(file, seed, trouble, theirs)
        os._exit(3)
    os.close(theirs)
    told = b""
    starting = chance.random() < 0.05  # now and then it is killed while it starts
    end = time.monotonic() + (chance.uniform(0, 0.5) if starting else _START_S)
    killing = False
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([mine], [], [], left)
        if ready:
            got = os.read(mine, 1 << 16)
            if not got:
                break
            told += got
        if not starting and not killing and b"A " in told:
            killing = True
            longest = LONGEST_S * (3 if trouble != SOUND else 1)
            end = time.monotonic() + chance.uniform(0, longest)
    if not (starting or killing):
        os.kill(child, signal.SIGUSR1)  # have it say where it is
        time.sleep(1)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while got := os.read(mine, 1 << 16):
        told += got
    os.close(mine)
    words = told.decode()
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        words += f"X {status}\n"
    elif not (starting or killing):
        words += "N\n"
    return words[: words.rfind("\n") + 1]


def _faults(model: Model, ended: Round) -> list[str]:
    faults = ["the program ended by itself"] if ended.counts["X"] else []
    if ended.counts["N"]:
        faults.append(f"nothing was recorded in {_START_S:.0f} s")
    data: bytes | None = None
    try:
        data = files.read(ended.file)
        codec.decode(data, model)
    except FileError as error:
        faults.append(f"the file does not open: {error}")
    runs = paths.profile_dir() / "runs"
    left = recovery.left_behind(
        paths.profile_dir() / "recovery", lambda token: session.is_alive(runs, token)
    )
    copies = [kept.file.read_bytes() for kept in left]
    for copy in copies:
        try:
            codec.decode(copy, model)
        except FileError as error:
            faults.append(f"a recovery copy does not open: {error}")
    if ended.in_file > ended.age_of(data):
        faults.append(f"the file holds state {ended.age_of(data)}, and {ended.in_file} was told")
    newest = max(ended.age_of(d) for d in (data, *copies))
    if ended.safe > newest:
        faults.append(f"state {newest} is left, and {ended.safe} was told to be safe")
    return faults


if __name__ == "__main__":
    sys.exit(main())
