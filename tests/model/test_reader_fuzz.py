"""Whatever is done to a pack, the reader gives a sound model or a ContentError with places."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hicm_desktop.errors import ContentError
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model

from .packs import Pack

NAMES = [
    "change-1-early-discharge-planning.yaml",
    "change-6-trusted-assessment.yaml",
    "change-7-engagement-and-choice.yaml",
    "front-matter.yaml",
    "index.yaml",
]
SNIPPETS = [
    *("\n", "  ", "\t", "- ", ": ", "#", "[", "]", "{", "}", "&a ", "*a", "!!str ", "---\n", "..."),
    *("null", "~", "yes", "12", "2019-01-01", "<<", "|", ">-", "''", '"', "\\u0000", "\0", "? "),
    *("\x85", "\u2028", "\ufeff", "\u202e", "é", "id: ", "url: ", "text: ", "\n\n", "%YAML 1.1\n"),
]


@st.composite
def mutations(draw: st.DrawFn, text: str) -> bytes:
    """Cut, repeat, move and insert pieces of a file's text, then perhaps its bytes."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 1, 2, 5, 40, 400])))
        piece = draw(st.sampled_from([*SNIPPETS, "", text[start:end] * 2]) | st.text(max_size=8))
        text = text[:start] + piece + text[end:]
    data = text.encode("utf-8", "surrogatepass")
    if draw(st.booleans()):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=3)) + data[at:]
    return data


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Give a copy of the content cut down to the changes named above, to keep this quick."""
    pack = Pack.copy_to(tmp_path_factory.mktemp("fuzz"))
    listed = re.split(r"(?m)^(?=  - id)", pack.text("index.yaml"))
    kept = [part for part in listed[1:] if any(name in part for name in NAMES)]
    pack.write("index.yaml", "".join([listed[0], *kept]))
    return pack


def _is_sound(model: Model) -> bool:
    return (
        len(model.changes) == 3
        and all(model.id and c.id and c.title and c.summary and c.rows for c in model.changes)
        and all(
            len(row.descriptors) == len(model.levels) and all(map(str.strip, row.descriptors))
            for _, row in model.rows()
        )
        and len({row.id for _, row in model.rows()}) == sum(len(c.rows) for c in model.changes)
        and all(
            reference.words in tip.text and model.has_change(reference.change_id)
            for change in model.changes
            for tip in change.tips
            for reference in tip.references
        )
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_a_mutated_pack_is_a_sound_model_or_a_content_error(
    pack: Pack, data: st.DataObject, name: str
) -> None:
    original = pack.text(name)
    try:
        pack.write(name, data.draw(mutations(original)))
        try:
            model = read_model(pack.folder)
        except ContentError as error:
            sound = bool(error.problems) and all(p.text for p in error.problems)
        else:
            sound = _is_sound(model)
        assert sound
    finally:
        pack.write(name, original)


def test_the_pack_to_be_mutated_is_sound_before(pack: Pack) -> None:
    assert _is_sound(read_model(pack.folder))


@settings(max_examples=100, deadline=None)
@given(junk=st.text(alphabet="ab:-[]{}&*!|>'\"%@#? \n\t0~,", max_size=120))
def test_any_text_for_a_change_is_refused_with_its_file(pack: Pack, junk: str) -> None:
    name = NAMES[0]
    original = pack.text(name)
    try:
        pack.write(name, junk)
        assert {found[0] for found in pack.problems()} == {name}
    finally:
        pack.write(name, original)
