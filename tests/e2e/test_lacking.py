"""A test that its machine cannot run is skipped with its reason, and fails in CI."""

from __future__ import annotations

import pytest

from .lacking import needs


@pytest.mark.parametrize(
    ("ci", "outcome"),
    [
        ("true", pytest.fail.Exception),
        ("false", pytest.skip.Exception),
        ("", pytest.skip.Exception),
    ],
)
def test_what_a_machine_lacks_is_told(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    needs("bus", there=True)
    with pytest.raises(outcome, match="there is no bus on this machine"):
        needs("bus", there=False)
