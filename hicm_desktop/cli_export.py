"""The command `export`: a workshop as a workbook, a PDF, a Word document, a calendar.

For `hicm_desktop.cli_commands`. The exporters are imported only where they write.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from hicm_desktop.cli_common import OK, parser_of, say, tell
from hicm_desktop.cli_files import check_outputs, leave_alone, opened, policy
from hicm_desktop.document.policy import Policy
from hicm_desktop.export.due_dates import undated_words
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.published import published
from hicm_desktop.ui.export.kinds import Export, goes_out, write_export
from hicm_desktop.workshop.patient_data import findings, without_numbers
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.values import Workshop

_LEFT_OUT = ("evidence", "differing-views", "names", "decision-log")
_ADDED = ("guidance", "private-notes")
"""Parts of an export that can be left out, and that are in where they are asked for."""

_KINDS: Mapping[str, Export] = MappingProxyType(
    {
        "xlsx": Export.WORKBOOK,
        "pdf": Export.PDF,
        "docx": Export.WORD,
        "ics": Export.CALENDAR,
    }
)
"""What each option writes, in the order in which it is written."""


def export(arguments: list[str]) -> int:
    """Write what was asked for; gives the exit code. Raises HicmError."""
    parser = _parser()
    given = parser.parse_args(arguments)
    file: Path = given.file
    outputs: dict[Export, Path] = {
        kind: path
        for option, kind in _KINDS.items()
        if (path := getattr(given, option)) is not None
    }
    if not outputs:
        parser.error("say what to write: --xlsx OUT, --pdf OUT, --docx OUT, --ics OUT, or several")
    check_outputs(
        parser, {f"--{e.suffix.removeprefix('.')}": (out, e.suffix) for e, out in outputs.items()}
    )

    found = policy()
    model = published(found)
    parts = _limited(parser, _parts(parser, given, model), found)
    for out in outputs.values():
        leave_alone(out)
    decoded = opened(file, model)
    for notice in decoded.notices:
        tell(f"{file}: {notice}")
    _remind(file, model, decoded.workshop, parts, tuple(outputs))
    for kind, out in outputs.items():
        report = build_report(model, decoded.workshop, kind.parts_of(parts))
        write_export(kind, report, resources_dir() / "fonts", out)
        say(str(out))
        if kind is Export.CALENDAR and (missing := undated_words(report)):
            tell(without_numbers(missing))
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
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
    return parser


def _remind(
    file: Path, model: Model, workshop: Workshop, parts: Parts, kinds: tuple[Export, ...]
) -> None:
    """Tell of what goes out that had better not."""
    if any(kind.parts_of(parts).private_notes for kind in kinds):
        tell(f"{file}: your private notes go out with this export. Do not pass it on.")
    places = dict.fromkeys(
        without_numbers(finding.where)
        for kind in kinds
        for finding in findings(model, goes_out(kind, model, workshop, parts))
    )
    for where in places:
        tell(f"{file}: {where}: what looks like an NHS number goes out with this export.")


def _limited(parser: argparse.ArgumentParser, parts: Parts, found: Policy) -> Parts:
    """Give the parts that may go out; ends by the parser where more was asked for."""
    if parts.private_notes and not found.private_notes:
        parser.error("private notes go into no export: your organisation has set that")
    limited = found.limit(parts)
    if limited != parts:
        tell(f"Some parts go out or stay out as your organisation has set in {found.file}.")
    return limited


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
