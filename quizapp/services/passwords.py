"""Passwords: hashed with argon2id, refused where they would soon be guessed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from quizapp.marking import Sentence, mark

SHORTEST, LONGEST = 10, 128
_SHORTEST_WITHOUT_NAMES = 8
_SAFE_SCORE = 3  # of zxcvbn's 0 to 4: more than 100 million guesses
_LOOKED_AT = 72  # characters: zxcvbn takes no more

_GUESSED = mark("%(why)s Add words that do not belong together.")
# What zxcvbn has against a password.
_WHY = (
    mark("This is a top-10 common password."),
    mark("This is a top-100 common password."),
    mark("This is a very common password."),
    mark("This is similar to a commonly used password."),
    mark("A word by itself is easy to guess."),
    mark("Names and surnames by themselves are easy to guess."),
    mark("Common names and surnames are easy to guess."),
    mark("Straight rows of keys are easy to guess."),
    mark("Short keyboard patterns are easy to guess."),
    mark('Repeats like "aaa" are easy to guess.'),
    mark('Repeats like "abcabcabc" are only slightly harder to guess than "abc".'),
    mark('Sequences like "abc" or "6543" are easy to guess.'),
    mark("Recent years are easy to guess."),
    mark("Dates are often easy to guess."),
)

# 46 MiB once over: about 55 ms, and the memory that makes guessing dear
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)

# Of a password that nobody knows. Where there is no account it is checked all the same, so that it takes as long.
_NOBODYS = "$argon2id$v=19$m=47104,t=1,p=1$TP19ndMXyXfva63fKgeWtw$G3/NQuLPHQ7x0EojmAg/pz9LY+T/fHgZp5f00H5qstw"


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password is right; ``new_hash`` takes the place of a hash that was made with less care."""

    is_right: bool
    new_hash: str | None = None


def hash_password(password: str) -> str:
    """What of a password is stored. It takes long on purpose: never call it while others wait to write."""
    return _HASHER.hash(_plain(password))


def check_password(stored: str | None, password: str) -> Checked:
    """Hold a password against what is stored; it takes as long where nothing is."""
    try:
        _HASHER.verify(stored or _NOBODYS, _plain(password))
    except VerifyMismatchError:
        return Checked(is_right=False)
    if stored is None:
        return Checked(is_right=False)
    return Checked(True, hash_password(password) if _HASHER.check_needs_rehash(stored) else None)  # noqa: FBT003


def weakness_of(password: str, *, email: str = "", product: str = "") -> str | None:
    """Why nobody should use this password, or None."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        told = mark(
            "Use at least %(least)s characters; three or four words that do not belong together are good."
        )
        return Sentence(told, least=SHORTEST)
    if len(plain) > LONGEST:
        return Sentence(mark("Use at most %(most)s characters."), most=LONGEST)
    from zxcvbn import zxcvbn  # noqa: PLC0415 - 15 MB of word lists, which only a new password needs

    own = [word for word in (email, email.partition("@")[0], product) if word]
    if _without(plain, own) < _SHORTEST_WITHOUT_NAMES:
        return mark("Your name is easy to guess. Add words that do not belong together.")
    found = zxcvbn(plain[:_LOOKED_AT], user_inputs=own)
    if found["score"] >= _SAFE_SCORE:
        return None
    why = found["feedback"]["warning"]
    return Sentence(_GUESSED, why=Sentence(why if why in _WHY else mark("This would soon be guessed.")))


def _without(password: str, words: list[str]) -> int:
    """How many characters are left without these words."""
    rest = password.lower()
    for word in words:
        rest = rest.replace(word.lower(), "")
    return len(rest)


def _plain(password: str) -> str:
    """The same letters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)
