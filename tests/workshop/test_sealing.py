"""The sign-off: what was agreed to is kept whole, and known again whatever was done meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec
from hicm_desktop.workshop import sealing
from hicm_desktop.workshop.clock import Clock
from hicm_desktop.workshop.decisions import entries_of, moved, written
from hicm_desktop.workshop.edits import (
    AddAction,
    AgreeLevel,
    ChangeField,
    Edit,
    RowField,
    SetDetails,
    WriteChange,
    WriteRow,
)
from hicm_desktop.workshop.entry import MOST_VERSIONS
from hicm_desktop.workshop.room_edits import (
    ClearTally,
    CountHands,
    LeanLevel,
    PauseClock,
    PutFirst,
    SetBaseline,
    ShowPrevious,
    SignOff,
    StartClock,
    TakeBreak,
    TakePosition,
)
from hicm_desktop.workshop.sealing import (
    content_of,
    fingerprint,
    is_full,
    is_intact,
    is_sealed,
    seal,
    standing_seal,
)
from hicm_desktop.workshop.tally import Tally, When
from hicm_desktop.workshop.values import (
    MOST_SEALED,
    Action,
    ChangeRecord,
    Details,
    Lean,
    Partner,
    RowRecord,
    Workshop,
)

AT = dt.datetime(2026, 11, 12, 13, 0, tzinfo=dt.UTC)
LEVELS = ("not-yet-established", "plans-in-place", "established", "mature", "exemplary")


@pytest.fixture
def signed(sample: Workshop) -> Workshop:
    return SignOff(AT, ("partner-01", "partner-13")).apply(sample)


def test_what_is_signed_off_is_kept_whole_with_who_was_there_and_when(
    model: Model, sample: Workshop
) -> None:
    named = replace(sample.details.partners[0], name="Ann Lee")
    details = replace(sample.details, partners=(named, *sample.details.partners[1:]))
    edit = SignOff(AT, ("partner-01", "nobody"))
    assert edit.describe(model) == "Sign off"
    signed = edit.apply(replace(sample, details=details))
    (sealed,) = signed.sealed
    assert (sealed.number, sealed.at) == (1, AT)
    assert sealed.present == (replace(named, name=""),)
    assert sealed.content.actions == sample.actions
    assert sealed.content.first_actions == sample.first_actions
    assert sealed.content.baseline == sample.baseline
    assert sealed.content.sealed == ()
    assert sealed.content.clock == Clock()
    assert is_intact(sealed)
    assert standing_seal(signed) == sealed


def test_it_holds_no_private_note_and_nothing_that_was_taken_back(signed: Workshop) -> None:
    (sealed,) = signed.sealed
    assert not any(record.private_note for record in sealed.content.rows)
    assert not any(record.private_note for record in sealed.content.changes)
    assert sealed.content.log == tuple(e for e in signed.log if not e.taken_back)
    assert len(sealed.content.log) == len(signed.log) - 1
    assert sealed.content.row("care-packages").differing_view


def test_a_private_note_alone_leaves_no_record_in_it(blank: Workshop) -> None:
    noted = WriteRow("planned", RowField.PRIVATE_NOTE, "Mine").apply(blank)
    noted = WriteChange("housing", ChangeField.PRIVATE_NOTE, "Mine").apply(noted)
    assert content_of(noted) == blank
    assert fingerprint(noted) == fingerprint(blank)


UNSEALING: tuple[Edit, ...] = (
    AgreeLevel("planned", "mature"),
    LeanLevel("planned", Lean.UP),
    WriteRow("planned", RowField.NOTE, "More"),
    WriteChange("housing", ChangeField.NOTE, "More"),
    CountHands("planned", When.AFTER, "mature", 3, LEVELS),
    ShowPrevious("planned"),
    SetBaseline(None),
    SetDetails(Details(place="Elsewhere")),
    AddAction(Action(id="new")),
    PutFirst(()),
)


@pytest.mark.parametrize("edit", UNSEALING, ids=lambda edit: type(edit).__name__)
def test_an_edit_makes_a_version_that_is_not_signed_off_and_undo_comes_back_to_it(
    edit: Edit, model: Model, signed: Workshop
) -> None:
    made = edit.apply(signed)
    edited = written(model, signed, made, AT)
    assert standing_seal(edited) is None
    assert edited.sealed == signed.sealed
    numbers = entries_of(signed, edited)
    back = moved(edited, signed, numbers, taken_back=True)
    assert standing_seal(back) == signed.sealed[0]
    again = moved(back, edited, numbers, taken_back=False)
    assert standing_seal(again) is None
    assert SignOff(AT, ()).apply(again).sealed[1].number == 2


@pytest.mark.parametrize(
    "edit",
    [
        WriteRow("planned", RowField.PRIVATE_NOTE, "Mine"),
        WriteChange("housing", ChangeField.PRIVATE_NOTE, "Mine"),
        StartClock("housing", AT),
        TakeBreak(AT, AT + dt.timedelta(minutes=10)),
    ],
    ids=lambda edit: type(edit).__name__,
)
def test_the_facilitators_own_notes_and_the_clock_leave_it_signed_off(
    edit: Edit, model: Model, signed: Workshop
) -> None:
    edited = written(model, signed, edit.apply(signed), AT)
    assert edited != signed
    assert standing_seal(edited) == signed.sealed[0]
    later = PauseClock(AT + dt.timedelta(minutes=1)).apply(edited)
    assert standing_seal(later) == signed.sealed[0]
    assert SignOff(AT, ("partner-13", "partner-01", "nobody")).apply(later) is later


def test_a_count_that_came_to_nothing_leaves_it_signed_off(model: Model, signed: Workshop) -> None:
    workshop = signed
    for edit in (
        CountHands("system-flow", When.AFTER, "mature", 3, LEVELS),
        ClearTally("system-flow", When.AFTER),
    ):
        workshop = written(model, workshop, edit.apply(workshop), AT)
    assert len(workshop.log) == len(signed.log) + 1
    assert standing_seal(workshop) == signed.sealed[0]


def test_the_order_of_records_makes_no_other_version(signed: Workshop) -> None:
    turned = replace(signed, rows=signed.rows[::-1], changes=signed.changes[::-1])
    assert standing_seal(turned) == signed.sealed[0]
    blank = (RowRecord(row="x"),), (ChangeRecord(change="y"),)
    more = replace(signed, rows=(*signed.rows, *blank[0]), changes=(*signed.changes, *blank[1]))
    assert standing_seal(more) == signed.sealed[0]


def test_what_is_empty_is_none_of_it_however_it_came_to_be(blank: Workshop) -> None:
    """A file may leave out what is empty, or say that it is."""
    bare = replace(blank, rows=(RowRecord(row="planned", note="x"),))
    spelt = replace(
        bare,
        details=Details(),
        rows=(RowRecord(row="planned", note="x", before=Tally(), after=Tally(hands=())),),
    )
    assert spelt == bare
    assert fingerprint(spelt) == fingerprint(bare)
    said = replace(bare, rows=(RowRecord(row="planned", note="x", previous_shown=True),))
    assert fingerprint(said) != fingerprint(bare)


def test_an_earlier_version_stands_again_where_that_is_what_is_recorded(signed: Workshop) -> None:
    other = WriteRow("planned", RowField.NOTE, "More").apply(signed)
    both = SignOff(AT, ()).apply(other)
    assert [s.number for s in both.sealed] == [1, 2]
    assert standing_seal(both) == both.sealed[1]
    first = replace(signed, sealed=both.sealed)
    assert standing_seal(first) == both.sealed[0]
    assert SignOff(AT, ("partner-01", "partner-13")).apply(first) is first


def test_other_people_make_the_next_version_of_the_same_content(signed: Workshop) -> None:
    assert is_sealed(signed, ("partner-13", "partner-01"))
    assert not is_sealed(signed, ("partner-01",))
    fewer = SignOff(AT, ("partner-01",)).apply(signed)
    assert [s.number for s in fewer.sealed] == [1, 2]
    assert [p.id for p in fewer.sealed[1].present] == ["partner-01"]
    assert fewer.sealed[1].content == fewer.sealed[0].content
    assert standing_seal(fewer) == fewer.sealed[1], "the latest of those that say the same"
    nobody = SignOff(AT, ()).apply(fewer)
    assert nobody.sealed[2].present == ()
    assert SignOff(AT, ("nobody",)).apply(nobody) is nobody
    back = SignOff(AT, ("partner-01", "partner-13")).apply(nobody)
    assert [s.number for s in back.sealed] == [1, 2, 3, 4]


def test_what_was_never_signed_off_is_not_sealed_by_nobody(sample: Workshop) -> None:
    assert not is_sealed(replace(sample, sealed=()), ())


@pytest.mark.parametrize(
    "text",
    [
        "half \ud83d alone",
        "\ud83d",
        "\udc00\ud83d",
        "\ud83d\ude00 apart",
        "😀 👍🏽",
        "\ufeff mark",
        "\x00\x07\u2028\r\n",
        "e\u0301",
        '"quoted\\"',
        "\ufffe\uffff",
        "x" * 200_000,
    ],
    ids=ascii,
)
def test_it_is_known_again_after_saving_and_opening_whatever_was_typed(
    text: str, model: Model, blank: Workshop
) -> None:
    partner = Partner(organisation=text, role=text, id="p")
    workshop = replace(
        blank,
        details=Details(place=text, partners=(partner,)),
        rows=(RowRecord(row="planned", note=text, private_note=text),),
        actions=(Action(id="a", to_do=text),),
    )
    signed = SignOff(AT, ("p",)).apply(workshop)
    again = codec.decode(codec.encode(signed, model), model)
    assert again.notices == ()
    (sealed,) = again.workshop.sealed
    assert sealed.fingerprint == signed.sealed[0].fingerprint
    assert is_intact(sealed)
    assert standing_seal(again.workshop) == sealed
    other = replace(again.workshop, details=Details(place=f"{text}."))
    assert standing_seal(other) is None


@pytest.mark.parametrize("hours", [-9.5, 0, 1, 13])
def test_it_is_known_again_in_whatever_zone_it_was_made(
    hours: float, model: Model, blank: Workshop
) -> None:
    zone = dt.timezone(dt.timedelta(hours=hours))
    local = replace(blank, created_at=AT.astimezone(zone))
    signed = written(
        model, local, AgreeLevel("planned", "mature").apply(local), AT.astimezone(zone)
    )
    signed = seal(signed, AT.astimezone(zone), ())
    again = codec.decode(codec.encode(signed, model), model).workshop
    assert standing_seal(again) is not None
    assert again == signed


def test_what_was_altered_is_no_longer_intact(signed: Workshop) -> None:
    (sealed,) = signed.sealed
    for other in (
        replace(sealed, fingerprint="0" * 64),
        replace(sealed, content=AgreeLevel("planned", "mature").apply(sealed.content)),
        replace(sealed, content=replace(sealed.content, log=sealed.content.log[:-1])),
    ):
        assert not is_intact(other)


def test_a_number_is_not_given_twice(signed: Workshop) -> None:
    """Where a file holds version 2 alone, the next is version 3."""
    second = replace(signed, sealed=(replace(signed.sealed[0], number=2),))
    other = WriteRow("planned", RowField.NOTE, "More").apply(second)
    assert [s.number for s in seal(other, AT, ()).sealed] == [2, 3]


def test_no_more_versions_are_signed_off_than_can_be_opened_again(
    model: Model, blank: Workshop
) -> None:
    workshop = blank
    for number in range(MOST_SEALED):
        assert not is_full(workshop)
        noted = WriteRow("planned", RowField.NOTE, str(number)).apply(workshop)
        workshop = SignOff(AT, ()).apply(noted)
    assert is_full(workshop)
    noted = WriteRow("planned", RowField.NOTE, "one too many").apply(workshop)
    assert SignOff(AT, ()).apply(noted) is noted
    assert codec.decode(codec.encode(noted, model), model).workshop == noted


def test_a_partner_with_only_a_name_is_sealed_without_it_and_not_as_nobody(blank: Workshop) -> None:
    only_named = Partner(organisation=" ", name="Ann Lee", id="p")
    workshop = replace(blank, details=Details(partners=(only_named,)))
    (sealed,) = SignOff(AT, ("p",)).apply(workshop).sealed
    assert sealed.present == (Partner(organisation="A partner with no organisation yet", id="p"),)


def test_a_version_promises_what_it_does_not_hold(sample: Workshop) -> None:
    """Whoever makes one in another way, or writes it into a file, is refused."""
    (sealed,) = SignOff(AT, ("partner-01",)).apply(sample).sealed
    content = sealed.content
    noted = (replace(content.rows[0], private_note="Mine"),)
    changes = (ChangeRecord(change="housing", private_note="Mine"),)
    for part, fault in (
        ({"present": (Partner(organisation="Trust", name="Ann Lee"),)}, "no person"),
        ({"content": replace(content, rows=noted)}, "no private note"),
        ({"content": replace(content, changes=changes)}, "no private note"),
        ({"content": replace(content, clock=Clock(change="housing", since=AT))}, "no clock"),
        ({"content": replace(content, sealed=(sealed,))}, "none itself"),
    ):
        with pytest.raises(ValueError, match=fault):
            replace(sealed, **part)


def test_what_else_a_version_may_not_hold_breaks_its_seal(signed: Workshop) -> None:
    (sealed,) = signed.sealed
    entry = replace(sealed.content.log[-1], number=10**6, taken_back=True)
    longer = replace(sealed.content, log=(*sealed.content.log, entry))
    assert not is_intact(replace(sealed, content=longer))


def test_the_order_of_positions_makes_no_other_version(blank: Workshop) -> None:
    one, other = blank, blank
    for partner in ("p", "q"):
        one = TakePosition("planned", When.BEFORE, partner, "mature").apply(one)
    for partner in ("q", "p"):
        other = TakePosition("planned", When.BEFORE, partner, "mature").apply(other)
    assert one != other
    assert fingerprint(one) == fingerprint(other)


def test_a_state_is_fingerprinted_once_and_its_like_anew(
    blank: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Equal moments in two zones are told apart, though they are equal."""
    counted: list[Workshop] = []
    digest = sealing._digest

    def counting(content: Workshop) -> str:
        counted.append(content)
        return digest(content)

    monkeypatch.setattr(sealing, "_digest", counting)
    workshop = replace(blank, id="once")
    assert fingerprint(workshop) == fingerprint(workshop)
    assert len(counted) == 1
    elsewhere = workshop.created_at.astimezone(dt.timezone(dt.timedelta(hours=1)))
    moved_ = replace(workshop, created_at=elsewhere)
    assert moved_ == workshop
    assert fingerprint(moved_) != fingerprint(workshop)
    (sealed,) = seal(workshop, AT, ()).sealed
    counted.clear()
    assert is_intact(sealed)
    assert is_intact(sealed)
    assert len(counted) == 1


def test_a_workshop_whose_numbers_are_used_up_is_signed_off_no_more(signed: Workshop) -> None:
    """No program counts so far; a file may say it."""
    last = replace(signed.sealed[0], number=MOST_VERSIONS)
    other = WriteRow("planned", RowField.NOTE, "More").apply(replace(signed, sealed=(last,)))
    assert is_full(other)
    assert seal(other, AT, ()) is other
