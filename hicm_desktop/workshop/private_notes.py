"""Takes the facilitator's private notes out of a workshop, before anybody else sees it.

Pure. For whatever leaves the facilitator's hands: reports, and versions that are signed off.
"""

from __future__ import annotations

import msgspec

from hicm_desktop.workshop.values import Workshop


def without_private_notes(workshop: Workshop) -> Workshop:
    """Give a workshop as others may see it: what the facilitator wrote for themselves is gone."""
    return msgspec.structs.replace(
        workshop,
        rows=tuple(msgspec.structs.replace(r, private_note="") for r in workshop.rows),
        changes=tuple(msgspec.structs.replace(c, private_note="") for c in workshop.changes),
    )
