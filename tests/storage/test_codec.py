"""The `.hicm` format: exact there and back, and every fault refused with its reason and place."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import checks, codec, strict_json
from hicm_desktop.workshop.edits import RowField, WriteRow
from hicm_desktop.workshop.room_edits import ClearTally, CountHands, SignOff
from hicm_desktop.workshop.sealing import is_intact, standing_seal
from hicm_desktop.workshop.tally import Position, Tally, When
from hicm_desktop.workshop.values import (
    Action,
    ChangeRecord,
    Details,
    Outcome,
    Partner,
    Progress,
    RowRecord,
    Workshop,
)

Json = dict[str, Any]  # a file under test is damaged in all ways, so its type says nothing
Damage = Callable[[Json], object]


@pytest.fixture
def raw(sample: Workshop, model: Model) -> Json:
    """Give the sample file as JSON, to be damaged."""
    loaded: Json = json.loads(codec.encode(sample, model))
    return loaded


@pytest.fixture
def signed(sample: Workshop) -> Workshop:
    """Give the sample signed off in two versions, of which the second stands."""
    at = dt.datetime(2026, 11, 12, 13, 10, tzinfo=dt.UTC)
    once = SignOff(at, tuple(p.id for p in sample.details.partners[:3])).apply(sample)
    noted = WriteRow("planned", RowField.NOTE, "After all").apply(once)
    return SignOff(at + dt.timedelta(minutes=5), ()).apply(noted)


def refusal(data: bytes | Json, model: Model) -> str:
    """Give the words with which a file is refused."""
    if isinstance(data, dict):
        data = json.dumps(data).encode()
    with pytest.raises(FileError) as caught:
        codec.decode(data, model)
    return str(caught.value)


# There and back


def test_a_workshop_comes_back_as_it_was(sample: Workshop, model: Model) -> None:
    assert codec.decode(codec.encode(sample, model), model) == codec.Decoded(sample, ())


def test_a_blank_workshop_comes_back_as_it_was(blank: Workshop, model: Model) -> None:
    assert codec.decode(codec.encode(blank, model), model).workshop == blank


def test_the_shipped_sample_is_what_encoding_it_gives_byte_for_byte(model: Model) -> None:
    data = (resources_dir() / "sample.hicm").read_bytes()
    assert codec.encode(codec.decode(data, model).workshop, model) == data


def test_a_file_is_indented_utf_8_that_names_format_version_and_model(
    sample: Workshop, model: Model
) -> None:
    lines = codec.encode(sample, model).decode("utf-8").splitlines()
    assert lines[:7] == [
        "{",
        '  "format": "hicm-workshop",',
        '  "version": 2,',
        '  "model": {',
        '    "id": "hicm-2019",',
        '    "version": "2019 refresh, pre-publication draft"',
        "  },",
    ]
    assert any("“" in line for line in lines)


def test_one_edit_changes_few_lines_of_a_file(sample: Workshop, model: Model) -> None:
    first, *rest = sample.rows
    edited = replace(sample, rows=(replace(first, note="New"), *rest))
    before = codec.encode(sample, model).splitlines()
    after = codec.encode(edited, model).splitlines()
    assert len(set(before) ^ set(after)) == 2


def test_hands_that_were_cleared_leave_no_trace_in_a_file(sample: Workshop, model: Model) -> None:
    levels = tuple(level.id for level in model.levels)
    counted = CountHands("planned", When.AFTER, "mature", 3, levels).apply(sample)
    for edit in (
        ClearTally("planned", When.AFTER),
        CountHands("planned", When.AFTER, "mature", 0, levels),
    ):
        assert codec.encode(edit.apply(counted), model) == codec.encode(sample, model)


TEXT = st.text(max_size=20)  # Hypothesis leaves out surrogates by itself
ROWS = st.builds(
    RowRecord,
    row=st.sampled_from(("planned", "emergency", "not-in-this-model")),
    outcome=st.sampled_from((Outcome.NOT_DISCUSSED, Outcome.PARKED, Outcome.NOT_APPLICABLE)),
    **dict.fromkeys(
        ("reason", "data", "people", "local_interpretation", "differing_view", "note"), TEXT
    ),
)
ACTIONS = st.builds(
    Action,
    id=TEXT,
    change=st.none() | TEXT,
    row=st.none() | TEXT,
    due_on=st.none() | st.dates(),
    progress=st.sampled_from(Progress),
    **dict.fromkeys(("where_now", "to_do", "success", "owner"), TEXT),
)
WORKSHOPS = st.builds(
    Workshop,
    id=TEXT,
    created_at=st.datetimes(
        dt.datetime(1901, 1, 1),  # noqa: DTZ001 - Hypothesis wants them bare
        dt.datetime(8999, 1, 1),  # noqa: DTZ001
        timezones=st.just(dt.UTC),
    ),
    details=st.builds(
        Details,
        place=TEXT,
        held_on=st.none() | st.dates(),
        partners=st.lists(st.builds(Partner, organisation=TEXT, role=TEXT), max_size=3).map(tuple),
    ),
    rows=st.lists(ROWS, max_size=3, unique_by=lambda r: r.row).map(tuple),
    changes=st.lists(
        st.builds(ChangeRecord, change=TEXT, note=TEXT), max_size=3, unique_by=lambda c: c.change
    ).map(tuple),
    actions=st.lists(ACTIONS, max_size=3, unique_by=lambda a: a.id).map(tuple),
)


@given(workshop=WORKSHOPS)
def test_any_workshop_comes_back_as_it_was(workshop: Workshop, model: Model) -> None:
    data = codec.encode(workshop, model)
    assert codec.decode(data, model).workshop == workshop
    assert codec.encode(workshop, model) == data


def test_a_mark_that_notepad_puts_before_utf_8_is_passed_over(
    sample: Workshop, model: Model
) -> None:
    data = b"\xef\xbb\xbf" + codec.encode(sample, model)
    assert codec.decode(data, model).workshop == sample


def test_half_a_character_does_not_keep_a_workshop_from_being_saved(
    blank: Workshop, model: Model
) -> None:
    pasted = Details(place="a\ud83d", partners=(Partner(organisation="\ud83d\ude00"),))
    data = codec.encode(replace(blank, details=pasted), model)
    details = codec.decode(data, model).workshop.details
    assert details == Details(place="a\ufffd", partners=(Partner(organisation="\U0001f600"),))


def test_a_workshop_too_large_to_open_again_is_not_written(blank: Workshop, model: Model) -> None:
    def of(note: str) -> Workshop:
        return replace(blank, rows=(RowRecord(row="planned", note=note),))

    room = codec.LIMIT_BYTES - len(codec.encode(of("x"), model)) + 1
    full = codec.encode(of("x" * room), model)
    assert codec.decode(full, model).workshop == of("x" * room)
    with pytest.raises(FileError, match="more than the 32 MB"):
        codec.encode(of("x" * (room + 1)), model)


def test_a_workshop_that_its_versions_make_too_large_says_what_helps(
    blank: Workshop, model: Model
) -> None:
    workshop = replace(blank, details=Details(place="\ud83d"))
    for size in (6, 7, 8):
        noted = (RowRecord(row="planned", note="x" * (size * 1024 * 1024)),)
        workshop = SignOff(blank.created_at, ()).apply(replace(workshop, rows=noted))
    codec.encode(workshop, model)
    with pytest.raises(FileError, match="signed-off versions take most of that"):
        codec.encode(replace(workshop, rows=(RowRecord(row="planned", note="y" * 13**7),)), model)


def test_a_version_is_looked_through_once_for_all_saves(
    signed: Workshop, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    codec.encode(signed, model)
    looked: list[str] = []
    levels = checks._levels

    def counting(workshop: Workshop, model: Model, path: str) -> Iterator[str]:
        looked.append(path)
        return levels(workshop, model, path)

    monkeypatch.setattr(checks, "_levels", counting)
    codec.encode(WriteRow("planned", RowField.NOTE, "More").apply(signed), model)
    assert looked == ["$.workshop"]


# Not a file of ours, or a damaged one


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_an_empty_file_is_called_empty(data: bytes, model: Model) -> None:
    assert "empty" in refusal(data, model)


def test_a_file_that_breaks_off_is_refused_with_the_line_it_breaks_off_at(
    sample: Workshop, model: Model
) -> None:
    lines = codec.encode(sample, model).splitlines(keepends=True)
    assert "breaks off at line 40, column 1." in refusal(b"".join(lines[:39]), model)


def test_no_file_cut_short_opens(blank: Workshop, model: Model) -> None:
    data = codec.encode(blank, model).rstrip()
    for length in range(len(data)):
        refusal(data[:length], model)


@given(place=st.integers(min_value=0), byte=st.integers(0, 255))
def test_a_file_with_one_byte_wrong_opens_or_is_refused_in_words(
    place: int, byte: int, sample: Workshop, model: Model
) -> None:
    data = bytearray(codec.encode(sample, model))
    data[place % len(data)] = byte
    try:
        codec.decode(bytes(data), model)
    except FileError as error:
        assert "Nothing was changed" in str(error)  # noqa: PT017 - it may just as well open


def test_text_cut_short_in_a_note_is_said_to_break_off(sample: Workshop, model: Model) -> None:
    data = codec.encode(sample, model)
    cut = data.index(b"Service improvement") + 4
    assert "breaks off" in refusal(data[:cut], model)


def test_what_is_not_json_is_refused_with_its_place(model: Model) -> None:
    assert "not JSON at line 2, column 3 (Expecting value)" in refusal(b'{"a":\n  x}', model)


def test_bytes_that_are_not_utf_8_are_refused_with_their_place(model: Model) -> None:
    assert "byte 7 is not UTF-8" in refusal(b'{"a": \xff}', model)


@pytest.mark.parametrize("foreign", [b"[]", b"3", b"null", b"{}", b'{"format": "other"}'])
def test_a_file_of_another_program_is_said_to_be_one(foreign: bytes, model: Model) -> None:
    assert "made by some other program" in refusal(foreign, model)


def test_a_key_that_stands_twice_is_refused_by_name(model: Model) -> None:
    data = b'{"format": "hicm-workshop", "format": "hicm-workshop"}'
    assert "“format” stands twice" in refusal(data, model)


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_a_constant_that_is_no_number_is_refused(constant: str, model: Model) -> None:
    assert f"holds {constant}, which" in refusal(f'{{"a": {constant}}}'.encode(), model)


def test_a_number_too_long_to_read_is_refused(model: Model) -> None:
    assert "number too long" in refusal(b'{"a": ' + b"9" * 5000 + b"}", model)


def test_a_file_nested_too_deep_is_refused(model: Model) -> None:
    depth = 20 * sys.getrecursionlimit()
    assert "too deep" in refusal(b"[" * depth + b"]" * depth, model)


def test_a_file_nested_as_deep_as_can_be_read_is_refused_as_well(model: Model) -> None:
    depth = sys.getrecursionlimit() // 2
    assert "other program" in refusal(b"[" * depth + b"]" * depth, model)


def test_half_a_character_in_a_file_is_refused_with_its_path(raw: Json, model: Model) -> None:
    raw["workshop"]["rows"][2]["note"] = "\ud800"
    assert "half of a character at $.workshop.rows[2].note" in refusal(raw, model)


def test_half_a_character_in_a_key_is_refused_in_words_that_can_be_printed(
    raw: Json, model: Model
) -> None:
    raw["workshop"]["\udfff"] = {"\ud800": 1}
    words = refusal(raw, model)
    assert "half of a character at $.workshop. " in words
    words.encode("utf-8")


def test_a_file_too_large_is_refused_unread(model: Model) -> None:
    most = 32 * 1024 * 1024
    assert "larger than 32 MB" in refusal(b" " * (most + 1), model)
    assert "empty" in refusal(b" " * most, model)


@pytest.mark.parametrize(("text", "told"), [("x" * 120, "x" * 120), ("x" * 121, "x" * 120 + "…")])
def test_a_file_is_quoted_at_no_great_length(text: str, told: str) -> None:
    assert strict_json.quoted(text) == told


# Versions


def test_a_newer_file_is_refused_before_anything_else_of_it_is_read(model: Model) -> None:
    newer = {"format": "hicm-workshop", "version": 3, "unheard of": []}
    words = refusal(newer, model)
    assert "made by a newer version" in words
    assert "nothing was changed; open it there, or update" in words.lower()


@pytest.mark.parametrize("version", [None, "1", 1.0, True])
def test_a_file_without_a_whole_version_is_damaged(
    version: object, raw: Json, model: Model
) -> None:
    assert "$.version" in refusal({**raw, "version": version}, model)


@pytest.mark.parametrize("version", [0, -1])
def test_an_older_version_that_never_was_is_refused(version: int, raw: Json, model: Model) -> None:
    assert f"format {version}, which this program does not know" in refusal(
        {**raw, "version": version}, model
    )


def test_an_older_file_is_migrated_step_by_step(raw: Json, sample: Workshop, model: Model) -> None:
    old = {**raw, "version": -2, "record": raw["workshop"]}
    del old["workshop"]

    def name_workshop(file: codec.JsonObject) -> codec.JsonObject:
        return {("workshop" if key == "record" else key): file[key] for key in file}

    def add_mark(file: codec.JsonObject) -> codec.JsonObject:
        return {**file, "mark": True}

    def drop_mark(file: codec.JsonObject) -> codec.JsonObject:
        assert file["mark"] is True
        return {key: file[key] for key in file if key != "mark"}

    def both(file: codec.JsonObject) -> codec.JsonObject:
        return name_workshop(drop_mark(file))

    data = json.dumps(old).encode()
    migrations: dict[int, codec.Migration] = {-2: add_mark, -1: both, 0: dict, 1: dict}
    assert codec.decode(data, model, migrations).workshop == sample


# The model


def test_a_file_of_another_model_is_refused_and_both_are_named(
    sample: Workshop, model: Model
) -> None:
    other = replace(model, id="hicm-2031", version="2031")
    words = refusal(codec.encode(sample, other), model)
    assert "“hicm-2031” (2031)" in words
    assert "“hicm-2019” (2019 refresh, pre-publication draft)" in words


def test_a_file_of_another_version_of_the_model_opens_with_a_notice(
    sample: Workshop, model: Model
) -> None:
    other = replace(model, version="2020")
    decoded = codec.decode(codec.encode(sample, other), model)
    assert decoded.workshop == sample
    (notice,) = decoded.notices
    assert "“2020”" in notice


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 answer is about a row this model does not have; it is kept and shown on the"),
        (2, "2 answers are about rows this model does not have; they are kept and shown on the"),
    ],
)
def test_rows_the_model_does_not_have_are_kept_and_told(
    number: int, words: str, blank: Workshop, model: Model
) -> None:
    rows = tuple(
        RowRecord(row=f"gone-{n}", outcome=Outcome.AGREED, level="gone") for n in range(number)
    )
    workshop = replace(blank, rows=rows)
    decoded = codec.decode(codec.encode(workshop, model), model)
    assert decoded == codec.Decoded(workshop, (f"{words} Overview.",))


@pytest.mark.parametrize(
    ("number", "words"), [(1, "Notes on 1 change "), (2, "Notes on 2 changes ")]
)
def test_changes_the_model_does_not_have_are_kept_and_told(
    number: int, words: str, blank: Workshop, model: Model
) -> None:
    changes = tuple(ChangeRecord(change=f"gone-{n}", note="x") for n in range(number))
    workshop = replace(blank, changes=changes)
    decoded = codec.decode(codec.encode(workshop, model), model)
    assert decoded.workshop == workshop
    assert decoded.notices[0].startswith(words)


# Exact places of what is wrong


def put(*path: str | int, value: object) -> Damage:
    """Put a value in a file at a path."""

    def damage(raw: Json) -> None:
        place: Any = raw
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return damage


EXEMPLARY_UP = {"row": "planned", "outcome": "agreed", "level": "exemplary", "lean": "up"}


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (put("extra", value=1), "as a workshop. Object contains unknown field extra."),
        (put("model", "extra", value=1), "unknown field extra - at $.model."),
        (put("model", value=3), "Expected object, got int - at $.model."),
        (put("workshop", "extra", value=1), "unknown field extra - at $.workshop."),
        (put("workshop", "rows", 3, "extra", value=1), "extra - at $.workshop.rows[3]."),
        (put("workshop", "rows", 3, "note", value=1), "got int - at $.workshop.rows[3].note."),
        (put("workshop", "rows", value={}), "got object - at $.workshop.rows."),
        (put("workshop", "rows", 3, "outcome", value="x"), "at $.workshop.rows[3].outcome."),
        (put("workshop", "rows", 0, "level", value="x"), "“x” - at $.workshop.rows[0].level."),
        (put("workshop", "rows", 0, "level", value=None), "needs a level - at $.workshop.rows[0]."),
        (put("workshop", "rows", 5, "level", value="mature"), "no level - at $.workshop.rows[5]."),
        (put("workshop", "actions", 0, "due_words", value="soon"), "at $.workshop.actions[0]."),
        (put("workshop", "actions", 0, "due_on", value="2026-02-30"), "actions[0].due_on."),
        (put("workshop", "details", "agenda", 0, "minutes", value=-1), "details.agenda[0]."),
        (put("workshop", "details", "agenda", 0, "minutes", value=1441), "details.agenda[0]."),
        (put("workshop", "created_at", value="2026-11-12T09:00:00"), "at $.workshop.created_at."),
        (
            put("workshop", "created_at", value="0001-01-01T00:00:00+05:00"),
            "Nobody recorded anything in the year 1 - at $.workshop.created_at.",
        ),
        (
            put("workshop", "rows", 0, value=EXEMPLARY_UP),
            "There is no level beyond “exemplary” to lean to - at $.workshop.rows[0].lean.",
        ),
        (
            put("workshop", "first_actions", value=["ghost"]),
            "An action is put first that is not in the plan - at $.workshop.",
        ),
        (put("workshop", "rows", 1, "row", value="planned"), "at $.workshop.rows[1].row."),
        (
            put("workshop", "changes", 1, "change", value="early-discharge-planning"),
            "“early-discharge-planning” stands in it twice - at $.workshop.changes[1].change.",
        ),
        (put("workshop", "actions", 1, "id", value="action-01"), "at $.workshop.actions[1].id."),
        (put("workshop", "rows", 1, "lean", value="sideways"), "at $.workshop.rows[1].lean."),
        (put("workshop", "rows", 5, "lean", value="up"), "has none - at $.workshop.rows[5]."),
        (
            put("workshop", "rows", 0, "before", "hands", 1, "level", value="x"),
            "The model has no level “x” - at $.workshop.rows[0].before.hands[1].level.",
        ),
        (
            put("workshop", "rows", 6, "after", "positions", 0, "level", value="x"),
            "The model has no level “x” - at $.workshop.rows[6].after.positions[0].level.",
        ),
        (
            put("workshop", "rows", 0, "before", "hands", 1, "level", value="plans-in-place"),
            "counted twice - at $.workshop.rows[0].before.",
        ),
        (
            put("workshop", "rows", 6, "after", "positions", 1, "partner", value="partner-01"),
            "two positions - at $.workshop.rows[6].after.",
        ),
        (put("workshop", "rows", 0, "before", "hands", 0, "number", value=0), "before.hands[0]."),
        (put("workshop", "rows", 0, "before", "hands", 0, "number", value=1000), "hands[0]."),
        (
            put("workshop", "details", "partners", 2, "id", value="partner-01"),
            "“partner-01” stands in it twice - at $.workshop.details.partners[2].id.",
        ),
        (
            put("workshop", "baseline", "rows", 2, "row", value="planned"),
            "“planned” stands in it twice - at $.workshop.baseline.rows[2].row.",
        ),
        (
            put("workshop", "baseline", "rows", 0, "level", value=None),
            "needs a level - at $.workshop.baseline.rows[0].",
        ),
        (
            put("workshop", "first_actions", value=["a", "b", "c", "d"]),
            "At most 3 actions are put first - at $.workshop.",
        ),
        (put("workshop", "first_actions", value=["a", "a"]), "put first twice - at $.workshop."),
        (
            put("workshop", "log", 4, "number", value=2),
            "“2” stands in it twice - at $.workshop.log[4].number.",
        ),
        (
            put("workshop", "log", 0, "number", value=0),
            "count up from 1, and “0” does not - at $.workshop.log[0].number.",
        ),
        (
            put("workshop", "log", 1, "number", value=40),
            "count up from 1, and “3” does not - at $.workshop.log[2].number.",
        ),
        (
            put("workshop", "log", -1, "number", value=10**9 + 1),
            "and “1000000001” does not - at $.workshop.log[58].number.",
        ),
        (put("workshop", "log", 1, "kind", value="gossip"), "at $.workshop.log[1].kind."),
        (
            put("workshop", "log", 1, "at", value="0001-01-01T00:00:00+14:00"),
            "Nobody recorded anything in the year 1 - at $.workshop.log[1].at.",
        ),
        (put("workshop", "log", 1, "at", value="2026-11-12T09:00:00"), "$.workshop.log[1].at."),
        (
            put("workshop", "clock", "since", value="9999-12-31T23:00:00-11:00"),
            "Nobody recorded anything in the year 9999 - at $.workshop.clock.since.",
        ),
        (
            put("workshop", "clock", "break_until", value="9999-12-31T23:00:00-11:00"),
            "Nobody recorded anything in the year 9999 - at $.workshop.clock.break_until.",
        ),
        (put("workshop", "clock", "spent", 0, "seconds", value=-1), "$.workshop.clock.spent[0]."),
        (put("workshop", "clock", "spent", 0, "seconds", value=2**70), "clock.spent[0]"),
        (
            put("workshop", "clock", "spent", 0, "change", value="home-first"),
            "A change is timed twice - at $.workshop.clock.",
        ),
        (
            put("workshop", "clock", value={"since": "2026-11-12T09:00:00Z"}),
            "A clock that runs needs a change - at $.workshop.clock.",
        ),
        (
            put(
                "workshop",
                "clock",
                value={
                    "change": "housing",
                    "since": "2026-11-12T09:00:00Z",
                    "break_until": "2026-11-12T09:00:00Z",
                },
            ),
            "The clock stands during a break - at $.workshop.clock.",
        ),
        (
            put("workshop", "details", "agenda", 1, "change", value="early-discharge-planning"),
            "at $.workshop.details.agenda[1].change.",
        ),
    ],
)
def test_a_fault_is_refused_with_its_exact_place(
    damage: Damage, words: str, raw: Json, model: Model
) -> None:
    damage(raw)
    told = refusal(raw, model)
    assert words in told
    assert "Nothing was changed" in told


SEALED = ("workshop", "sealed")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (put(*SEALED, 1, "number", value=1), "“1” stands in it twice - at $.workshop.sealed[1]."),
        (put(*SEALED, 0, "number", value=0), "“0” does not - at $.workshop.sealed[0].number."),
        (
            put(*SEALED, 1, "at", value="9100-01-01T00:00:00Z"),
            "Nobody recorded anything in the year 9100 - at $.workshop.sealed[1].at.",
        ),
        (put(*SEALED, 0, "content", value=[]), "got array - at $.workshop.sealed[0].content."),
        (put(*SEALED, 0, value=3), "got int - at $.workshop.sealed[0]."),
        (
            put(*SEALED, 0, "content", "rows", 1, "row", value="planned"),
            "“planned” stands in it twice - at $.workshop.sealed[0].content.rows[1].row.",
        ),
        (
            put(*SEALED, 0, "content", "rows", 0, "level", value="x"),
            "“x” - at $.workshop.sealed[0].content.rows[0].level.",
        ),
        (
            put(*SEALED, 1, "content", "log", 3, "number", value=1),
            "“1” stands in it twice - at $.workshop.sealed[1].content.log[3].number.",
        ),
        (
            put(*SEALED, 0, "present", 0, "name", value="Ann Lee"),
            "names no person as present - at $.workshop.sealed[0].",
        ),
        (
            put(*SEALED, 0, "content", "rows", 0, "private_note", value="Mine"),
            "holds no private note - at $.workshop.sealed[0].",
        ),
        (
            put(*SEALED, 0, "content", "clock", value={"change": "housing"}),
            "holds no clock - at $.workshop.sealed[0].",
        ),
        (
            put(*SEALED, 1, "content", "sealed", value=[{}]),
            "A signed-off version holds none itself - at $.workshop.sealed[1].content.sealed.",
        ),
    ],
)
def test_a_fault_of_a_signed_off_version_is_refused_with_its_exact_place(
    damage: Damage, words: str, signed: Workshop, model: Model
) -> None:
    raw = json.loads(codec.encode(signed, model))
    damage(raw)
    told = refusal(raw, model)
    assert words in told
    assert "Nothing was changed" in told


def test_signed_off_versions_come_back_as_they_were_and_still_stand(
    signed: Workshop, model: Model
) -> None:
    decoded = codec.decode(codec.encode(signed, model), model)
    assert decoded == codec.Decoded(signed, ())
    assert standing_seal(decoded.workshop) == signed.sealed[1]


def test_a_signed_off_version_that_was_altered_opens_with_a_notice(
    signed: Workshop, model: Model
) -> None:
    raw = json.loads(codec.encode(signed, model))
    raw["workshop"]["sealed"][0]["content"]["rows"][0]["note"] = "Nobody said this"
    decoded = codec.decode(json.dumps(raw).encode(), model)
    first, second = decoded.workshop.sealed
    assert (is_intact(first), is_intact(second)) == (False, True)
    assert first.content.row("planned").note == "Nobody said this"
    (notice,) = decoded.notices
    assert notice == (
        "Version 1 that was signed off has been altered since, outside of this program: its "
        "fingerprint does not match. It is kept as it is. Ask for an earlier copy of the file "
        "before you rely on that version."
    )


def test_positions_of_partners_no_longer_listed_are_kept(sample: Workshop, model: Model) -> None:
    fewer = replace(sample, details=replace(sample.details, partners=()))
    decoded = codec.decode(codec.encode(fewer, model), model)
    assert decoded == codec.Decoded(fewer, ())
    assert decoded.workshop.row("mdt-working").after.position("partner-14") == "plans-in-place"


def test_what_a_row_says_that_the_model_does_not_have_is_kept_hands_too(
    blank: Workshop, model: Model
) -> None:
    tally = Tally(positions=(Position(partner="p", level="odd"),))
    kept = replace(blank, rows=(RowRecord(row="gone", before=tally),))
    assert codec.decode(codec.encode(kept, model), model).workshop == kept


def test_partners_without_an_id_are_kept_apart_and_without(blank: Workshop, model: Model) -> None:
    partners = (Partner(organisation="a"), Partner(organisation="b"))
    kept = replace(blank, details=Details(partners=partners))
    assert codec.decode(codec.encode(kept, model), model).workshop == kept


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"actions": (Action(id="a"), Action(id="a"))}, "“a” stands in it twice"),
        ({"rows": (RowRecord(row="planned", outcome=Outcome.AGREED, level="x"),)}, "no level “x”"),
    ],
)
def test_what_could_not_be_opened_again_is_not_written(
    change: dict[str, object], words: str, blank: Workshop, model: Model
) -> None:
    with pytest.raises(FileError, match=words) as caught:
        codec.encode(replace(blank, **change), model)
    assert "could not be opened again" in str(caught.value)
    assert "The file is as it was. Undo what you did last." in str(caught.value)


# Version 1


VERSION_1 = (Path(__file__).parent / "data" / "version-1.hicm").read_bytes()


@pytest.fixture
def old() -> Json:
    """Give a file that a released program of version 1 wrote, as JSON."""
    loaded: Json = json.loads(VERSION_1)
    return loaded


def test_a_file_of_version_1_opens_with_all_that_was_recorded(old: Json, model: Model) -> None:
    assert old["version"] == 1
    decoded = codec.decode(VERSION_1, model)
    assert decoded.notices == ()
    again = json.loads(codec.encode(decoded.workshop, model))
    assert again["version"] == 2
    partners = again["workshop"]["details"]["partners"]
    assert [p.pop("id") for p in partners] == [f"partner-{n}" for n in range(1, 16)]
    assert {**again, "version": 1} == old


def test_a_file_of_version_1_opens_the_same_each_time(model: Model) -> None:
    first = codec.decode(VERSION_1, model).workshop
    assert codec.decode(codec.encode(first, model), model).workshop == first
    assert codec.decode(VERSION_1, model).workshop == first


def test_a_partner_of_version_1_that_has_an_id_keeps_it(old: Json, model: Model) -> None:
    """No version 1 wrote any, but what stands in a file is not written over."""
    old["workshop"]["details"]["partners"][1]["id"] = "mine"
    partners = codec.decode(json.dumps(old).encode(), model).workshop.details.partners
    assert [p.id for p in partners[:3]] == ["partner-1", "mine", "partner-3"]
    old["workshop"]["details"]["partners"][1]["id"] = "partner-9"
    assert "“partner-9” stands in it twice - at $.workshop.details.partners[8].id." in refusal(
        old, model
    )
    old["workshop"]["details"]["partners"][1]["id"] = 7
    assert "Expected str, got int - at $.workshop.details.partners[1].id." in refusal(old, model)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (put("workshop", value=None), "got null - at $.workshop."),
        (put("workshop", value=[]), "got array - at $.workshop."),
        (put("workshop", "details", value=None), "got null - at $.workshop.details."),
        (put("workshop", "details", value=[1]), "got array - at $.workshop.details."),
        (put("workshop", "details", "partners", value={}), "object - at $.workshop.details.p"),
        (put("workshop", "details", "partners", value="xy"), "str - at $.workshop.details.p"),
        (put("workshop", "details", "partners", 1, value="x"), "$.workshop.details.partners[1]."),
        (put("workshop", "details", "partners", 1, value={}), "missing required field organisa"),
        (put("workshop", "details", "partners", 1, "x", value=1), "unknown field x - at $.work"),
    ],
)
def test_a_fault_of_a_file_of_version_1_is_refused_with_its_exact_place(
    damage: Damage, words: str, old: Json, model: Model
) -> None:
    damage(old)
    assert words in refusal(old, model)


@pytest.mark.parametrize("missing", [("workshop",), ("workshop", "created_at")])
def test_a_file_of_version_1_that_lacks_a_part_is_refused(
    missing: tuple[str, ...], old: Json, model: Model
) -> None:
    place = old
    for step in missing[:-1]:
        place = place[step]
    del place[missing[-1]]
    assert f"missing required field {missing[-1]}" in refusal(old, model)


@pytest.mark.parametrize("missing", [("details",), ("details", "partners")])
def test_a_file_of_version_1_without_partners_opens(
    missing: tuple[str, ...], old: Json, model: Model
) -> None:
    place = old["workshop"]
    for step in missing[:-1]:
        place = place[step]
    del place[missing[-1]]
    decoded = codec.decode(json.dumps(old).encode(), model)
    assert decoded.workshop.details.partners == ()


@pytest.mark.parametrize("field", ["model", "workshop"])
def test_a_missing_part_is_refused_by_name(field: str, raw: Json, model: Model) -> None:
    del raw[field]
    assert "missing required field" in refusal(raw, model)


def test_a_level_of_a_row_that_is_not_agreed_may_be_told_as_null(raw: Json, model: Model) -> None:
    raw["workshop"]["rows"][5]["level"] = None
    assert codec.decode(json.dumps(raw).encode(), model).workshop.rows[5].level is None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("rows", "10,001 rows, and 10,000"),
        ("changes", "10,001 changes, and 10,000"),
        ("actions", "10,001 actions, and 10,000"),
        ("log", "10,001 lines of the decision log, and 10,000"),
        ("sealed", "101 signed-off versions, and 100"),
    ],
)
@pytest.mark.parametrize("nested", [False, True])
def test_a_file_of_more_records_than_any_workshop_has_is_refused(
    kind: str, words: str, signed: Workshop, model: Model, *, nested: bool
) -> None:
    raw = json.loads(codec.encode(signed, model))
    place, path = raw["workshop"], "$.workshop"
    one = {"rows": {"row": "r"}, "changes": {"change": "c"}, "actions": {"id": "a"}} | {
        kind: json.loads(json.dumps(place[kind][0])) for kind in ("log", "sealed")
    }
    if nested:
        place, path = place["sealed"][0]["content"], "$.workshop.sealed[0].content"
    place[kind] = [one[kind]] * (checks.MOST_OF[kind] + 1)
    told = refusal(raw, model)
    if nested and kind == "sealed":
        assert f"A signed-off version holds none itself - at {path}.sealed." in told
        return
    assert f"It holds {words} are the most - at {path}.{kind}." in told
    place[kind].pop()
    place.pop("first_actions")
    assert "stands in it twice" in refusal(raw, model)


@pytest.mark.parametrize("kind", ["rows", "changes", "log", "sealed"])
def test_more_records_than_could_be_opened_again_are_not_written(
    kind: str, signed: Workshop, model: Model
) -> None:
    most = checks.MOST_OF[kind]
    one = getattr(signed, kind)[0]
    key = {"rows": "row", "changes": "change"}.get(kind, "number")
    ids = (f"gone-{n}" for n in range(most + 1)) if key != "number" else range(1, most + 2)
    records = tuple(replace(one, **{key: i}) for i in ids)
    with pytest.raises(FileError, match=rf"more than {most:,} .*The file is as it was"):
        codec.encode(replace(signed, **{kind: records}), model)
    codec.encode(replace(signed, **{kind: records[1:]}), model)


def test_more_actions_than_could_be_opened_again_are_not_written(
    model: Model, sample: Workshop
) -> None:
    actions = tuple(Action(id=str(number)) for number in range(checks.MOST_RECORDS + 1))
    workshop = replace(sample, actions=actions, first_actions=())
    with pytest.raises(FileError, match="more than the 10,000 actions"):
        codec.encode(workshop, model)
    fewer = replace(workshop, actions=actions[1:])
    assert codec.decode(codec.encode(fewer, model), model).workshop == fewer


def test_half_a_character_among_numbers_is_told_by_its_place(model: Model) -> None:
    with pytest.raises(FileError, match=r"half of a character at \$\.rows\[2\]"):
        codec.decode(b'{"rows": [1, null, "\\ud800"]}', model)
