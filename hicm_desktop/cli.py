"""The command line: opens the window, and does without one what needs none.

The composition root below the window, imported by `hicm_desktop.__main__` and by what packages the
program. Qt and the exporters are imported only by the command that needs them.

Exit codes: 0 done, 1 something falls short or failed, 2 the command was not understood.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from hicm_desktop import __version__
from hicm_desktop.errors import ContentError, FileError, HicmError
from hicm_desktop.export.due_dates import undated_words
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.storage import codec, files
from hicm_desktop.ui.commands import KEY_GROUPS, KEYS_NOTE
from hicm_desktop.workshop.handouts import Handout, Paper, only_details
from hicm_desktop.workshop.patient_data import findings, without_numbers
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts, only
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Details

OK, FELL_SHORT, NOT_UNDERSTOOD = 0, 1, 2

_LEFT_OUT = ("evidence", "differing-views", "names", "decision-log")
_ADDED = ("guidance", "private-notes")
"""Parts of an export that can be left out, and that are in where they are asked for."""

_PROGRAM = "hicm-desktop"
_COMMANDS_HELP = """\
commands, which open no window:
  export FILE --xlsx OUT --pdf OUT   write a workshop as a workbook, a PDF, or both; with
       --docx OUT --ics OUT          its action plan for Word, and its dates for a calendar
  sample OUT.hicm                    write the sample workshop, to look around in
  check FILE|FOLDER ...              say whether workshops and content packs can be read
  keys OUT.pdf                       write every key on one page, to print
  handout KIND OUT.pdf               write what is printed before a workshop: matrices, levels,
                                     a blank action plan, or an agenda
  demo FOLDER                        take pictures of the program with the sample workshop

Type `hicm-desktop COMMAND --help` for more about one. To open a workshop whose name is that of a
command, put its folder first: `hicm-desktop ./export`.

exit codes: 0 done, 1 something falls short or failed, 2 the command was not understood
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments, or those it was started with; gives its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file's name may be in no encoding
    try:
        code = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except HicmError as error:
        _tell(str(error))
        return FELL_SHORT
    except BrokenPipeError:
        # Who read our output has gone. Python would say so again when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FELL_SHORT
    except SystemExit as ended:  # argparse has written its help, or what it did not understand
        return ended.code if isinstance(ended.code, int) else NOT_UNDERSTOOD
    return code


def _run(arguments: list[str]) -> int:
    command = _COMMANDS.get(arguments[0]) if arguments else None
    if command is not None:
        return command(arguments[1:])
    parser = argparse.ArgumentParser(
        prog=_PROGRAM,
        description="Take a group through the High Impact Change Model and send out the record.",
        epilog=_COMMANDS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a workshop (.hicm) to open")
    parser.add_argument("--version", action="version", version=f"{_PROGRAM} {__version__}")
    given: str | None = parser.parse_args(arguments).file
    file = None if given is None else Path(given)
    if file is not None and file.name == given and not file.suffix and not file.exists():
        parser.error(f"{given} is neither a command nor a file")

    from hicm_desktop.app import run_app  # noqa: PLC0415 - Qt only where a window opens

    return run_app(file)


def _export(arguments: list[str]) -> int:
    parser = _parser(
        "export",
        "Write a workshop as a workbook (Excel) or as a PDF, its action plan as a Word document, "
        "or its dated actions as a calendar: any of them, or all.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the workshop (.hicm) to export")
    parser.add_argument("--xlsx", type=Path, metavar="OUT", help="the workbook to write")
    parser.add_argument("--pdf", type=Path, metavar="OUT", help="the PDF to write")
    parser.add_argument(
        "--docx", type=Path, metavar="OUT", help="the action plan to write, for Word"
    )
    parser.add_argument("--ics", type=Path, metavar="OUT", help="the calendar to write, of actions")
    parser.add_argument(
        "--changes",
        type=_numbers,
        metavar="1,4",
        help="the numbers of the changes to write; all of them otherwise",
    )
    parser.add_argument(
        "--without",
        type=partial(_names, _LEFT_OUT),
        default=(),
        metavar="PART,…",
        help=f"leave parts out: {', '.join(_LEFT_OUT)}",
    )
    parser.add_argument(
        "--with",
        dest="added",
        type=partial(_names, _ADDED),
        default=(),
        metavar="PART,…",
        help=f"put parts in that are left out otherwise: {', '.join(_ADDED)}",
    )
    parser.add_argument(
        "--private-notes",
        action="store_true",
        help="the same as --with private-notes: the facilitator’s own are in",
    )
    given = parser.parse_args(arguments)
    file: Path = given.file
    xlsx: Path | None = given.xlsx
    pdf: Path | None = given.pdf
    outputs = [path for path in (xlsx, pdf, given.docx, given.ics) if path is not None]
    if not outputs:
        parser.error("say what to write: --xlsx OUT, --pdf OUT, --docx OUT, --ics OUT, or several")
    if len({path.resolve() for path in (file, *outputs)}) <= len(outputs):
        parser.error("the workshop and what is written of it must be different files")

    model = read_model(content_dir())
    parts = _parts(parser, given, model)
    decoded = _opened(file, model)
    for notice in decoded.notices:
        _tell(f"{file}: {notice}")
    for finding in findings(model, only(model, decoded.workshop, parts)):
        where = without_numbers(finding.where)
        _tell(f"{file}: {where}: what looks like an NHS number goes out with this export.")
    report = build_report(model, decoded.workshop, parts)
    if xlsx is not None:
        from hicm_desktop.export.workbook import write_workbook  # noqa: PLC0415 - 200 ms of start-up

        write_workbook(report, xlsx)
        _say(str(xlsx))
    if pdf is not None:
        from hicm_desktop.export.pdf import write_pdf  # noqa: PLC0415 - 200 ms of start-up

        write_pdf(report, resources_dir() / "fonts", pdf)
        _say(str(pdf))
    _export_plan(report, given.docx, given.ics)
    return OK


def _export_plan(report: Report, docx: Path | None, ics: Path | None) -> None:
    """Write the action plan for Word and for a calendar, where they were asked for."""
    if docx is not None:
        from hicm_desktop.export.word import write_word  # noqa: PLC0415 - 150 ms of start-up

        write_word(report, docx)
        _say(str(docx))
    if ics is not None:
        from hicm_desktop.export.calendar import write_calendar  # noqa: PLC0415 - as above

        write_calendar(report, ics)
        _say(str(ics))
        if missing := undated_words(report):
            _tell(without_numbers(missing))


def _parts(parser: argparse.ArgumentParser, given: argparse.Namespace, model: Model) -> Parts:
    """Give the parts that were asked for; ends by the parser where the model has no such change."""
    numbers: tuple[int, ...] | None = given.changes
    by_number = {change.number: change.id for change in model.changes}
    for number in numbers or ():
        if number not in by_number:
            parser.error(f"argument --changes: there is no change {number}")
    return Parts(
        changes=None if numbers is None else tuple(by_number[number] for number in numbers),
        evidence="evidence" not in given.without,
        differing_views="differing-views" not in given.without,
        names="names" not in given.without,
        decision_log="decision-log" not in given.without,
        guidance="guidance" in given.added,
        private_notes=given.private_notes or "private-notes" in given.added,
    )


def _numbers(text: str) -> tuple[int, ...]:
    """Read the numbers of changes. Raises ArgumentTypeError."""
    numbers = [part.strip() for part in text.split(",")]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise argparse.ArgumentTypeError("give the numbers of changes, such as 1,4")
    return tuple(sorted({int(number) for number in numbers}))


def _names(allowed: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Read the names of parts. Raises ArgumentTypeError for one that is not allowed here."""
    names = tuple(part.strip() for part in text.split(","))
    for name in names:
        if name not in allowed:
            raise argparse.ArgumentTypeError(f"no such part: {name!r}; give {', '.join(allowed)}")
    return names


def _sample(arguments: list[str]) -> int:
    parser = _parser("sample", "Write the sample workshop to a file, to look around in.")
    parser.add_argument("out", type=Path, metavar="OUT.hicm", help="the file to write")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
    given = parser.parse_args(arguments)
    out: Path = given.out
    expected = files.fingerprint_of(out) if given.force else None
    try:
        files.write(out, files.read(resources_dir() / "sample.hicm"), expected)
    except files.ChangedOnDisk as error:
        raise FileError(f"{error} Or replace it with --force.") from error
    _say(str(out))
    return OK


def _check(arguments: list[str]) -> int:
    parser = _parser(
        "check",
        "Say whether workshops can be opened and content packs (folders) can be read: one line "
        "each, with every problem of a content pack beneath.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER", help="what to check")
    paths: list[Path] = parser.parse_args(arguments).paths
    return FELL_SHORT if [path for path in paths if not _is_sound(path)] else OK


def _is_sound(path: Path) -> bool:
    """Say how one file or content pack stands."""
    notices: tuple[str, ...] = ()
    try:
        if path.is_dir():
            read_model(path)
        else:
            notices = codec.decode(files.read(path), read_model(content_dir())).notices
    except ContentError as error:
        number = len(error.problems)
        _say(f"{path}: falls short in {number} {'place' if number == 1 else 'places'}")
        for problem in error.problems:
            _say(f"  {problem}")
        return False
    except FileError as error:
        _say(f"{path}: {error}")
        return False
    _say(f"{path}: ok")
    for notice in notices:
        _say(f"  {notice}")
    return True


def _keys(arguments: list[str]) -> int:
    parser = _parser("keys", "Write every key of the program on one page, to print.")
    parser.add_argument("out", type=Path, metavar="OUT.pdf", help="the PDF to write")
    out: Path = parser.parse_args(arguments).out

    from hicm_desktop.export.pdf.key_card import write_key_card  # noqa: PLC0415 - 200 ms of start-up

    write_key_card(KEY_GROUPS, KEYS_NOTE, resources_dir() / "fonts", out)
    _say(str(out))
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
    if file is not None and file.resolve() == out.resolve():
        parser.error("the workshop and the PDF must be different files")

    model = read_model(content_dir())
    changes = tuple(change.id for change in model.changes if change.number == given.change)
    if given.change is not None and not changes:
        parser.error(f"the model has no change {given.change}")
    details = None if file is None else _details(file, model, names=given.names)

    from hicm_desktop.export.pdf.handouts import write_handout  # noqa: PLC0415 - 200 ms of start-up

    fonts, names = resources_dir() / "fonts", given.names
    write_handout(handout, model, details, fonts, out, paper=paper, changes=changes, names=names)
    _say(str(out))
    return OK


def _handout_parser() -> argparse.ArgumentParser:
    parser = _parser("handout", "Write what is printed before a workshop.")
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
    details = _opened(file, model).workshop.details
    for finding in findings(model, only_details(details, names=names)):
        where = without_numbers(finding.where)
        _tell(f"{file}: {where}: what looks like an NHS number goes out with this agenda.")
    return details


def _demo(arguments: list[str]) -> int:
    parser = _parser("demo", "Take pictures of the program with the sample workshop.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the pictures go")
    folder: Path = parser.parse_args(arguments).folder

    from hicm_desktop.demo import run_demo  # noqa: PLC0415 - Qt only where a window opens

    return run_demo(folder)


_COMMANDS: Mapping[str, Callable[[list[str]], int]] = MappingProxyType(
    {
        "export": _export,
        "sample": _sample,
        "check": _check,
        "keys": _keys,
        "handout": _handout,
        "demo": _demo,
    }
)


def _parser(command: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"{_PROGRAM} {command}", description=description)


def _opened(file: Path, model: Model) -> codec.Decoded:
    """Read a workshop, and name its file in whatever is wrong with what it holds."""
    data = files.read(file)
    try:
        return codec.decode(data, model)
    except FileError as error:
        raise FileError(f"{file}: {error}") from error


def _say(text: str) -> None:
    _write(sys.stdout, text)


def _tell(text: str) -> None:
    _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    """Write a line. A program without a console, as on Windows, has no such stream."""
    if stream is not None:
        stream.write(f"{text}\n")
