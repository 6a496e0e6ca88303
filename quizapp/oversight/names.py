"""Names of what the log tells of: its actions, as filters call them, and who did them."""

from __future__ import annotations

from flask_babel import gettext as _

from quizapp.marking import mark
from quizapp.services.log import COMMAND_LINE
from quizapp.services.log_list import Entry

NAMES = {
    "seed-questions": mark("Rebuild"),
    "bulk": mark("Change of many questions"),
    "undo": mark("Undo"),
    "state": mark("Change of state"),
    "rescore": mark("Correction of a key"),
    "settle": mark("Report settled"),
    "create": mark("New question"),
    "edit": mark("Edit"),
    "restore": mark("Old version restored"),
    "conflict": mark("Conflict decided"),
    "import": mark("Import"),
    "export": mark("Export"),
    "purge": mark("Old data removed"),
    "sign-in": mark("Sign-in"),
    "sign-in failed": mark("Sign in failed"),
    "sign-out": mark("Sign-out"),
    "sign-out everywhere": mark("Sign out everywhere"),
    "account": mark("Account"),
    "password": mark("Password"),
    "password link": mark("Password link"),
    "invite": mark("Invite"),
    "invitation withdrawn": mark("Invitation withdrawn"),
    "role": mark("Role"),
    "activate": mark("Activate"),
    "deactivate": mark("Deactivate"),
    "second step on": mark("Second step on"),
    "second step off": mark("Second step off"),
    "recovery codes": mark("Recovery codes"),
}


def name_of(action: str) -> str:
    """What an action is called."""
    told = NAMES.get(action)
    return _(told) if told else action.replace("-", " ").replace("_", " ").capitalize()


def actor_of(entry: Entry) -> str:
    """Who it was."""
    return _("The command line") if entry.actor == COMMAND_LINE else entry.actor or _("Somebody")
