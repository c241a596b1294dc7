"""The bill of materials, in CycloneDX, of what is in the folder and of nothing else.

For `distribution.build`. What lists the packages of an environment is `cyclonedx-py`; this takes
out what only froze the program, and puts in what is no package of Python.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from packaging.utils import canonicalize_name

from distribution.parts import ROOT, SEE, Part

Bill: TypeAlias = dict[str, Any]

_SPEC = "1.6"


def listed(tool: Path, python: Path, parts: Sequence[Part]) -> Bill:
    """Give the bill of materials of what `python` froze; `tool` is the program `cyclonedx-py`."""
    command = [str(tool), "environment", "--pyproject", str(ROOT / "pyproject.toml")]
    command += ["--output-reproducible", "--sv", _SPEC, "--of", "JSON", "-o", "-", str(python)]
    done = subprocess.run(command, capture_output=True, check=True)
    return only(json.loads(done.stdout), parts)


def write(bill: Bill, sums: Mapping[str, str], target: Path) -> None:
    """Write a bill with the files of the folder: `sums` are their SHA-256, by place."""
    held = [_file(place, digest) for place, digest in sorted(sums.items())]
    whole = {**bill, "components": [*bill["components"], *held]}
    text = json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False)
    target.write_text(f"{text}\n", "utf-8", newline="\n")


_VALIDATE = f"""
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
version = SchemaVersion.V{_SPEC.replace(".", "_")}
fault = JsonStrictValidator(version).validate_str(open(sys.argv[1], encoding="utf-8").read())
sys.exit(str(fault) if fault else 0)
"""


class NotValid(Exception):  # noqa: N818 - read as a sentence where it is caught
    """A bill is not as the standard has it, so other tools would not read it."""


def check(tool: Path, target: Path) -> None:
    """Hold a bill against the standard's own schema, by the tool's library. Raises NotValid."""
    python = tool.with_name(f"python{tool.suffix}")
    command = [str(python), "-c", _VALIDATE, str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotValid(f"{target.name} is no valid CycloneDX: {done.stderr.strip()}")


def only(bill: Bill, parts: Sequence[Part]) -> Bill:
    """Give a bill with these parts alone, each as its package told it where it is one."""
    ours, *others = parts
    told: dict[str, Bill] = {canonicalize_name(each["name"]): each for each in bill["components"]}
    components = [{**_component(part), **_listed(told, part)} for part in others]
    kept = {each["bom-ref"] for each in components}
    root = {**bill["metadata"]["component"], "name": ours.name, "version": ours.version}
    metadata = {**bill["metadata"], "component": root}
    dependencies = list(_dependencies(bill.get("dependencies", ()), {*kept, root["bom-ref"]}))
    return {**bill, "metadata": metadata, "components": components, "dependencies": dependencies}


def _listed(told: Mapping[str, Bill], part: Part) -> Bill:
    """Give what its package tells of a part, but for its licence, of which the list is the word."""
    listed = told.get(canonicalize_name(part.name), {})
    return {key: value for key, value in listed.items() if key != "licenses"}


def _component(part: Part) -> Bill:
    is_stated = part.licence != SEE
    licence = {"expression": part.licence} if is_stated else {"license": {"name": part.licence}}
    known: Bill = {
        "type": "library",
        "bom-ref": part.purl or part.name,
        "name": part.name,
        "licenses": [licence],
    }
    if part.version:
        known["version"] = part.version
    if part.purl:
        known["purl"] = part.purl
    if part.about:
        known["description"] = part.about
    return known


def _file(place: str, digest: str) -> Bill:
    return {
        "type": "file",
        "bom-ref": f"file:{place}",
        "name": place,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def _dependencies(told: Iterable[Bill], kept: set[str]) -> Iterable[Bill]:
    for each in told:
        if each["ref"] in kept:
            yield {**each, "dependsOn": [on for on in each.get("dependsOn", ()) if on in kept]}
