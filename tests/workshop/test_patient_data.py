"""NHS numbers are found however they are typed; phone numbers, dates and slips are not."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.decisions import written
from hicm_desktop.workshop.edits import AddAction, ChangeField, RowField, SetOutcome, WriteRow
from hicm_desktop.workshop.entry import Entry, Kind
from hicm_desktop.workshop.patient_data import (
    findings,
    is_nhs_number,
    nhs_numbers,
    numbers_in,
    without_numbers,
)
from hicm_desktop.workshop.places import (
    ActionPlace,
    ChangeFieldPlace,
    DetailsPlace,
    LogPlace,
    RowPlace,
    UnplacedPlace,
)
from hicm_desktop.workshop.recorded_texts import recorded_texts
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.room_edits import PutFirst, TakeOutWords
from hicm_desktop.workshop.sealing import seal
from hicm_desktop.workshop.values import (
    Action,
    Baseline,
    ChangeRecord,
    Details,
    Outcome,
    Partner,
    RowRecord,
    Workshop,
)

NUMBER = "943 476 5919"
"""Published as an example, and given to nobody."""
SEPARATORS = [
    *("-‐‑‒–—―−﹣－ \t\u00a0\u2009\u202f\u3000\u200b\u2060\ufeff\u00ad"),
    *("  ", "\u2003 \t", " - ", " – ", " \u200b", "-\u2060"),
]


def with_check(nine: str) -> str:
    """Give nine digits with their check digit, worked out as the NHS describes it; "" for none."""
    left = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = 11 - left % 11
    return "" if check == 10 else nine + ("0" if check == 11 else str(check))


NUMBERS = (
    st.text("0123456789", min_size=9, max_size=9)
    .filter(lambda nine: nine[0] != "0")
    .map(with_check)
    .filter(bool)
)


# What is found


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "401 023 2137",
        "4010232137",
        "987 654 3210",
        "943-476-5919",
        "943.476.5919",
        "943 - 476 - 5919",
        "94 34 76 59 19",
        "94347 65919",
        "９４３　４７６　５９１９",
        "٩٤٣٤٧٦٥٩١٩",
        "०१०१०१०१०१".translate(str.maketrans("०१", "९९")),
        "(943 476 5919)",
        "NHS9434765919.",
        "no. 9434765919, seen twice",
        "\u202d943\u00a0476\u00a05919\u202c",
        "010190 1232",  # Scottish: born on 1 January 1990
        "2902001231",  # born on 29 February 2000
        "1 2 26 999905",  # begins as a date, and no time of a day comes after it
        "1 943 476 5919",
        "Bed 12 943 476 5919",
        "943 476 5919 2 nights",
    ],
)
def test_a_number_is_found_however_it_is_typed(text: str) -> None:
    (span,) = nhs_numbers(text)
    assert text[span.start : span.end].strip("(. )") == text[span.start : span.end]
    assert len(numbers_in(text)) == 1


@given(number=NUMBERS, sizes=st.sampled_from(["10", "3 3 4", "5 5", "4 6", "3 7"]), data=st.data())
def test_every_number_is_found_in_the_usual_groups_and_any_separators(
    number: str, sizes: str, data: st.DataObject
) -> None:
    cuts, at = [0], 0
    for size in sizes.split():
        at += int(size)
        cuts.append(at)
    groups = [number[a:b] for a, b in pairwise(cuts)]
    text = groups[0]
    for group in groups[1:]:
        text += data.draw(st.sampled_from(SEPARATORS)) + group
    before, after = data.draw(st.sampled_from([("", ""), ("NHS: ", "."), ("(", ")"), ("\n", "\n")]))
    (span,) = nhs_numbers(before + text + after)
    assert (span.start, span.end) == (len(before), len(before) + len(text))
    assert numbers_in(before + text + after) == (f"{number[:3]} {number[3:6]} {number[6:]}",)


@given(number=NUMBERS, separator=st.sampled_from(SEPARATORS), data=st.data())
def test_every_number_is_found_in_any_groups_that_are_no_date(
    number: str, separator: str, data: st.DataObject
) -> None:
    # What may begin or end a date, or a pair of years, is left to the test of dates below.
    assume(number[0] in "456789")
    cuts = sorted(data.draw(st.sets(st.integers(1, 9), max_size=9)))
    groups = [number[a:b] for a, b in pairwise([0, *cuts, 10])]
    assume(not any(group[:2] in ("19", "20") for group in groups if len(group) >= 4))
    assume(not any(1 <= int(group) <= 31 for group in groups[-3:-1]))
    assert len(nhs_numbers(separator.join(groups))) == 1


@given(number=NUMBERS, wrong=st.integers(1, 9), separator=st.sampled_from(["", *SEPARATORS]))
def test_no_number_with_a_wrong_check_digit_is_found(
    number: str, wrong: int, separator: str
) -> None:
    slip = number[:9] + str((int(number[9]) + wrong) % 10)
    assert not is_nhs_number(slip)
    assert nhs_numbers(separator.join((slip[:3], slip[3:6], slip[6:]))) == ()


@given(nine=st.text("0123456789", min_size=9, max_size=9), last=st.sampled_from("0123456789"))
@example(nine="000000001", last="0")
def test_the_check_digit_is_the_one_that_is_published(nine: str, last: str) -> None:
    assume(nine[0] != "0")
    assert is_nhs_number(nine + last) == (with_check(nine) == nine + last)


# What is not


@pytest.mark.parametrize(
    "text",
    [
        "",
        "943 476 591",
        "943 476 59190",
        "943 476 5918",
        "943 476\n5919",
        "943\u2028476 5919",
        "943    476 5919",
        "943 ---- 476 5919",
        "943,476,5919",
        "943/476/5919",
        "943:476:5919",
        "94.347.65919",
        "94.34765919",
        "943.476 5919",
        "943 \u200b \u200b \u200b \u200b \u200b \u200b 476 5919",
        "000 000 0000",
        "3402001234",
        "①②③④⑤⑥⑦⑧⑨⑩",
        "12-9434765919",
        "0.9434765919",
        "9434765919-1",
        "0 943 476 5919",
        "943 476 5919 1 2",
        "94 34 76 59 19 1",
        "+943 476 5919  12",
        "(943) 476 5919  12",
        "943.476 5919  12",
        "12345 9434 765919 12345",
    ],
)
def test_what_is_no_number_is_not_found(text: str) -> None:
    assert nhs_numbers(text) == ()


def of_a_phone(start: str, places: int) -> list[str]:
    """Give numbers that begin so and have a right check digit, so that only their look tells."""
    return [
        number
        for last in range(40)
        if (number := with_check(f"{start}{last:0{places}d}"))  # a number that could be found
    ]


@pytest.mark.parametrize("number", of_a_phone("2079460", 2))
@pytest.mark.parametrize(
    "before",
    ["+44 ", "+44", "0", "(0)", "(0) ", "0044 ", "00 44 ", "+44 (0)", "44 ", "+", "+(44) "],
)
def test_phone_numbers_are_not_found(number: str, before: str) -> None:
    grouped = f"{number[:2]} {number[2:6]} {number[6:]}"
    usual = f"{number[:3]} {number[3:6]} {number[6:]}"
    for text in (number, grouped, usual, usual.replace(" ", "-")):
        assert nhs_numbers(f"Ring {before}{text}, any day") == (), text


@pytest.mark.parametrize("number", of_a_phone("0800", 5) + of_a_phone("01632", 4))
def test_ten_digits_that_begin_with_nought_and_no_date_are_a_phone_number(number: str) -> None:
    assert nhs_numbers(number) == ()


@pytest.mark.parametrize(
    "text",
    [
        "+44 20 7946 0018",
        "(020) 7946 0018",
        "+44 (0)20 7946 0018",
        "（020）7946 0018",
        "07700 900123",
        "020 7946 0018 020 7946 0019",
        "+1 800-555-0199",
        "[020] 7946 0018",
        "(0161) 943 476 5919",
        "(0161)-943 476 5919",
        "+61 9434765919",
        "+61-943 476 5919",
    ],
)
def test_well_known_forms_of_phone_numbers_are_not_found(text: str) -> None:
    assert nhs_numbers(text) == ()


@pytest.mark.parametrize(
    "form",
    [
        "{d:02}-{m:02}-{y} {h:02}:{n:02}",
        "{d:02}-{m:02}-{y} {h:02}",
        "{d:02} {m:02} {y} - {h:02}",
        "{h:02} {d:02} {m:02} {y}",
        "{y}-{m:02}-{d:02} {h:02}",
        "{h:02} {y}-{m:02}-{d:02}",
        "{d:02}-{m:02}-{yy:02} {h:02} {n:02}",
        "{d:02}-{m:02}-{yy:02} {h:02}{n:02}",
        "{h:02}{n:02} {d:02} {m:02} {yy:02}",
        "{d:02} {m:02} - {d:02} {m:02} {yy:02}",
        "{d:02}-{d:02} {m:02} {y}",
        "{y}{m:02}{d:02} {h:02}",
        "{h:02} {d:02}{m:02}{y}",
        "{y}-{y}-{m:02}",
        "{m:02}-{y} - {y}",
        "{d:02}.{m:02}.{y} {h:02}",
        "{d:02}/{m:02}/{y} {h:02}-{n:02} {d:02}",
        "{n:02} {h:02} {n:02} {h:02} {d:02}/{m:02}/{y}",
    ],
)
def test_dates_with_or_without_a_time_are_not_found(form: str) -> None:
    """Those that would pass for a number by their digits alone are among them."""
    would_pass = 0
    for number in range(2_000):
        day, hour, minute = dt.date(2024, 1, 1) + dt.timedelta(number), number % 24, number % 60
        text = form.format(d=day.day, m=day.month, y=day.year, yy=day.year % 100, h=hour, n=minute)
        assert nhs_numbers(text) == (), text
        would_pass += any(is_nhs_number(digits) for digits in tens_of(text))
    assert would_pass > 20


def tens_of(text: str) -> set[str]:
    """Give the ten digits that a text begins and ends with."""
    digits = "".join(filter(str.isdecimal, text))
    return {digits[:10], digits[-10:]}


# Beside other figures


@pytest.mark.parametrize(
    "around",
    [
        "aged 82 ({})",
        "82\t{}",
        "82 - {}",
        "{} (82)",
        "{}(82)",
        "1) {}",
        "1. {}",
        "21/11/2026 {}",
        "21-11-2026 {}",
        "21-11-26 {}",
        "2026 {}",
        "10:30 {}",
        "{} 21/11/2026",
        "{} 2026-11-21",
        "{} 21 11 26",
        "{} 2026",
        "{} 10:30",
        "12/{}",
        "{}, 82",
        "+44 20 7946 0018, {}",
    ],
)
@pytest.mark.parametrize("number", [NUMBER, "9434765919"])
def test_a_number_among_other_figures_is_found(number: str, around: str) -> None:
    text = around.format(number)
    (span,) = nhs_numbers(text)
    assert text[span.start : span.end] == number


def test_whole_numbers_beside_one_another_are_each_found() -> None:
    for text in ("943 476 5919 401 023 2137", "9434765919 4010232137", "9434765919\t401 023 2137"):
        assert numbers_in(text) == (NUMBER, "401 023 2137"), text


def test_a_number_in_one_piece_is_found_beside_others_unless_a_code_leads_to_it() -> None:
    assert numbers_in("ward 3 9434765919 twice") == (NUMBER,)
    assert numbers_in("9434765919 82") == (NUMBER,)
    assert numbers_in("44 9434765919") == ()


def test_a_number_is_told_once_however_often_it_stands_there() -> None:
    text = "943 476 5919, 943-476-5919 and 4010232137"
    assert len(nhs_numbers(text)) == 3
    assert numbers_in(text) == (NUMBER, "401 023 2137")
    assert without_numbers(text) == "(NHS number), (NHS number) and (NHS number)"
    assert without_numbers("Nobody") == "Nobody"


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1-", "(1)", "943 476 ", "1\u200b", " -", "\u200b", "+1", "1.", "2026 "],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    """No search here goes back over what it has read: a quarter of a million come to an end."""
    nhs_numbers(piece * (250_000 // len(piece)))


def test_five_megabytes_of_prose_are_read_to_the_end() -> None:
    text = "The room heard of 3 delays on 12 November, 2 - 3 days each. " * 85_000
    assert len(text) > 5_000_000
    (span,) = nhs_numbers(f"{text}{NUMBER}")
    assert span.start == len(text)


# In a workshop


def filled(model: Model, blank: Workshop, text: str) -> Workshop:
    """Give a workshop with a text wherever a text can be, as the types themselves tell."""

    def all_of(kind: type[msgspec.Struct], **given: object) -> dict[str, object]:
        texts = (f.name for f in msgspec.structs.fields(kind) if f.type is str)
        return {**dict.fromkeys(texts, text), **given}

    return msgspec.convert(
        {
            "id": "all",
            "created_at": blank.created_at,
            "details": all_of(
                Details,
                partners=[all_of(Partner, organisation=text, id=n) for n in ("one", "two")],
            ),
            "baseline": all_of(Baseline, workshop="before"),
            "rows": [all_of(RowRecord, row=row.id, outcome="parked") for _, row in model.rows()]
            + [all_of(RowRecord, row="gone", outcome="parked")],
            "changes": [all_of(ChangeRecord, change=change.id) for change in model.changes]
            + [all_of(ChangeRecord, change="gone-too")],
            "actions": [
                all_of(Action, id="a", change=None, row="discharge-to-assess"),
                all_of(Action, id="b", change="gone-too", row=None),
            ],
        },
        Workshop,
    )


def texts_within(value: object) -> list[str]:
    if isinstance(value, msgspec.Struct):
        return [t for name in value.__struct_fields__ for t in texts_within(getattr(value, name))]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_within(item)]
    return [value] if isinstance(value, str) else []


def test_every_text_of_a_workshop_is_gone_through(model: Model, blank: Workshop) -> None:
    """Each is given a mark of its own, whatever fields the types have now or later."""
    workshop = filled(model, blank, "zebra")
    count = texts_within(workshop).count("zebra")
    assert count > 27 * len(RowField) + 9 * len(ChangeField)
    told = sum(recorded.text.count("zebra") for recorded in recorded_texts(model, workshop))
    assert told == count


def test_every_text_with_a_number_is_told_with_its_place(model: Model, blank: Workshop) -> None:
    found = findings(model, filled(model, blank, NUMBER))
    assert len(found) == 3 + 2 + 1 + 28 * len(RowField) + 10 * len(ChangeField) + 2 * 5
    assert {finding.numbers for finding in found} == {(NUMBER,)}
    told = {finding.where: finding.place for finding in found}
    row = "Change 4: Home first · Discharge to assess"
    for where, place in {
        "Workshop details · Facilitator": DetailsPlace(),
        "Workshop details · Partners": DetailsPlace(),
        "Baseline · Place": DetailsPlace(),
        "Change 4: Home first · Culture": ChangeFieldPlace("home-first", ChangeField.CULTURE),
        f"{row} · Reason": RowPlace("discharge-to-assess", field=RowField.REASON),
        f"{row} · Private note": RowPlace("discharge-to-assess", field=RowField.PRIVATE_NOTE),
        f"Action plan · {row} · {model.columns[2]}": ActionPlace("a"),
        f"Action plan · {model.columns[3]}": ActionPlace("b"),
        "Action plan · Owner": ActionPlace("b"),
        "Not in this model · gone · Note": UnplacedPlace("gone"),
        "Not in this model · gone-too · Populations in focus": UnplacedPlace("gone-too"),
    }.items():
        assert told[where] == place


def entry(number: int, kind: Kind, **given: object) -> Entry:
    at = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)
    return msgspec.convert({"number": number, "at": at, "kind": kind, **given}, Entry)


def test_a_number_that_only_the_minutes_hold_is_found_in_the_log(
    model: Model, blank: Workshop
) -> None:
    log = (
        entry(1, Kind.DECISION, row="planned", was="Not discussed", now="Parked", reason=NUMBER),
        entry(2, Kind.DECISION, row="gone", reason=f"{NUMBER}."),
        entry(3, Kind.ACTION_ADDED, row="planned", action="a", now=f"{NUMBER}, ring"),
        entry(4, Kind.PUT_FIRST, was=f"one · {NUMBER}, say", now="two"),
    )
    workshop = msgspec.structs.replace(blank, log=log)
    assert [(f.where, f.place) for f in findings(model, workshop)] == [
        ("Decision log · Decision", LogPlace(1)),
        ("Decision log · Decision", LogPlace(2)),
        ("Decision log · Action", LogPlace(3)),
        ("Decision log · Actions put first", LogPlace(4)),
    ]
    for number in (1, 2, 3, 4):
        workshop = TakeOutWords(number).apply(workshop)
    assert findings(model, workshop) == ()


def test_only_what_goes_out_with_an_export_is_found(model: Model, blank: Workshop) -> None:
    """Not what was taken back, nor a version that was signed off, nor a reason of long ago."""
    noted = msgspec.structs.replace(
        blank, rows=(RowRecord(row="planned", outcome=Outcome.PARKED, reason=f"for {NUMBER}"),)
    )
    signed = seal(noted, blank.created_at, ())
    log = (entry(1, Kind.ACTION_REMOVED, action="b", was=f"not {NUMBER}", taken_back=True),)
    kept = RowRecord(row="planned", reason=f"for {NUMBER}")
    workshop = msgspec.structs.replace(signed, rows=(kept,), log=log)
    assert findings(model, workshop) == ()
    assert NUMBER not in repr(build_report(model, workshop))
    (found,) = findings(model, signed.sealed[0].content)
    assert found.where == "Change 1: Early discharge planning · Planned · Reason"


def test_what_the_log_and_a_sealed_version_only_copy_is_found_once(
    model: Model, blank: Workshop
) -> None:
    workshop = SetOutcome("planned", Outcome.PARKED).apply(blank)
    workshop = WriteRow("planned", RowField.REASON, f" {NUMBER}\n").apply(workshop)
    action = Action(id="a", to_do=f"Ring {NUMBER}")
    workshop = PutFirst(("a",)).apply(AddAction(action).apply(workshop))
    workshop = seal(written(model, blank, workshop, blank.created_at), blank.created_at, ())
    assert len(workshop.log) == 3
    assert workshop.sealed[0].content.rows == workshop.rows
    assert [f.where for f in findings(model, workshop)] == [
        "Change 1: Early discharge planning · Planned · Reason",
        f"Action plan · {model.columns[2]}",
    ]


def test_nothing_is_found_in_the_sample(model: Model, sample: Workshop) -> None:
    assert findings(model, sample) == ()


def test_a_log_that_shows_a_finding_shows_no_number(model: Model, blank: Workshop) -> None:
    rows = (RowRecord(row=NUMBER, note=NUMBER),)
    found = findings(model, msgspec.structs.replace(blank, rows=rows))
    assert len(found) == 1
    assert repr(found) == ("(Finding(where='Not in this model · (NHS number) · Note'),)")
    assert NUMBER not in f"{found}{found[0]!s}"
