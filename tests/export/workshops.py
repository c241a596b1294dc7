"""Workshops to export: a full one, an untouched one, and one that nobody would wish for."""

from __future__ import annotations

import datetime as dt

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.tally import Hands, Tally
from hicm_desktop.workshop.values import (
    Action,
    AgendaItem,
    Baseline,
    ChangeRecord,
    Details,
    EarlierRow,
    Lean,
    Outcome,
    Partner,
    Progress,
    RowRecord,
    Workshop,
)

MADE = dt.datetime(2026, 11, 3, 9, 30, tzinfo=dt.UTC)
OUTCOMES = (
    Outcome.AGREED,
    Outcome.AGREED,
    Outcome.AGREED_WITH_RESERVATION,
    Outcome.PARKED,
    Outcome.AGREED,
    Outcome.NOT_APPLICABLE,
    Outcome.NOT_DISCUSSED,
)

PARTNERS = (
    Partner(organisation="Northdale Hospitals NHS Foundation Trust", role="Acute trust", name=""),
    Partner(organisation="Northdale Council", role="Adult social care", name="Priya Shah"),
    Partner(organisation="Age Well Northdale", role="VCSE", name="Siân Llŷr"),
    Partner(organisation="Northdale Carers Forum", role="Carers", name=""),
)

DATA = (
    "Of 412 discharges in October, 96 waited more than a day after they were medically optimised; "
    "most waited for a package of care.\nThe weekend count is under half that of a weekday."
)
PEOPLE = (
    "Ward staff say they hear of a change of date from the family first. Carers told us they were "
    "asked early, “but nobody rang back”."
)


def empty_workshop() -> Workshop:
    return Workshop(id="w-empty", created_at=MADE)


def full_workshop(model: Model) -> Workshop:
    """Every row with its evidence, every kind of outcome, forty actions."""
    rows = []
    actions = []
    for number, (change, row) in enumerate(model.rows()):
        outcome = OUTCOMES[number % len(OUTCOMES)]
        level = model.levels[number * 2 % 5]
        rows.append(
            RowRecord(
                row=row.id,
                outcome=outcome,
                level=level.id if outcome.is_agreed else None,
                reason="The council sees this a level lower at weekends."
                if outcome.needs_reason
                else "",
                data=DATA,
                people=PEOPLE,
                local_interpretation="Our hub does this by phone at 11:00." if number % 2 else "",
                differing_view="Carers see it otherwise: letters come late." if number % 3 else "",
                note="To come back to in spring." if number % 4 == 0 else "",
            )
        )
        if number % 2 == 0 or number < 26:
            actions.append(
                Action(
                    id=f"a{number}",
                    change=change.id,
                    row=row.id if number % 3 else None,
                    where_now=f"{level.name}: {row.descriptors[level.number - 1]}",
                    to_do="Agree one route for the weekend, and who holds the list.",
                    due_on=dt.date(2027, 1 + number % 12, 28) if number % 3 else None,
                    due_words="" if number % 3 else "end of March, if the post is filled",
                    success="Fewer people wait over a weekend, and carers say they were rung.",
                    owner="Priya Shah" if number % 5 else "",
                    progress=tuple(Progress)[number % 3],
                )
            )
    changes = tuple(
        ChangeRecord(
            change=change.id,
            note="The room knew this one well.",
            workforce="Two posts to fill." if change.number % 2 else "",
            communication="One list, shared at 08:30.",
            governance="Reports to the A&E delivery board." if change.number % 3 else "",
            populations="People living alone; people with dementia.",
        )
        for change in model.changes
    )
    return Workshop(
        id="w-full",
        created_at=MADE,
        details=Details(
            place="Northdale & Eastmoor",
            held_on=dt.date(2026, 11, 21),
            facilitator="Jo Okafor",
            partners=PARTNERS,
            populations="Older people who live alone, and people without a home.",
            agenda=(
                AgendaItem(change=model.changes[0].id, minutes=25),
                AgendaItem(change=model.changes[-1].id, in_scope=False),
            ),
        ),
        rows=(
            *rows,
            RowRecord(
                row="seven-day-services",
                outcome=Outcome.PARKED,
                reason="Old row",
                after=Tally(hands=(Hands(level="mature", number=2),)),
            ),
        ),
        changes=changes,
        actions=tuple(actions),
    )


def moved_workshop(model: Model) -> Workshop:
    """Every row with a reservation, leaning, and away from where it was: all a profile can tell."""
    pairs = [(number, row) for number, (_, row) in enumerate(model.rows())]
    last = len(model.levels) - 1
    rows = tuple(
        RowRecord(
            row=row.id,
            outcome=Outcome.AGREED_WITH_RESERVATION,
            level=model.levels[number % (last + 1)].id,
            lean=Lean.DOWN if number % 2 else Lean.UP,
            reason="The council sees this a level lower at weekends.",
        )
        for number, row in pairs
    )
    earlier = tuple(
        EarlierRow(
            row=row.id, outcome=Outcome.AGREED, level=model.levels[(number * 3 + 1) % (last + 1)].id
        )
        for number, row in pairs
    )
    return Workshop(
        id="w-moved",
        created_at=MADE,
        rows=rows,
        baseline=Baseline(
            workshop="w-earlier",
            place="Northdale & Eastmoor",
            held_on=dt.date(2025, 11, 20),
            rows=earlier,
        ),
    )


MARKUP = "<b>not bold</b> & </para> <br> &amp; <font color=red>x"
ABROAD = (
    "Siân yn Ŵyr Ŷ · Ελληνικά · Русский · 👍🏽 👩‍⚕️ · مرحبا بالعالم · שלום · 漢字 · "
    "ひらがな カタカナ · 한국어 · हिन्दी · বাংলা · ਪੰਜਾਬੀ · தமிழ் · ไทย · አማርኛ · ქართული · "
    "Հայերեն · Tiếng Việt · Łódź · ትግርኛ"
)
CONTROL = "a\x00b\x07c\x0bd\ud800e\ufffef"
LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 20
FORMULAS = (
    '=HYPERLINK("http://example.org";"x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "#N/A",
    "=",
)
SPACED = "  two  spaces\tand a tab\r\n\r\n    indented"
LONG = " ".join(f"Word{n} of a very long note." for n in range(4_000))
TALL = "\n".join(f"line {n}" for n in range(2_000))


def hostile_workshop(model: Model) -> Workshop:
    """What a room should never write, and five hundred actions."""
    ids = [row.id for _, row in model.rows()]
    texts = (MARKUP, ABROAD, CONTROL, LONG_WORD, *FORMULAS, SPACED, "_x0041_ _x005F_", LONG, TALL)
    rows = tuple(
        RowRecord(
            row=row,
            outcome=Outcome.AGREED_WITH_RESERVATION if number % 2 else Outcome.AGREED,
            level=model.levels[number % 5].id,
            reason=texts[(number + 1) % len(texts)] if number % 7 == 0 else MARKUP,
            data=texts[number % len(texts)],
            people="" if number % 2 else ABROAD,
            note=CONTROL,
        )
        for number, row in enumerate(ids)
    )
    actions = tuple(
        Action(
            id=f"a{number}",
            change=model.changes[number % 9].id if number % 4 else ("gone" if number % 8 else None),
            row=None if number % 3 else ids[number % len(ids)],
            where_now=texts[number % 13],
            to_do=LONG if number == 17 else FORMULAS[number % len(FORMULAS)],
            due_on=dt.date(1899, 12, 31) if number == 3 else None,
            due_words="" if number == 3 else LONG_WORD if number == 5 else "=NOW()",
            success=LONG_WORD if number == 7 else ABROAD,
            owner=LONG_WORD if number == 9 else "=1+1",
        )
        for number in range(500)
    )
    return Workshop(
        id="w-hostile",
        created_at=MADE,
        details=Details(
            place=LONG_WORD[:200] + MARKUP,
            held_on=dt.date(1850, 1, 1),
            facilitator="=cmd|' /C calc'!A0",
            partners=(
                Partner(organisation=LONG[:40_000], role=MARKUP, name=ABROAD),
                *(Partner(organisation=f"=Partner {n}", role=CONTROL) for n in range(80)),
            ),
            populations=TALL,
        ),
        rows=(
            *rows,
            RowRecord(
                row="gone-row", outcome=Outcome.AGREED, level="gone-level", note=LONG[:9_000]
            ),
        ),
        changes=(ChangeRecord(change=model.changes[0].id, note=LONG, culture=MARKUP),),
        actions=actions,
    )
