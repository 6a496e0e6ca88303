"""The server's clock is set back, or the cookie is too old: whom the server still knows."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask

from tests.quizapp.visitors import Visitor, item, questions


def test_a_clock_set_back_forgets_nobody(app: Flask, reader: Visitor) -> None:
    with time_machine.travel("2026-11-22 09:00:00", tick=False) as clock:
        public_id = reader.start()
        for earlier in ("08:58:00", "08:00:00"):
            clock.move_to(f"2026-11-22 {earlier}")
            assert reader.get(item(public_id, 1)).status_code == 200
            assert reader.get("/").status_code == 200
        assert reader.answer(public_id, 1, questions(app, public_id)[1].key).status_code == 303


@pytest.mark.parametrize(("year", "status"), [(2027, 200), (2028, 404)])
def test_a_cookie_is_good_for_a_year(reader: Visitor, year: int, status: int) -> None:
    with time_machine.travel("2026-11-22 09:00:00", tick=False) as clock:
        public_id = reader.start()
        cookie = reader.client.get_cookie("quiz")
        assert cookie
        clock.move_to(f"{year}-11-22 08:00:00")
        reader.client.set_cookie("quiz", cookie.value)  # as a browser that keeps it longer than it was told
        assert reader.get(item(public_id, 1)).status_code == status
