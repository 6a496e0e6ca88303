"""How much an upload may bring. Everywhere else a request is small; this one address takes a whole file."""

from __future__ import annotations

from quizapp.services.import_file import MOST_BYTES

UPLOAD = "/admin/exchange/import"
MOST_IN_A_REQUEST = MOST_BYTES + 64 * 1024  # the file, and the form around it
# The parser of uploads holds so much in memory at most; it takes in 64 KiB at a time, and what was left of the last.
PARSED_AT_ONCE = 512 * 1024
