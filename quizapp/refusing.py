"""Refusing to start: with a setting that is unsafe, or that cannot be read, nothing is served."""

from __future__ import annotations

import ipaddress

import click

THIS_MACHINE = "localhost"


class UnsafeSettingError(click.ClickException):
    """A setting with which the application does not start; its message is one line that says what to do."""


def is_this_machine(host: str) -> bool:
    """Whether what is served at this address can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == THIS_MACHINE


def refuse_debugging(*, debug: bool, host: str) -> None:
    """The debugger runs whatever a visitor types into it: it is for this machine alone."""
    if debug and not is_this_machine(host):
        raise UnsafeSettingError(
            f"debug mode is for this machine alone, and {host} can be reached from others; unset FLASK_DEBUG"
        )


def host_of_flask_run() -> str | None:
    """The address that Flask's own development server was told to serve at, where it is what loads us."""
    context = click.get_current_context(silent=True)
    if context is None or context.info_name != "run":
        return None
    host = context.params.get("host")
    return host if isinstance(host, str) else None
