"""The fields of a form as a page shows them: with its label, what was typed, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wtforms import Field, PasswordField

# How browsers and password managers fill in a field, by its name.
_AUTOCOMPLETE = {
    "email": "username",
    "password": "current-password",
    "new_password": "new-password",
    "again": "new-password",
    "code": "one-time-code",
}


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with its label, and what it says to those who look and to those who listen."""

    name: str
    label: str
    type: str
    value: str
    autocomplete: str
    hint: str | None
    error: str | None

    @classmethod
    def of(cls, field: Field, *, hint: str | None = None) -> FieldView:
        """The field; a password is never sent back."""
        is_secret = isinstance(field, PasswordField)
        kind = "password" if is_secret else "email" if field.name == "email" else "text"
        return cls(
            name=field.name,
            label=str(field.label.text),
            type=kind,
            value="" if is_secret else typed(field),
            autocomplete=_AUTOCOMPLETE[field.name],
            hint=hint,
            error=next(map(str, field.errors), None),
        )

    @property
    def described_by(self) -> str:
        """The ids of what is said about it."""
        told = {"hint": self.hint, "error": self.error}
        return " ".join(f"{self.name}-{part}" for part, text in told.items() if text)


def typed(field: Field) -> str:
    """What was typed into the field."""
    return field.data or ""


def fields_of(
    form: Mapping[str, Field], *names: str, hints: Mapping[str, str] | None = None
) -> tuple[FieldView, ...]:
    """These fields of the form, in this order."""
    return tuple(FieldView.of(form[name], hint=(hints or {}).get(name)) for name in names)
