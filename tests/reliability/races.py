"""Eight requests at once to two servers on one database: ``python -m tests.reliability.races --rounds 1000``.

A round is one burst that starts together: answers to one question, answers against handing in, second tries, one form
that starts a quiz, or devices that join one learner. Everything is recounted at the end.
"""

from __future__ import annotations

import html
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random

from quizapp.services.resuming import ALPHABET
from tests.conftest import new_database
from tests.quizapp.visitors import TOPICS, options
from tests.reliability.pupils import Pupil
from tests.reliability.setting import asked, command, explain, is_sound, seeded_database, started, tell

TABS = 8

# A form that is sent: the address and its fields.
Form = tuple[str, dict[str, object]]


class Browser:
    """Tabs of one browser, half of them at each server."""

    def __init__(self, ports: Sequence[int], threads: ThreadPoolExecutor) -> None:
        self.tabs = [Pupil(ports[number % len(ports)], number) for number in range(TABS)]
        self.first = self.tabs[0]
        self.codes: Counter[int] = Counter()
        self._threads = threads
        self.first.body({})

    def start(self, **manner: str) -> str:
        """The public id of a new quiz."""
        return self.first.start(**manner)

    def at_once(self, forms: Sequence[Form]) -> list[int]:
        """Send each form from a tab of its own, all together; what each was answered."""
        return [status for status, _ in self.answers(forms)]

    def answers(self, forms: Sequence[Form]) -> list[tuple[int, str]]:
        """… and where each was sent on to."""
        for tab in self.tabs[1:]:
            tab.cookies = dict(self.first.cookies)
        barrier = threading.Barrier(len(forms))

        def send(tab: Pupil, form: Form) -> tuple[int, str]:
            body = self.first.body(form[1])
            barrier.wait(30)
            status, headers, _ = tab.once("POST", form[0], body, {})
            return status, headers.get("location", "")

        found = list(self._threads.map(send, self.tabs, forms))
        self.codes.update(status for status, _ in found)
        return found

    def close(self) -> None:
        """Close the tabs."""
        for tab in self.tabs:
            tab.close()


def answers_to_one_question(browser: Browser, rng: Random) -> Iterator[int]:
    """Of several answers the first is kept, and the others are told so."""
    public_id = browser.start(mode=rng.choice(("practice", "test")))
    for position in range(1, 21):
        address = f"/attempts/{public_id}/items/{position}"
        tokens = [shown.token for shown in options(browser.first.get(address)[2])]
        sent = [tokens[number % 2] for number in range(TABS)]
        codes = browser.at_once([(f"{address}/response", {"option": token}) for token in sent])
        kept = {token for token, code in zip(sent, codes, strict=True) if code == 303}
        yield int(len(kept) != 1 or set(codes) - {303, 409} != set())


def answers_against_handing_in(browser: Browser, rng: Random) -> Iterator[int]:
    """Each answer counts or is refused, and the result counts what was taken."""
    public_id = browser.start(mode="test", length="5")
    forms: list[Form] = [(f"/attempts/{public_id}/hand-in", {}) for _ in range(TABS // 2)]
    for position in range(1, TABS // 2 + 1):
        address = f"/attempts/{public_id}/items/{position}"
        shown = options(browser.first.get(address)[2])
        forms.append((f"{address}/response", {"option": rng.choice(shown).token}))
    rng.shuffle(forms)
    codes = browser.at_once(forms)
    taken = sum(code == 303 for code, form in zip(codes, forms, strict=True) if form[1])
    page = browser.first.get(f"/attempts/{public_id}/result")[2]
    left = re.search(r"(\d) questions? (?:was|were) not answered", page)
    yield int(set(codes) - {303, 409} != set() or left is None or int(left[1]) != 5 - taken)


def second_tries(browser: Browser, rng: Random) -> Iterator[int]:
    """Of several second tries the first is kept."""
    public_id = browser.start(mode="practice", second_try="y")
    for position in range(1, 21):
        address = f"/attempts/{public_id}/items/{position}"
        browser.first.post(
            f"{address}/response", {"option": rng.choice(options(browser.first.get(address)[2])).token}
        )
        page = browser.first.get(address)[2]
        tokens = re.findall(r'name="option" value="([^"]+)">', page)
        if not tokens:
            continue  # it was right
        sent: list[dict[str, object]] = [{"option": tokens[n % len(tokens)]} for n in range(TABS - 1)]
        sent.append({"give_up": "y"})
        codes = browser.at_once([(f"{address}/second-try", fields) for fields in sent])
        kept = {str(fields) for fields, code in zip(sent, codes, strict=True) if code == 303}
        yield int(len(kept) != 1 or set(codes) - {303, 409} != set())


def starts_of_one_form(browser: Browser, rng: Random) -> Iterator[int]:
    """A form that a browser which is known sends several times begins one quiz."""
    browser.start(length="5")
    fields: dict[str, object] = {"topic": TOPICS, "length": "5", "ticket": secrets.token_urlsafe(9)}
    fields["mode"] = rng.choice(("practice", "test"))
    found = browser.answers([("/attempts", fields)] * TABS)
    yield int(len(set(found)) != 1 or found[0][0] != 303)


def devices_that_join(browser: Browser, rng: Random) -> Iterator[int]:
    """Devices with a quiz each join one learner: nobody's quiz is lost, and each is there once."""
    quizzes = [browser.start(length="5")]
    browser.first.post("/my-data/code", {"agreed": "yes"})
    page = browser.first.get("/my-data/code")[2]
    code = re.search(rf'class="resume-code"><code>([{ALPHABET}-]+)<', page)
    if code is None:
        raise AssertionError("there is no code")
    others = [Pupil(tab.port, rng.randrange(9)) for tab in browser.tabs[:4]]
    quizzes += [other.start(length="5") for other in others]

    def join(other: Pupil) -> int:
        other.body({})
        barrier.wait(30)
        return other.post("/resume", {"code": html.unescape(code[1])})[0]

    barrier = threading.Barrier(len(others))
    codes = list(browser._threads.map(join, others))
    seen = [other.get(f"/attempts/{quiz}")[0] for other in others for quiz in quizzes]
    for other in others:
        other.close()
    yield int(set(codes) - {303} != set() or set(seen) != {200})


Race = Callable[[Browser, Random], Iterator[int]]
RACES: tuple[Race, ...] = (
    answers_to_one_question,
    second_tries,
    answers_against_handing_in,
    starts_of_one_form,
    answers_against_handing_in,
    starts_of_one_form,
    answers_against_handing_in,
    devices_that_join,
)

_RECOUNTED = {
    "answers twice": "SELECT count(*) - count(DISTINCT attempt_item_id) FROM response",
    "second tries twice": "SELECT count(*) - count(DISTINCT attempt_item_id) FROM second_try",
    "graded twice": """
        SELECT count(*) FROM (
            SELECT i.item_version_id, o.option, count(*) AS number
            FROM response r JOIN attempt_item i ON i.id = r.attempt_item_id
            JOIN attempt_option o ON o.attempt_item_id = r.attempt_item_id AND o.token = r.token
            GROUP BY i.item_version_id, o.option
        ) AS c JOIN option_count k ON k.item_version_id = c.item_version_id AND k.option = c.option
        WHERE k.chosen <> c.number
    """,
    "counted but not stored": """
        SELECT (SELECT coalesce(sum(chosen), 0) FROM option_count) - (SELECT count(*) FROM response)
    """,
    "tests full but open": """
        SELECT count(*) FROM attempt a WHERE a.mode = 'test' AND a.closed_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM attempt_item i LEFT JOIN response r ON r.attempt_item_id = i.id
            WHERE i.attempt_id = a.id AND r.attempt_item_id IS NULL)
    """,
}


@command(rounds=200)
def main(rounds: int, seed: int, database: str) -> None:
    """Races between two servers: answers, second tries, hand-ins, starts and joins, and a recount."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    with (
        seeded_database(database) as (databases, template, folder),
        new_database(databases, template) as url,
        started(url, folder / "server" / "instance") as one,
        started(url, folder / "server" / "instance") as other,
        ThreadPoolExecutor(TABS) as threads,
    ):
        run, wrong, codes = _race([one.port, other.port], threads, rng, rounds)
        explain(one, failed=bool(codes[500]))
        recounted = {what: asked(url, statement)[0][0] for what, statement in _RECOUNTED.items()}
        sound = is_sound(url)
    figures = {
        "database": database,
        "rounds": sum(run.values()),
        **{name.replace("_", " "): count for name, count in run.items()},
        "wrong": dict(wrong) or 0,
        "500s": codes[500],
        "503s": codes[503],
        **recounted,
        "sound": sound,
    }
    tell("races", figures, failed=bool(wrong.total() or codes[500] or any(recounted.values()) or not sound))


def _race(
    ports: Sequence[int], threads: ThreadPoolExecutor, rng: Random, rounds: int
) -> tuple[Counter[str], Counter[str], Counter[int]]:
    """How many rounds of each race there were, how many ended as they must not, and what was answered."""
    run: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    codes: Counter[int] = Counter()
    while run.total() < rounds:
        for race in RACES:
            browser = Browser(ports, threads)
            for fault in race(browser, rng):
                run[race.__name__] += 1
                wrong[race.__name__] += fault
                if run.total() >= rounds:
                    break
            browser.close()
            codes += browser.codes
            if run.total() >= rounds:
                break
    return run, +wrong, codes


if __name__ == "__main__":
    main()
