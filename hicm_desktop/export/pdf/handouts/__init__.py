"""The handouts as PDF: matrices, the card of the levels, a blank action plan, and an agenda.

For the user interface and the command line, which import it only when one is written. What there
is to print is in `hicm_desktop.workshop.handouts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hicm_desktop.export.pdf import read_back
from hicm_desktop.export.pdf.handouts.agenda import agenda
from hicm_desktop.export.pdf.handouts.kit import PAGE, about_handout, across
from hicm_desktop.export.pdf.handouts.levels import levels
from hicm_desktop.export.pdf.handouts.matrices import matrices
from hicm_desktop.export.pdf.handouts.plan import plan
from hicm_desktop.export.pdf.pages import write_pages
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.export.replacing import replace_file
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.handouts import Handout, Paper, agenda_of
from hicm_desktop.workshop.values import Details


def write_handout(
    handout: Handout,
    model: Model,
    details: Details | None,
    fonts: Path,
    target: Path,
    *,
    paper: Paper | None = None,
    changes: Sequence[str] = (),
    names: bool = False,
) -> None:
    """Write a handout to `target`, in place of an earlier one.

    `details` are those of the workshop that an agenda is for; the other handouts need none, and an
    agenda without any is a blank one. `fonts` is the folder of the typeface. `paper` is the first
    that the handout has unless one is given. `changes` are the ids of those whose matrices are
    wanted, all where none is given. `names` puts the names of persons on an agenda.

    Raises ValueError for a paper that the handout does not have, KeyError for a change that the
    model does not have, and ExportError where the disk does not let it, the typeface is missing or
    what was written is not whole; an earlier file is then as it was.
    """
    sheet = paper or handout.papers[0]
    if sheet not in handout.papers:
        raise ValueError(f"{handout.title} is not made on {sheet.value}")

    def render() -> bytes:
        typeface = Typeface(fonts)
        about = about_handout(model, handout.title)
        if handout is Handout.AGENDA:
            story = agenda(typeface, agenda_of(model, details, names=names))
            return write_pages(about, typeface, story, first=PAGE.lies)
        lying = across(sheet)
        if handout is Handout.MATRICES:
            chosen = [model.change(change) for change in changes] or list(model.changes)
            story = matrices(typeface, model, chosen, lying)
        elif handout is Handout.LEVELS:
            story = levels(typeface, model, lying)
        else:
            story = plan(typeface, model, lying)
        return write_pages(about, typeface, story, first=lying.lies)

    replace_file(target, render, read_back.pages)
