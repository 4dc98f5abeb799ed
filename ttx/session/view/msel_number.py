"""The number of an inject on the MSEL, which it keeps from the first page to the report."""

from __future__ import annotations

from ttx.exercise.model.injects import Inject
from ttx.session.improvise import improvised, spot_number


def numbered(inject: Inject) -> str:
    """The author's label or number; `a1` and so on for what was written on the spot."""
    if improvised(inject):
        return f"a{spot_number(inject)}"
    return inject.label or str(inject.number)
