"""The faults that are planted: each is a slip that quiz systems really had, and the tests that ought to find it."""

from __future__ import annotations

from dataclasses import dataclass

TESTS = "tests/quizapp"


@dataclass(frozen=True, slots=True)
class Edit:
    """In this file these words, which stand there once, become those."""

    file: str
    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A slip, made by one edit or more, and where it ought to be found."""

    name: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]


def _fault(name: str, file: str, words: str, instead: str, *tests: str) -> Fault:
    return Fault(name, (Edit(file, words, instead),), tests)


FAULTS = (
    # --- the key and the answers
    _fault(
        "A1: options keep the order in which they are stored",
        "quizapp/services/starting.py",
        "            rng.shuffle(order)\n",
        "            pass\n",
        f"{TESTS}/test_order.py",
    ),
    _fault(
        "A1: an option's token tells its place in the bank",
        "quizapp/services/starting.py",
        '"token": token(), "place": place, "option": option}',
        '"token": f"{option:012d}", "place": place, "option": option}',
        f"{TESTS}/test_secrecy.py::test_a01_option_tokens_are_an_attempts_own",
    ),
    _fault(
        "A1: the key stands first while the question is open",
        "quizapp/services/shown.py",
        "        pairs = zip(self.tokens, self.options, strict=True)\n",
        "        pairs = sorted(zip(self.tokens, self.options, strict=True), key=lambda one: not one[1]['correct'])\n",
        f"{TESTS}/test_secrecy.py",
    ),
    _fault(
        "A2: a test tells what is right before it is over",
        "quizapp/services/attempts.py",
        "return self.mode != TEST or self.closed_at is not None",
        "return True",
        f"{TESTS}/test_taking_a_test.py",
    ),
    _fault(
        "A2: answers of an open test count in the progress",
        "quizapp/services/meetings.py",
        'AttemptRow.learner == learner, or_(AttemptRow.mode != "test", AttemptRow.closed_at.is_not(None))',
        'AttemptRow.learner == learner, or_(AttemptRow.mode != "x", AttemptRow.closed_at.is_not(None))',
        f"{TESTS}/test_progress.py::test_a02_an_open_test_shows_nowhere",
    ),
    _fault(
        "A2: practice asks, and tells, what an open test asks",
        "quizapp/services/pool.py",
        "or_(ResponseRow.attempt_item_id.is_not(None), is_open_test))",
        "or_(ResponseRow.attempt_item_id.is_not(None), and_(is_open_test, AttemptRow.mode == 'x')))",
        "tests/security/test_states.py",
    ),
    _fault(
        "A2: an answer given for sure gets a second try, and with it the hint",
        "quizapp/services/attempts.py",
        "step.second is None and step.certainty != SURE and not",
        "step.second is None and not",
        f"{TESTS}/test_second_try.py",
    ),
    # --- whose it is, and when
    _fault(
        "A3: the attempt is looked up without its learner",
        "quizapp/services/attempts.py",
        'AttemptRow.public_id == bindparam("public_id"), AttemptRow.learner == bindparam("learner"))',
        'AttemptRow.public_id == bindparam("public_id"))',
        f"{TESTS}/test_refusals.py::test_a03_somebody_elses_quiz_looks_like_none",
    ),
    _fault(
        "A4: a test that was handed in still takes answers",
        "quizapp/services/responses.py",
        "if step.is_answered or attempt.closed_at is not None:",
        "if step.is_answered:",
        f"{TESTS}/test_taking_a_test.py",
    ),
    _fault(
        "A4: a second hand-in moves the end",
        "quizapp/services/attempts.py",
        "update(AttemptRow).where(AttemptRow.id == attempt_id, AttemptRow.closed_at.is_(None))",
        "update(AttemptRow).where(AttemptRow.id == attempt_id)",
        "tests/security/test_states.py",
    ),
    _fault(
        "A4: a new quiz moves the end of tests that were handed in",
        "quizapp/services/attempts.py",
        "AttemptRow.learner == learner, AttemptRow.closed_at.is_(None), AttemptRow.deadline < now - GRACE",
        "AttemptRow.learner == learner, AttemptRow.deadline < now - GRACE",
        "tests/security/test_states.py",
    ),
    Fault(
        "A5: a question may have two answers",
        (
            Edit(
                "quizapp/models/attempts.py",
                "    attempt_item_id: Mapped[int] = mapped_column(primary_key=True)\n    token: Mapped[str]\n",
                "    attempt_item_id: Mapped[int] = mapped_column(primary_key=True)\n"
                "    token: Mapped[str] = mapped_column(primary_key=True)\n",
            ),
            Edit(
                "quizapp/migrations/m0001_first_tables.py",
                'sa.PrimaryKeyConstraint("attempt_item_id", name=op.f("pk_response"))',
                'sa.PrimaryKeyConstraint("attempt_item_id", "token", name=op.f("pk_response"))',
            ),
        ),
        ("tests/security/test_states.py",),
    ),
    Fault(
        "A5: two questions may stand in one place of a quiz",
        (
            Edit(
                "quizapp/models/attempts.py",
                '(UniqueConstraint("attempt_id", "position"), UniqueConstraint("attempt_id", "item_id"))',
                '(UniqueConstraint("attempt_id", "item_id"),)',
            ),
            Edit(
                "quizapp/migrations/m0001_first_tables.py",
                '        sa.UniqueConstraint("attempt_id", "position",'
                ' name=op.f("uq_attempt_item_attempt_id_position")),\n',
                "",
            ),
        ),
        ("tests/security/test_states.py",),
    ),
    _fault(
        "A7: nobody looks at the deadline",
        "quizapp/services/attempts.py",
        "    if attempt.is_over(now):\n        raise TimeOverError(attempt.public_id, attempt.answered)\n",
        "    return\n",
        f"{TESTS}/test_taking_a_test.py::test_a_late_answer_is_refused_and_no_clock_opens_the_test_again",
    ),
    _fault(
        "A7: a clock that is set back opens a test again",
        "quizapp/attempts/common.py",
        "            hand_in(session, over.public_id, find_learner(), now_here())\n",
        "            pass\n",
        f"{TESTS}/test_taking_a_test.py::test_a_late_answer_is_refused_and_no_clock_opens_the_test_again",
    ),
    _fault(
        "A9: an option need not have been shown",
        "quizapp/services/responses.py",
        "    if answer.token not in shown.tokens:\n        raise OptionNotOfferedError\n",
        "",
        f"{TESTS}/test_refusals.py::test_a09_what_is_no_option_of_the_question_is_refused",
    ),
    # --- who is asking
    _fault(
        "A11: a sign-in keeps what was in the cookie",
        "quizapp/auth/here.py",
        "    forget()\n    session.update(carried)\n",
        "    session.update(carried)\n",
        f"{TESTS}/auth/test_signing_in.py::test_a11_a_sign_in_makes_a_new_session_and_leaves_nothing_planted",
    ),
    _fault(
        "A12: a page of the teachers' room without its gate",
        "quizapp/gate.py",
        "    if not _is_room(request.path) or _is_for_another_host():",
        '    if request.path == "/admin/log" or not _is_room(request.path) or _is_for_another_host():',
        f"{TESTS}/test_teachers_routes.py::test_a12_a30_without_a_sign_in_every_address_answers_alike",
    ),
    _fault(
        "A12: a teacher may do what administrators do",
        "quizapp/identity.py",
        "return teacher if teacher.is_administrator else abort(404)",
        "return teacher",
        f"{TESTS}/auth/test_people.py::test_a12_a_teacher_finds_nothing_here_and_unknown_fields_do_nothing",
    ),
    _fault(
        "A30: htmx needs no sign-in",
        "quizapp/gate.py",
        "    if find_sign_in_here() is not None:\n        return None\n",
        '    if find_sign_in_here() is not None or "HX-Request" in request.headers:\n        return None\n',
        f"{TESTS}/test_teachers_routes.py::test_a12_a30_without_a_sign_in_every_address_answers_alike",
    ),
    _fault(
        "A24: the way back may lead anywhere",
        "quizapp/returning.py",
        "    if not _OURS.fullmatch(address):\n        return False\n",
        "    return True\n",
        f"{TESTS}/auth/test_signing_in.py::test_a24_the_way_back_leads_nowhere_else",
    ),
    _fault(
        "A25: codes can be guessed as fast as one likes",
        "quizapp/services/resuming.py",
        "    number = throttling.record_try(session, place, now)\n",
        "    from contextlib import suppress\n    number = 0\n"
        "    with suppress(throttling.TooManyTriesError):\n"
        "        number = throttling.record_try(session, place, now)\n",
        f"{TESTS}/my_data/test_resuming.py::test_a25_codes_are_not_guessed_even_between_right_ones",
    ),
    _fault(
        "A26: an unknown name is refused sooner",
        "quizapp/services/passwords.py",
        "        _HASHER.verify(stored or _NOBODYS, _plain(password))\n",
        "        if stored is None:\n            return Checked(is_right=False)\n"
        "        _HASHER.verify(stored, _plain(password))\n",
        f"{TESTS}/auth/test_signing_in.py::test_a26_an_unknown_name_takes_as_long_as_a_known_one",
    ),
    _fault(
        "A39: nobody is asked for the password again",
        "quizapp/identity.py",
        "    if not get_sign_in().is_recent(dt.datetime.now(dt.UTC)):\n        raise PasswordNeededError\n",
        "    get_sign_in()\n",
        f"{TESTS}/exchange/test_exporting.py::test_a39_the_password_is_asked_for_again",
    ),
    _fault(
        "A39: the log may be changed",
        "quizapp/migrations/m0002_teachers_room.py",
        'for verb in ("UPDATE", "DELETE"):\n            op.execute(\n'
        '                f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry"',
        'for verb in ("UPDATE", "DELETE"):\n            op.execute(\n'
        '                f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON topic"',
        f"{TESTS}/test_migrations.py::test_a39_the_log_only_grows",
    ),
    # --- what goes out
    _fault(
        "A13: the question's text is trusted",
        "templates/attempts/_item.html",
        "data-arrive{% endif %}>{{ page.stem }}</h1>",
        "data-arrive{% endif %}>{{ page.stem|safe }}</h1>",
        "tests/security/test_markup.py",
    ),
    _fault(
        "A13: a rationale is trusted by a Markup",
        "quizapp/locators.py",
        'return Markup("").join([*pieces, escape(text[last:])])',
        'return Markup("").join([*pieces, Markup(text[last:])])',
        "tests/security/test_markup.py",
    ),
    _fault(
        "A22: a cell may begin like a formula",
        "quizapp/services/csv_format.py",
        """return f"'{text}" if _looks_like_formula(text) else text""",
        "return text",
        f"{TESTS}/services/test_csv_format.py::test_a22_no_cell_begins_like_a_formula",
    ),
    _fault(
        "A29: pages of people may be kept by caches",
        "quizapp/headers.py",
        '    response.headers.setdefault("Cache-Control", "no-store")\n',
        "",
        f"{TESTS}/test_headers.py::test_a28_a29_every_answer_carries_them_and_is_kept_nowhere",
    ),
    _fault(
        "A31: nothing says what an answer varies with",
        "quizapp/rendering.py",
        "    for header in _VARY:\n        response.vary.add(header)\n",
        "",
        f"{TESTS}/test_routes.py::test_a31_what_htmx_gets_says_what_it_varies_with",
    ),
    _fault(
        "A32: htmx keeps pages in the browser",
        "templates/base.html",
        '"historyCacheSize": 0',
        '"historyCacheSize": 10',
        "tests/security/test_markup.py",
    ),
    # --- what comes in
    _fault(
        "A23: forms need no token",
        "quizapp/config.py",
        "        WTF_CSRF_TIME_LIMIT=None,\n",
        "        WTF_CSRF_TIME_LIMIT=None,\n        WTF_CSRF_ENABLED=False,\n",
        f"{TESTS}/test_refusals.py::test_a23_a_form_without_its_token_is_refused_in_words",
    ),
    _fault(
        "A23: forms of other sites are taken",
        "quizapp/headers.py",
        "    app.before_request(_refuse_other_sites)\n",
        "",
        f"{TESTS}/test_refusals.py::test_a23_a_form_sent_from_another_site_is_refused",
    ),
    _fault(
        "A23: a GET may write",
        "quizapp/database.py",
        "PRAGMA query_only={'OFF' if writes else 'ON'}",
        "PRAGMA query_only=OFF",
        f"{TESTS}/test_transactions.py::test_a23_a_write_while_reading_is_refused_by_the_database",
    ),
    _fault(
        "A33: a flood is let in",
        "quizapp/limiting.py",
        "> limit.most:",
        "> limit.most * 1000:",
        "tests/security/test_floods.py",
    ),
    # --- what is on disk
    _fault(
        "G1: a power cut may take what was acknowledged",
        "quizapp/database.py",
        '"synchronous=FULL"',
        '"synchronous=NORMAL"',
        f"{TESTS}/test_transactions.py::test_sqlite_is_opened_to_keep_what_it_acknowledged",
    ),
    _fault(
        "G3: writers begin as readers",
        "quizapp/database.py",
        '"BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED"',
        '"BEGIN DEFERRED"',
        "tests/security/test_writers.py",
    ),
    _fault(
        "G14: what is deleted stays in the file",
        "quizapp/database.py",
        '"secure_delete=ON"',
        '"secure_delete=OFF"',
        f"{TESTS}/my_data/test_no_trace.py::test_r19_nothing_is_left_in_any_file_or_log",
    ),
    _fault(
        "G14: reports stay when their learner is deleted",
        "quizapp/services/learners.py",
        "    session.execute(delete(ReportRow).where(ReportRow.attempt_item_id.in_(own)))\n",
        "",
        f"{TESTS}/my_data/test_my_data.py::test_deleting_takes_everything_of_this_learner_and_nothing_else",
    ),
    _fault(
        "A37: a file with a fault is taken in all the same",
        "quizapp/exchange/routes.py",
        "    if plan.faults:\n",
        "    if plan.faults and not data:\n",
        f"{TESTS}/exchange/test_importing.py::test_a37_one_fault_and_nothing_is_imported",
    ),
    _fault(
        "A40: the log of requests names the address",
        "quizapp/request_log.py",
        "request.url_rule.rule if request.url_rule else None",
        "request.path",
        f"{TESTS}/test_request_log.py::test_a40_nothing_of_a_whole_lesson_stands_in_the_log",
    ),
)
