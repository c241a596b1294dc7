"""Gives the model that workshops are held with: the one that ships, or what an organisation set.

For the composition root and the command line.
"""

from __future__ import annotations

from hicm_desktop import paths
from hicm_desktop.document.policy import Policy
from hicm_desktop.model import prepared
from hicm_desktop.model.values import Model


def published(policy: Policy) -> Model:
    """Give the model. Raises ContentError where its pack falls short.

    The one that ships was read when the program was frozen; an organisation's is read each time.
    """
    model = prepared.load(paths.content_dir()) if policy.content is None else None
    if model is not None:
        return model
    from hicm_desktop.model.reader import read_model  # noqa: PLC0415 - start-up

    return read_model(paths.content_dir(policy.content))
