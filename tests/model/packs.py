"""Packs of content to read in tests: the real one, copies to break, and a small second model."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from hicm_desktop.errors import ContentError
from hicm_desktop.model.reader import read_model

CONTENT = Path(__file__).parents[2] / "content"
HOME_FIRST = "change-4-home-first.yaml"
PLANNING = "change-1-early-discharge-planning.yaml"
FRONT = "front-matter.yaml"
INDEX = "index.yaml"


@dataclass(frozen=True)
class Pack:
    """A copy of the real content that a test may break."""

    folder: Path

    @classmethod
    def copy_to(cls, folder: Path) -> Pack:
        return cls(Path(shutil.copytree(CONTENT, folder / "pack")))

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)

    def replace(self, name: str, old: str, new: str) -> int:
        """Replace the first `old` in a file; gives the line, from 1, where it began."""
        text = self.text(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))
        return text.count("\n", 0, text.index(old)) + 1

    def problems(self) -> list[tuple[str, int, str]]:
        """What the reader says: file name, line and words of every problem. Empty if it reads."""
        try:
            read_model(self.folder)
        except ContentError as error:
            return [(found.file.name, found.line, found.text) for found in error.problems]
        return []


def write_second_model(folder: Path) -> Path:
    """Write a model of another subject: two changes, three levels, and front matter of its own."""
    change = """\
title: {title}
short_title: {title}
summary: Summary of {title}
description: Description of {title}
i_statement: I can
we_statement: We do
rows:
  - id: {row}
    name: Row of {title}
    descriptors: {{low: None yet, middle: Some, high: All}}
tips: []
materials: []
examples: []
"""
    files = {
        "index.yaml": """\
id: second
title: A second model
version: "1"
source: Nowhere
attribution: Nobody
front_matter: before.yaml
changes:
  - {id: beds, file: b.yaml}
  - {id: doors, file: a.yaml}
""",
        "before.yaml": """\
levels:
  - {id: low, name: Low, definition: Little}
  - {id: middle, name: Middle, definition: More}
  - {id: high, name: High, definition: Most}
sections: []
materials: []
action_plan_columns: [What, Where, How, When, So what]
""",
        "b.yaml": change.format(title="Beds", row="pillows"),
        "a.yaml": change.format(title="Doors", row="hinges"),
    }
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
