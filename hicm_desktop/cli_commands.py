"""The commands of the command line, but for `export`: each does without a window what needs none.

For `hicm_desktop.cli`. Qt and the exporters are imported only by the command that needs them.
"""

from __future__ import annotations

import argparse
import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from hicm_desktop.cli_common import FELL_SHORT, OK, parser_of, say, tell
from hicm_desktop.cli_export import export
from hicm_desktop.cli_files import check_outputs, leave_alone, opened, policy
from hicm_desktop.errors import ContentError, FileError
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.published import published
from hicm_desktop.storage import codec, files
from hicm_desktop.ui.commands import KEY_GROUPS, KEYS_NOTE
from hicm_desktop.workshop.handouts import Handout, Paper, only_details
from hicm_desktop.workshop.patient_data import findings, without_numbers
from hicm_desktop.workshop.values import Details


def _sample(arguments: list[str]) -> int:
    parser = parser_of("sample", "Write the sample workshop to a file, to look around in.")
    parser.add_argument("out", type=Path, metavar="OUT.hicm", help="the file to write")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
    given = parser.parse_args(arguments)
    out: Path = given.out
    expected = files.fingerprint_of(out) if given.force else None
    try:
        files.write(out, files.read(resources_dir() / "sample.hicm"), expected)
    except files.ChangedOnDisk as error:
        raise FileError(f"{error} Or replace it with --force.") from error
    say(str(out))
    return OK


def _check(arguments: list[str]) -> int:
    parser = parser_of(
        "check",
        "Say whether workshops can be opened and content packs (folders) can be read: one line "
        "each, with every problem of a content pack beneath.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER", help="what to check")
    paths: list[Path] = parser.parse_args(arguments).paths
    model = functools.cache(lambda: published(policy()))
    return FELL_SHORT if [path for path in paths if not _is_sound(path, model)] else OK


def _is_sound(path: Path, model: Callable[[], Model]) -> bool:
    """Say how one file or content pack stands. A pack needs no other model than its own."""
    notices: tuple[str, ...] = ()
    try:
        if path.is_dir():
            read_model(path)
        else:
            notices = codec.decode(files.read(path), model()).notices
    except ContentError as error:
        number = len(error.problems)
        say(f"{path}: falls short in {number} {'place' if number == 1 else 'places'}")
        for problem in error.problems:
            say(f"  {problem}")
        return False
    except FileError as error:
        say(f"{path}: {error}")
        return False
    say(f"{path}: ok")
    for notice in notices:
        say(f"  {notice}")
    return True


def _keys(arguments: list[str]) -> int:
    parser = parser_of("keys", "Write every key of the program on one page, to print.")
    parser.add_argument("out", type=Path, metavar="OUT.pdf", help="the PDF to write")
    out: Path = parser.parse_args(arguments).out
    check_outputs(parser, {"OUT": (out, ".pdf")})
    leave_alone(out)

    from hicm_desktop.export.pdf.key_card import write_key_card  # noqa: PLC0415 - 200 ms of start-up

    write_key_card(KEY_GROUPS, KEYS_NOTE, resources_dir() / "fonts", out)
    say(str(out))
    return OK


def _handout(arguments: list[str]) -> int:
    parser = _handout_parser()
    given = parser.parse_args(arguments)
    handout = next(handout for handout in Handout if handout.word == given.kind)
    out: Path = given.out
    file: Path | None = given.workshop
    paper = handout.papers[0] if given.paper is None else Paper(given.paper.upper())
    if paper not in handout.papers:
        parser.error(f"{handout.word}: not made on {paper.value}")
    if given.change is not None and handout is not Handout.MATRICES:
        parser.error("--change is for matrices")
    if (file is not None or given.names) and handout is not Handout.AGENDA:
        parser.error("--workshop and --names are for an agenda")
    check_outputs(parser, {"OUT": (out, ".pdf")})

    found = policy()
    model = published(found)
    changes = tuple(c.id for c in model.changes if c.number == given.change)
    if given.change is not None and not changes:
        parser.error(f"the model has no change {given.change}")
    leave_alone(out)
    names: bool = given.names if found.names is None else found.names
    if file is not None and names != given.names:
        tell(f"Names go out or stay out as your organisation has set in {found.file}.")
    details = None if file is None else _details(file, model, names=names)

    from hicm_desktop.export.pdf.handouts import write_handout  # noqa: PLC0415 - 200 ms of start-up

    fonts = resources_dir() / "fonts"
    write_handout(handout, model, details, fonts, out, paper=paper, changes=changes, names=names)
    say(str(out))
    return OK


def _handout_parser() -> argparse.ArgumentParser:
    parser = parser_of("handout", "Write what is printed before a workshop.")
    kinds = [handout.word for handout in Handout]
    parser.add_argument("kind", choices=kinds, metavar="KIND", help=f"one of: {', '.join(kinds)}")
    parser.add_argument("out", type=Path, metavar="OUT.pdf", help="the PDF to write")
    papers = sorted(paper.value.lower() for paper in Paper)
    parser.add_argument("--paper", choices=papers, help="A3 for matrices unless said; else A4")
    parser.add_argument(
        "--change", type=int, metavar="N", help="for matrices: that of one change, by its number"
    )
    parser.add_argument(
        "--workshop", type=Path, metavar="FILE", help="for an agenda: of this, and not a blank one"
    )
    parser.add_argument("--names", action="store_true", help="for an agenda: with people’s names")
    return parser


def _details(file: Path, model: Model, *, names: bool) -> Details:
    """Read a workshop's details, and tell of what in them should not go out."""
    details = opened(file, model).workshop.details
    for finding in findings(model, only_details(details, names=names)):
        where = without_numbers(finding.where)
        tell(f"{file}: {where}: what looks like an NHS number goes out with this agenda.")
    return details


def _demo(arguments: list[str]) -> int:
    parser = parser_of("demo", "Take pictures of the program with the sample workshop.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the pictures go")
    folder: Path = parser.parse_args(arguments).folder

    from hicm_desktop.demo import run_demo  # noqa: PLC0415 - Qt only where a window opens

    return run_demo(folder)


def _self_test(arguments: list[str]) -> int:
    parser = parser_of(
        "self-test",
        "Do a whole workshop in a folder of its own, say what this computer is, and tell of each "
        "step whether it went well. Nothing of yours is opened.",
    )
    parser.add_argument("--show", action="store_true", help="show the windows while it goes on")
    parser.add_argument("--report", type=Path, metavar="OUT.txt", help="write what it tells there")
    given = parser.parse_args(arguments)
    report: Path | None = given.report
    if report is not None:
        check_outputs(parser, {"--report": (report, ".txt")})
        leave_alone(report)

    from hicm_desktop.self_test import run_self_test  # noqa: PLC0415 - Qt only where it is needed

    def tell_line(line: str) -> None:
        """Say a line, and keep it at once: what is told of a fault must not go with it."""
        say(line)
        if report is not None:
            _keep(report, f"{line}\n", "a")

    if report is not None:
        _keep(report, "", "w")
    return OK if run_self_test(tell_line, on_screen=given.show) else FELL_SHORT


def _keep(report: Path, text: str, mode: str) -> None:
    """Write what was told to the report, opened in this mode. Raises FileError."""
    try:
        # The name of a folder may be in no encoding.
        with report.open(mode, encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise FileError(f"{report} could not be written: {error.strerror or error}.") from error


BY_NAME: Mapping[str, Callable[[list[str]], int]] = MappingProxyType(
    {
        "export": export,
        "sample": _sample,
        "check": _check,
        "keys": _keys,
        "handout": _handout,
        "demo": _demo,
        "self-test": _self_test,
    }
)
"""Every command by its name: it takes its arguments, and gives the exit code."""
