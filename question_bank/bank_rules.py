"""Rules that hold of the bank as a whole."""
from __future__ import annotations
