"""What a visit weighs over the wire, from the server that ships, and that nothing on its pages moves by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import DESK, PHONE, REPORT_VIOLATIONS, Complaints
from tests.databases import Databases
from tests.quizapp.test_serve import Server, serving

COLD_VISIT = 100_000  # bytes: the first page and the first question, headers included
REQUESTS = 10
STEP = 6_000  # bytes: an answer sent, its feedback, and the next question

# What moves within half a second of a click is what was asked for, and does not count.
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
    for (const entry of list.getEntries().filter(entry => !entry.hadRecentInput)) {
        shifts.push(entry.sources.map(source => source.node?.textContent?.trim().slice(0, 60)));
    }
}).observe({type: 'layout-shift', buffered: true});
"""


class Wire:
    """What a page gets over the network: address and bytes of each request; what its cache held is none."""

    def __init__(self, page: Page) -> None:
        self.received: list[tuple[str, int]] = []
        self._asked: dict[str, str] = {}
        self._cached: set[str] = set()
        tools = page.context.new_cdp_session(page)
        tools.on("Network.requestWillBeSent", self._will_be_sent)
        tools.on("Network.requestServedFromCache", lambda event: self._cached.add(event["requestId"]))
        tools.on("Network.loadingFinished", lambda event: self._finish(event, event["encodedDataLength"]))
        tools.send("Network.enable")

    def _will_be_sent(self, event: dict[str, Any]) -> None:
        if "redirectResponse" in event:
            self._finish(event, event["redirectResponse"]["encodedDataLength"])
        self._asked[event["requestId"]] = event["request"]["url"]

    def _finish(self, event: dict[str, Any], size: float) -> None:
        if event["requestId"] not in self._cached and size:
            self.received.append((self._asked[event["requestId"]], int(size)))

    def take(self) -> list[tuple[str, int]]:
        """What came since the last time."""
        taken, self.received = self.received, []
        return taken


@pytest.fixture(scope="module")
def server(
    sqlite: Databases, seeded_sqlite: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with serving(sqlite, seeded_sqlite, tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def cold(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser without a past, which may write nothing to its console."""
    complaints = Complaints()
    context = browser.new_context(base_url=server.address, **request.param)
    context.add_init_script(REPORT_VIOLATIONS + WATCH_SHIFTS)
    page = context.new_page()
    complaints.listen(page)
    yield page
    context.close()
    assert complaints == []


def start(page: Page) -> None:
    page.goto("/", wait_until="networkidle")
    page.locator("form#start button.button").click()
    page.wait_for_selector("#item")
    page.wait_for_load_state("networkidle")


def answer(page: Page) -> None:
    """Choose the first option; after a wrong one, ask for the answer instead of trying again."""
    page.locator("#item input[name=option]").first.check()
    page.locator("#item form.response .actions button.button").first.click()
    page.wait_for_selector("#feedback, #second-try")
    page.wait_for_load_state("networkidle")
    if page.locator("#second-try").count():
        page.locator("#second-try button[name=give_up]").click()
        page.wait_for_selector("#feedback")


def go_on(page: Page) -> None:
    page.locator("#feedback .is-next").click()
    page.wait_for_selector("#item")


@pytest.mark.parametrize("cold", [{"viewport": PHONE, "locale": "fr-FR"}], indirect=True)
def test_a_visit_is_light(cold: Page, server: Server) -> None:
    """In French, whose texts are the longer ones."""
    wire = Wire(cold)
    start(cold)
    visit = wire.take()
    answer(cold)
    go_on(cold)
    cold.wait_for_load_state("networkidle")
    *answers, (question, question_size) = wire.take()

    assert {url.startswith(server.address) for url, _ in [*visit, *answers]} == {True}
    assert len(visit) <= REQUESTS, visit
    assert sum(size for _, size in visit) <= COLD_VISIT, visit
    assert question.endswith("/items/2")
    assert len(answers) in {1, 2}, answers
    for sent, size in answers:
        assert size + question_size <= STEP, (sent, size, question_size)


@pytest.mark.parametrize(
    "cold", [{"viewport": PHONE}, {"viewport": DESK}], ids=["phone", "desk"], indirect=True
)
def test_nothing_moves_by_itself(cold: Page) -> None:
    """Not even where letters and feedback come late."""
    cold.route("**/*.woff2", late)
    cold.route("**/response", late)
    start(cold)
    shifts = cold.evaluate("shifts")
    answer(cold)
    go_on(cold)
    cold.wait_for_timeout(200)

    assert shifts + cold.evaluate("shifts") == []


def late(route: Route) -> None:
    time.sleep(0.6)
    route.continue_()
