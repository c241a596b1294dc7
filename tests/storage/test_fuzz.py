"""A small run of `benchmarks/fuzz.py`, and that it would tell of what it is there to find."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

FUZZ = Path(__file__).resolve().parents[2] / "benchmarks" / "fuzz.py"
Run = Callable[..., int]


@pytest.fixture
def fuzz(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_under_test", FUZZ)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(fuzz: ModuleType, tmp_path: Path) -> Run:
    def run(*arguments: str) -> int:
        code: int = fuzz.main([*arguments, "--processes", "1", "--save", str(tmp_path / "kept")])
        return code

    return run


def test_mutated_files_and_packs_are_read_or_refused_in_words(
    run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("300", "--seed", "11") == 0
    said = capsys.readouterr().out
    assert "workshops: 240 mutated" in said
    assert "content packs: 60 mutated" in said
    assert "uncaught: 0" in said
    assert "; 0 refused" not in said
    assert ", 0 read" not in said
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("kind", ["file", "pack"])
def test_what_is_not_caught_is_counted_kept_and_can_be_run_again(
    kind: str,
    fuzz: ModuleType,
    run: Run,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def fall(*_: object) -> None:
        raise KeyError("not caught")

    monkeypatch.setattr(fuzz, f"read_{kind}", fall)

    assert run("10", "--seed", "4") == 1
    said = capsys.readouterr().out
    line = next(line for line in said.splitlines() if "--only" in line)
    _, _, number = line.split(":")[0].split()[:3]
    kept = [path for path in (tmp_path / "kept").iterdir() if path.suffix != ".txt"]
    assert f"uncaught: {len(kept)}" in said
    assert "KeyError" in line
    before = next(path for path in kept if f"-{kind}-{number}-" in path.name).read_bytes()
    for path in kept:
        path.unlink()

    assert run("--only", kind, number, "--seed", "4") == 1
    (again,) = [path for path in (tmp_path / "kept").glob(f"*-{kind}-{number}-*") if path in kept]
    assert again.read_bytes() == before


def test_a_workshop_that_does_not_come_back_is_unsound(
    fuzz: ModuleType, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = fuzz.codec.encode
    monkeypatch.setattr(
        fuzz.codec, "encode", lambda *given: encode(*given).replace(b"planned", b"plummed")
    )
    assert run("20") == 1
