"""The model as it was read when the program was frozen, so that no start need read YAML again.

Written by `build.spec` beside the pack that it is of, for `hicm_desktop.published`. It bears the
fingerprint of itself and of every file of that pack: where one of them is not as it was, it counts
for nothing, and the pack is read.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from hicm_desktop.model.values import Model

NAME = "prepared.msgpack"
"""What it is called, in the folder of the pack."""

_FINGERPRINT_BYTES = hashlib.sha256().digest_size


def encode(model: Model, folder: Path) -> bytes:
    """Give what to write beside the pack that a model was read from. Raises OSError."""
    written = msgspec.msgpack.encode(model)
    return _fingerprint(folder, written) + written


def load(folder: Path) -> Model | None:
    """Give the model of the pack in a folder; None where it has to be read from the pack itself."""
    try:
        data = (folder / NAME).read_bytes()
        fingerprint, written = data[:_FINGERPRINT_BYTES], data[_FINGERPRINT_BYTES:]
        if fingerprint != _fingerprint(folder, written):
            return None
        return msgspec.msgpack.decode(written, type=Model)
    except (OSError, msgspec.DecodeError):  # reading the pack itself says what is wrong, if it is
        return None


def _fingerprint(folder: Path, written: bytes) -> bytes:
    """Give what tells a pack, and what was written of it, from any other: names and contents."""
    sums = hashlib.sha256(hashlib.sha256(written).digest())
    for file in sorted(folder.glob("*.yaml"), key=lambda file: file.name):
        sums.update(hashlib.sha256(os.fsencode(file.name)).digest())
        sums.update(hashlib.sha256(file.read_bytes()).digest())
    return sums.digest()
