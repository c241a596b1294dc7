"""What holds of every value that the storage gives out or keeps to itself."""

from __future__ import annotations

import importlib
import pkgutil

import msgspec

from hicm_desktop import storage


def test_every_value_is_frozen() -> None:
    modules = [
        importlib.import_module(f"{storage.__name__}.{found.name}")
        for found in pkgutil.iter_modules(storage.__path__)
    ]
    kinds = [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    ]
    assert len(kinds) > 10
    assert [kind.__name__ for kind in kinds if not kind.__struct_config__.frozen] == []
