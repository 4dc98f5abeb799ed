"""Measures ttx beside its peers, as ratios in one interleaved run; `python -m benchmarks`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the scalar oracle is a test's second opinion
