"""The model as it was read when the program was frozen, so that no start need read YAML again.

Written by `build.spec` beside the pack that it is of, for `hicm_desktop.published`. It bears the
fingerprint of every file of that pack: where one of them is not as it was, it counts for nothing,
and the pack is read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from hicm_desktop.model.values import Model

NAME = "prepared.msgpack"
"""What it is called, in the folder of the pack."""

_FINGERPRINT_BYTES = hashlib.sha256().digest_size


def encode(model: Model, folder: Path) -> bytes:
    """Give what to write beside the pack that a model was read from. Raises OSError."""
    return _fingerprint(folder) + msgspec.msgpack.encode(model)


def load(folder: Path) -> Model | None:
    """Give the model of the pack in a folder; None where it has to be read from the pack itself."""
    try:
        data = (folder / NAME).read_bytes()
        if data[:_FINGERPRINT_BYTES] != _fingerprint(folder):
            return None
        return msgspec.msgpack.decode(data[_FINGERPRINT_BYTES:], type=Model)
    except (OSError, msgspec.DecodeError):  # reading the pack itself says what is wrong, if it is
        return None


def _fingerprint(folder: Path) -> bytes:
    """Give what tells a pack from any other: the names and the contents of its files."""
    sums = hashlib.sha256()
    for file in sorted(folder.glob("*.yaml"), key=lambda file: file.name):
        sums.update(hashlib.sha256(file.name.encode()).digest())
        sums.update(hashlib.sha256(file.read_bytes()).digest())
    return sums.digest()
