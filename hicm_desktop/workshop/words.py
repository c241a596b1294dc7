"""Short phrases for what is recorded, each made in one place.

Pure. For whatever shows a workshop.
"""

from __future__ import annotations

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.values import (
    Action,
    Baseline,
    Outcome,
    Partner,
    RowRecord,
    Workshop,
)

NOT_IN_SCOPE = "Not in scope"
OWNER, PROGRESS = "Owner", "Progress"
ADDED_COLUMNS = (OWNER, PROGRESS)
"""What the action plan has beside the columns of the published one."""

ADDED_BY_US = "(added by this application)"
NO_ORGANISATION = "A partner with no organisation yet"
"""What stands for a partner who has neither an organisation nor a role."""


def model_words(title: str, source: str, version: str) -> str:
    """Name a model by its source and version; by its title too, where the source does not."""
    named = source if title in source else f"{title}. {source}"
    return f"{named}, {version}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Count things in words: "1 action", "2 actions"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def duration_words(minutes: int) -> str:
    """Say how long something takes: "45 min", "2 h 31 min", "3 h"."""
    hours, rest = divmod(minutes, 60)
    parts = (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")
    return " ".join(filter(None, parts))


def standing(model: Model, record: RowRecord) -> str:
    """Say where a row stands: "Established, leaning up, agreed with reservation", or "Parked".

    A level that the model does not have goes by its id.
    """
    if record.level is None:
        return record.outcome.words
    parts = [model.level(record.level).name if model.has_level(record.level) else record.level]
    if record.lean is not None:
        parts.append(record.lean.words)
    if record.outcome is not Outcome.AGREED:
        parts.append(record.outcome.words.lower())
    return ", ".join(parts)


def wording(action: Action) -> str:
    """Give what an action says is to be done, or words for one that says nothing yet."""
    return action.to_do.strip() or NO_WORDING


def partner_words(partner: Partner, *, or_name: bool = False) -> str:
    """Name a partner by organisation and role: "Council, Social care".

    A person's name stands in for them only where `or_name` lets it, and only where both are empty.
    """
    parts = (partner.organisation.strip(), partner.role.strip())
    last = partner.name.strip() if or_name else ""
    return ", ".join(filter(None, parts)) or last or NO_ORGANISATION


def baseline_words(baseline: Baseline) -> str:
    """Name an earlier workshop by place and date; one without either is at least told of."""
    parts = (baseline.place, date_words(baseline.held_on))
    return ", ".join(filter(None, parts)) or "An earlier workshop"


def outcomes_in_scope(model: Model, workshop: Workshop) -> tuple[Outcome, ...]:
    """Give the outcome of every row in scope, in the published order."""
    outcomes = {record.row: record.outcome for record in workshop.rows}
    return tuple(
        outcomes.get(row.id, Outcome.NOT_DISCUSSED)
        for change in model.changes
        if workshop.agenda_item(change.id).in_scope
        for row in change.rows
    )


def progress(model: Model, workshop: Workshop) -> str:
    """Say how far the workshop has got in the rows in scope: "9 of 27 rows agreed · 1 parked"."""
    outcomes = outcomes_in_scope(model, workshop)
    agreed = sum(1 for outcome in outcomes if outcome.is_agreed)
    parts = [f"{agreed} of {len(outcomes)} rows agreed"]
    if parked := outcomes.count(Outcome.PARKED):
        parts.append(f"{parked} parked")
    return " · ".join(parts)


def contents(model: Model, workshop: Workshop) -> str:
    """Say what a workshop holds: "9 of 27 rows agreed · 1 parked · 4 actions"."""
    actions = len(workshop.actions)
    return f"{progress(model, workshop)} · {count(actions, 'action') if actions else 'no actions'}"
