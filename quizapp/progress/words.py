"""Words that several parts of the page use."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext


def right_of(right: int, total: int) -> str:
    """So many of so many answers were right: one sentence in English, two in other languages."""
    return str(ngettext("%(num)s of %(total)s right", "%(num)s of %(total)s right", right, total=total))


def named(name: str, told: str) -> str:
    """What is told of something, behind its name."""
    return str(_("%(name)s: %(told)s", name=name, told=told))
