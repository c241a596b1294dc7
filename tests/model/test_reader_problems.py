"""Every kind of fault in a pack is found in its file and on its line, and all of them at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hicm_desktop.errors import ContentError
from hicm_desktop.model.reader import MAX_BYTES, read_model
from hicm_desktop.model.yaml_nodes import MAX_DEPTH

from .packs import CONTENT, FRONT, HOME_FIRST, INDEX, PLANNING, Pack


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack.copy_to(tmp_path)


def test_an_untouched_copy_reads_as_the_content_itself(pack: Pack) -> None:
    assert read_model(pack.folder) == read_model(CONTENT)


# name, file, what is replaced, what by, lines from there to the fault, words of the problem
ONE_FAULT = [
    ("missing key", HOME_FIRST, "title: Home first\nshort", "short", 0, 'lacks the key "title"'),
    ("missing key of a row", HOME_FIRST, "    name: Discharge to assess\n", "", -1, 'key "name"'),
    (
        "unknown key",
        HOME_FIRST,
        "short_title:",
        "tilte: x\nshort_title:",
        0,
        '"tilte" is not known',
    ),
    (
        "unknown key of a tip",
        PLANNING,
        "  - text: >-",
        "  - colour: red\n    text: >-",
        0,
        "colour",
    ),
    (
        "duplicate key",
        HOME_FIRST,
        "short_title:",
        "title: Again\nshort_title:",
        0,
        "already stands",
    ),
    ("row id twice in a file", PLANNING, "id: emergency", "id: planned", 0, "already the id"),
    (
        "row id twice in two files",
        HOME_FIRST,
        "id: embedding-home-first",
        "id: planned",
        0,
        PLANNING,
    ),
    (
        "change id twice",
        INDEX,
        "id: home-first",
        "id: housing",
        15 - 5,
        "already the id of the change",
    ),
    ("level id twice", FRONT, "id: mature", "id: established", 0, "already the id of the level"),
    ("section id twice", FRONT, "id: principles", "id: review", 0, "already the id of the section"),
    ("malformed id", PLANNING, "id: emergency", "id: Emergency Row", 0, "joined by hyphens"),
    ("number for text", HOME_FIRST, "title: Home first", "title: 4", 0, "not a number"),
    ("yes for text", HOME_FIRST, "title: Home first", "title: yes", 0, "not yes or no"),
    ("date for text", HOME_FIRST, "title: Home first", "title: 2019-01-01", 0, "not a date"),
    ("null for text", HOME_FIRST, "title: Home first", "title: null", 0, '"title" is empty'),
    ("nothing for text", HOME_FIRST, "title: Home first", "title:", 0, '"title" is empty'),
    ("list for text", HOME_FIRST, "title: Home first", "title: [Home]", 0, "not a list"),
    ("mapping for text", HOME_FIRST, "title: Home first", "title: {a: b}", 0, "not a mapping"),
    (
        "text for a list",
        HOME_FIRST,
        "boxes:\n  - id",
        "boxes: none\nx:\n  - id",
        0,
        "must be a list",
    ),
    ("blank text", HOME_FIRST, "title: Home first", 'title: "  \\t "', 0, "is empty"),
    ("invisible text", HOME_FIRST, "title: Home first", 'title: "\\u200b"', 0, "is empty"),
    (
        "blank descriptor",
        HOME_FIRST,
        "not-yet-established: Home first D2A is not well understood.",
        'not-yet-established: ""',
        0,
        '"not-yet-established" is empty',
    ),
    (
        "missing level",
        HOME_FIRST,
        "      not-yet-established: Home first D2A is not well understood.\n",
        "",
        0,
        'lacks the key "not-yet-established"',
    ),
    (
        "extra level",
        HOME_FIRST,
        "      not-yet-established: Home first D2A",
        "      superb: Beyond\n      not-yet-established: Home first D2A",
        0,
        '"superb" is not known',
    ),
    (
        "two paragraphs for a title",
        PLANNING,
        "title: E",
        "title: |\n  A\n\n  B\nx: E",
        0,
        "one paragraph",
    ),
    ("control character", HOME_FIRST, "title: Home first", 'title: "a\\ab"', 0, "U+0007"),
    ("text turned round", HOME_FIRST, "title: Home first", 'title: "a\\u202eb"', 0, "U+202E"),
    ("half a character", HOME_FIRST, "title: Home first", 'title: "\\ud800"', 0, "as YAML"),
    ("null url is not no url", PLANNING, "    url: null\n", "", -1, 'lacks the key "url"'),
    ("script url", PLANNING, "url: null", "url: javascript:alert(1)", 0, "http or https"),
    ("file url", PLANNING, "url: null", "url: file:///etc/passwd", 0, "http or https"),
    ("url with a space", PLANNING, "url: null", "url: http://a.org/b c", 0, "http or https"),
    ("url without a host", PLANNING, "url: null", "url: https:///path", 0, "http or https"),
    ("alias", PLANNING, "title: Early discharge planning", "title: &a X\nalso: *a", 1, "alias *a"),
    ("anchor", PLANNING, "title: Early", "title: &a Early", 0, "anchor &a"),
    ("tag", PLANNING, "title: Early", "title: !!str Early", 0, "has the tag"),
    ("object tag", PLANNING, "rows:\n", "rows: !!python/object:os.system\n", 0, "has the tag"),
    ("second document", PLANNING, "short_title:", "---\nshort_title:", 0, "second document"),
    ("syntax", PLANNING, "short_title:", "  short: [\nshort_title:", 0, "cannot be read as YAML"),
    ("tab", PLANNING, "  - id: planned", "\t- id: planned", 0, "cannot be read as YAML"),
    (
        "list as a key",
        PLANNING,
        "short_title:",
        "? [a]\n: b\nshort_title:",
        0,
        "where a key is due",
    ),
    ("no rows", INDEX, "changes:\n", "changes: []\nothers:\n", 0, "at least 1"),
    ("too few levels", FRONT, "levels:\n", "levels: []\nothers:\n", 0, "at least 2"),
    (
        "a sixth column",
        FRONT,
        "action_plan_columns:\n",
        "action_plan_columns:\n  - X\n",
        1,
        "most 5",
    ),
    ("neither of three", FRONT, "- paragraph: >-", "- sentence: >-", 0, "exactly one of"),
    (
        "two of three",
        FRONT,
        "      - paragraph: >-",
        "      - points: [x]\n        paragraph: >-",
        0,
        "exactly one of",
    ),
    ("file outside", INDEX, "file: change-4-home-first.yaml", "file: ../x.yaml", 0, "plain name"),
    (
        "file elsewhere",
        INDEX,
        "file: change-4-home-first.yaml",
        "file: /etc/x.yaml",
        0,
        "plain name",
    ),
    ("file on a drive", INDEX, "file: change-4-home-first.yaml", "file: C:x.yaml", 0, "plain name"),
    ("file twice", INDEX, "file: change-4-home-first.yaml", f"file: {PLANNING}", 0, "named twice"),
    (
        "the index again",
        INDEX,
        "file: change-4-home-first.yaml",
        "file: Index.yaml",
        0,
        "named twice",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "below", "words"),
    [fault[1:] for fault in ONE_FAULT],
    ids=[fault[0] for fault in ONE_FAULT],
)
def test_a_fault_is_told_with_its_file_and_line(
    pack: Pack, file: str, old: str, new: str, below: int, words: str
) -> None:
    line = pack.replace(file, old, new) + below
    told = [(name, at) for name, at, text in pack.problems() if words in text]
    assert (file, line) in told, pack.problems()


def test_a_reference_to_an_unknown_change_is_told(pack: Pack) -> None:
    name = "change-5-flexible-working-patterns.yaml"
    line = pack.replace(name, "change: demand-and-capacity", "change: weather")
    assert pack.problems() == [
        (name, line, '"change" names "weather", which is no change of this model')
    ]


def test_a_reference_whose_words_are_not_in_the_tip_is_told(pack: Pack) -> None:
    name = "change-5-flexible-working-patterns.yaml"
    line = pack.replace(name, "words: change 2", "words: Change 2")
    assert pack.problems() == [
        (name, line, '"words" "Change 2" does not stand in the text of the tip')
    ]


def test_a_missing_file_is_told(pack: Pack) -> None:
    (pack.folder / HOME_FIRST).unlink()
    assert pack.problems() == [(HOME_FIRST, 0, "is missing")]


def test_a_missing_index_is_told(pack: Pack) -> None:
    (pack.folder / INDEX).unlink()
    assert pack.problems() == [(INDEX, 0, "is missing")]


def test_a_file_the_system_will_not_open_is_told_in_its_words(pack: Pack) -> None:
    name = f"{'x' * 300}.yaml"
    pack.replace(INDEX, HOME_FIRST, name)
    [(told, line, words)] = pack.problems()
    assert (told, line) == (name, 0)
    assert words.startswith("cannot be opened: ")


def test_a_folder_in_place_of_a_file_is_told(pack: Pack) -> None:
    (pack.folder / FRONT).unlink()
    (pack.folder / FRONT).mkdir()
    assert pack.problems() == [(FRONT, 0, "is not a file")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_in_place_of_a_file_is_told_and_not_waited_for(pack: Pack) -> None:
    (pack.folder / FRONT).unlink()
    os.mkfifo(pack.folder / FRONT)
    assert pack.problems() == [(FRONT, 0, "is not a file")]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_that_leads_out_of_the_folder_is_told(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(pack.text(HOME_FIRST), encoding="utf-8")
    (pack.folder / HOME_FIRST).unlink()
    (pack.folder / HOME_FIRST).symlink_to(tmp_path / "elsewhere.yaml")
    [(name, _, words)] = pack.problems()
    assert (name, words) == (INDEX, f'"file" "{HOME_FIRST}" leads out of the folder')


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_that_lead_round_in_a_circle_are_told(pack: Pack) -> None:
    (pack.folder / HOME_FIRST).unlink()
    (pack.folder / HOME_FIRST).symlink_to(pack.folder / HOME_FIRST)
    assert [(name, "leads out" in words) for name, _, words in pack.problems()] == [(INDEX, True)]


def test_a_folder_that_is_missing_or_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("id: x", encoding="utf-8")
    for folder in (
        tmp_path / "nowhere",
        tmp_path / "file",
        tmp_path / "file" / "below",
        tmp_path / ("x" * 300),
    ):
        with pytest.raises(ContentError) as caught:
            read_model(folder)
        assert [(p.file, p.line) for p in caught.value.problems] == [(folder, 0)]


@pytest.mark.parametrize("content", ["", "# only a comment\n", "\n\n"])
@pytest.mark.parametrize("name", [INDEX, FRONT, HOME_FIRST])
def test_an_empty_file_is_told_and_never_read_as_an_empty_model(
    pack: Pack, name: str, content: str
) -> None:
    pack.write(name, content)
    assert pack.problems() == [(name, 0, "is empty")]


@pytest.mark.parametrize("content", ["just words\n", "- a\n- list\n", "--- ''\n", "null\n"])
def test_a_file_that_is_no_mapping_is_told_once(pack: Pack, content: str) -> None:
    pack.write(HOME_FIRST, content)
    [(name, line, words)] = pack.problems()
    assert (name, line) == (HOME_FIRST, 1)
    assert "must be a mapping of keys to values" in words


def test_text_that_is_not_utf_8_is_told_with_its_line(pack: Pack) -> None:
    line = pack.replace(HOME_FIRST, "i_statement", "i_statement")
    data = pack.text(HOME_FIRST).encode().replace(b"i_statement", b"i_\xe9statement")
    pack.write(HOME_FIRST, data)
    assert pack.problems() == [(HOME_FIRST, line, "is not UTF-8 text from here on")]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_are_told(pack: Pack, encoding: str) -> None:
    pack.write(HOME_FIRST, pack.text(HOME_FIRST).encode(encoding))
    assert [(name, "UTF-8" in words) for name, _, words in pack.problems()] == [(HOME_FIRST, True)]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(pack: Pack) -> None:
    for path in pack.folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_model(pack.folder) == read_model(CONTENT)


def test_a_nul_byte_is_told_with_its_line(pack: Pack) -> None:
    line = pack.replace(HOME_FIRST, "short_title: Home first", "short_title: Home\0first")
    assert pack.problems() == [(HOME_FIRST, line, "holds a character that YAML does not allow")]


def test_a_file_of_the_greatest_size_is_read_and_one_byte_more_is_told(pack: Pack) -> None:
    text = pack.text(HOME_FIRST)
    padding = MAX_BYTES - len(text.encode()) - 2
    pack.write(HOME_FIRST, f"{text}#{'x' * padding}\n")
    assert pack.problems() == []
    pack.write(HOME_FIRST, f"{text}#{'x' * (padding + 1)}\n")
    assert pack.problems() == [(HOME_FIRST, 0, "is larger than 256 KB")]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900, 50_000])
def test_deep_nesting_is_told_and_crashes_nothing(pack: Pack, opening: str, depth: int) -> None:
    pack.write(HOME_FIRST, opening * depth)
    [(name, line, words)] = pack.problems()
    assert (name, line) == (HOME_FIRST, 1)
    assert "nested more than" in words


def test_faults_of_several_files_are_all_told_at_once_and_only_they(pack: Pack) -> None:
    lines = {
        (HOME_FIRST, pack.replace(HOME_FIRST, "title: Home first", "title: 4")),
        (HOME_FIRST, pack.replace(HOME_FIRST, "id: embedding-home-first", "id: planned")),
        (PLANNING, pack.replace(PLANNING, "title: Early", "title: &a Early")),
        (PLANNING, pack.replace(PLANNING, "    url: null", "    url: ftp://a.org")),
        (FRONT, pack.replace(FRONT, "title: Principles", "title:")),
        (INDEX, pack.replace(INDEX, "version:", "edition:")),
    }
    (pack.folder / "change-9-housing.yaml").write_text("{", encoding="utf-8")
    told = pack.problems()
    assert lines <= {(name, line) for name, line, _ in told}
    assert sorted({name for name, _, _ in told}) == sorted(
        [HOME_FIRST, PLANNING, FRONT, INDEX, "change-9-housing.yaml"]
    )
    assert len(told) == len(lines) + 2, "besides these the lacking version and the broken file"


def test_broken_levels_do_not_blame_every_row(pack: Pack) -> None:
    line = pack.replace(FRONT, "id: mature", "id: Mature!")
    assert [(name, at) for name, at, _ in pack.problems()] == [(FRONT, line)]


def test_an_error_reads_as_file_line_and_words(pack: Pack) -> None:
    line = pack.replace(HOME_FIRST, "title: Home first", "title: 4")
    with pytest.raises(ContentError) as caught:
        read_model(pack.folder)
    path = pack.folder / HOME_FIRST
    said = f'{path}:{line}: "title" must be text, in quotes if need be, not a number'
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (">-\n  one\n  two\n\n  three", "one two\n\nthree"),
        ("|\n  one\n  two\n\n  three", "one two\n\nthree"),
        ("one\n  two\n\n  three", "one two\n\nthree"),
        ('"one\n  two\n\n  three"', "one two\n\nthree"),
        ("|\n  one   two  \n   \n\n\n  three\n\n", "one two\n\nthree"),
        ('"  one\\u00a0 two "', "one two"),
    ],
)
def test_a_blank_line_parts_paragraphs_in_every_way_of_writing(
    pack: Pack, written: str, read: str
) -> None:
    pack.replace(PLANNING, "we_statement: >-\n", f"we_statement: {written}\nformer: >-\n")
    text = pack.text(PLANNING)
    start = text.index("former: >-")
    pack.write(PLANNING, text[:start] + text[text.index("rows:\n") :])
    assert read_model(pack.folder).changes[0].we_statement == read
