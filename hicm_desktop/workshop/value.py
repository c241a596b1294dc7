"""What all recorded values share. For the modules of `hicm_desktop.workshop` that define some."""

from __future__ import annotations

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A recorded value: frozen, compared by value, strict about its fields."""
