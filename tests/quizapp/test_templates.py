"""Templates as code: each compiles, forms work without JavaScript, and nothing is inline."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from quizapp.assets import STATIC_DIR, TEMPLATES_DIR

NAMES = sorted(path.relative_to(TEMPLATES_DIR).as_posix() for path in TEMPLATES_DIR.rglob("*.html"))
FRAGMENTS = [name for name in NAMES if "/_" in f"/{name}"]
PAGES = [name for name in NAMES if name not in FRAGMENTS and name != "base.html"]


def source(name: str) -> str:
    return (TEMPLATES_DIR / name).read_text()


def forms(name: str) -> list[str]:
    return re.findall(r"<form\b.*?</form>", source(name), flags=re.DOTALL)


def attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else None


def test_there_are_pages_and_fragments() -> None:
    assert PAGES
    assert FRAGMENTS


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(app: Flask, name: str) -> None:
    assert app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_on_the_base_which_gives_it_a_title(name: str) -> None:
    assert source(name).startswith('{% extends "base.html" %}')
    assert "{{ page.title }}" in re.search(r"<title>(.*?)</title>", source("base.html"))[1]  # type: ignore[index]


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_has_one_root_named_after_it(name: str) -> None:
    expected = name.rpartition("/_")[2].removesuffix(".html").replace("_", "-")
    text = re.sub(r"\{#.*?#\}|\{% (set|from|import) .*?%\}", "", source(name), flags=re.DOTALL).strip()
    root = re.match(r"<(\w+)[^>]*>", text)
    assert root is not None
    assert attribute(root[0], "id") == expected
    assert text.endswith(f"</{root[1]}>")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_inline(name: str) -> None:
    text = source(name)
    assert not re.search(r"<style|\sstyle=|\son\w+=|hx-on|javascript:|hx-vals=.js", text)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("name", NAMES)
def test_forms_work_without_javascript_and_carry_their_token(name: str) -> None:
    """A form that only asks has no token: it would stand in addresses, and nothing is changed."""
    for form in forms(name):
        tag = re.match(r"<form\b[^>]*>", form)[0]  # type: ignore[index]
        method = attribute(tag, "method")
        other = {"post": "get", "get": "post"}[str(method)]
        assert attribute(tag, "action")
        assert attribute(tag, f"hx-{method}") in {None, attribute(tag, "action")}
        assert attribute(tag, f"hx-{other}") is None
        assert ('name="csrf_token"' in form) == (method == "post")


@pytest.mark.parametrize("name", NAMES)
def test_requests_by_htmx_stand_on_forms_and_links(name: str) -> None:
    for tag in re.findall(r"<\w+\b[^>]*\shx-(?:get|post)=[^>]*>", source(name)):
        if tag.startswith("<a"):
            assert attribute(tag, "href") == attribute(tag, "hx-get")
        else:
            assert tag.startswith("<form")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_comes_from_elsewhere(name: str) -> None:
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', source(name))


def test_scripts_of_one_page_name_nothing_twice() -> None:
    """They share one scope: a second name that is alike stops the script that brings it."""
    named = {
        path.name: set(
            re.findall(r"^(?:async )?(?:const|let|function) (\w+)", path.read_text(), re.MULTILINE)
        )
        for path in STATIC_DIR.glob("*.js")
    }
    on_every_page = named.pop("app.js")

    assert {name: names & on_every_page for name, names in named.items() if names & on_every_page} == {}
