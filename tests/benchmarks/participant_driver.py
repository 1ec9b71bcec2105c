"""Drives one participation of the shipped survey for a load generator: 13 requests, 6 posts.

The generator imports `Driver`, gives it the server's address and its options, and sends what
`walk` yields: `Request(method, path, label, body, headers, ok)`, answered by a `Response` with
`status`, `location` and `body`. It puts `Request` and `WalkError` into this module by itself.
README.md beside this file has the commands.
"""
# ruff: noqa: F821 - the generator provides Request and WalkError

import os
import sys
from collections.abc import Generator
from typing import Any
from urllib.parse import urlencode, urlsplit

Request: Any
WalkError: Any

YEARS = [f"{year}_{year + 1}" for year in range(2014, 2021)]
SECTIONS = ("involvement", "role", "teaching", "development")


def hidden(body: bytes, name: str) -> str:
    """Return a hidden input's value; the names and values on our pages are plain words."""
    mark = f'name="{name}" value="'.encode()
    start = body.index(mark) + len(mark)
    return body[start : body.index(b'"', start)].decode()


def codes(body: bytes, name: str) -> list[str]:
    """Return the codes that a group offers, in order."""
    pieces = body.split(f'name="{name}" value="'.encode())[1:]
    return [piece[: piece.index(b'"')].decode() for piece in pieces]


def rows(body: bytes, prefix: str) -> list[str]:
    """Return the names of a battery's radio groups, in order."""
    names = []
    for piece in body.split(f'name="{prefix}'.encode())[1:]:
        name = prefix + piece[: piece.index(b'"')].decode()
        if name not in names:
            names.append(name)
    return names


class Driver:
    """One participation after another, with the answers that every system is given."""

    def __init__(self, base: str, options: dict[str, str]) -> None:
        self.study = options.get("study", "ami")
        sys.path.insert(0, options.get("answers", os.environ.get("BENCH_DRIVERS", ".")))
        from answers import VARIANTS, answers  # type: ignore[import-not-found]  # the generator's

        self.answers = [answers(i) for i in range(VARIANTS)]

    def fill(self, number: int, answer: dict[str, Any], body: bytes) -> dict[str, Any]:
        """Return what is posted for a section."""
        if number == 0:
            topics = codes(body, "item_topics")
            chosen = [topics[n - 1] for n in answer["q2"]]
            other = answer["q2_other"] or ("something" if "other" in chosen else "")
            years = [YEARS[n - 1] for n in answer["q1"]]
            return {"item_years": years, "item_topics": chosen, "item_topics-other": other}
        if number == 1:
            roles = codes(body, "item_role")
            chosen = [roles[n - 1] for n in answer["q3"]]
            return {
                "item_role": chosen,
                "item_role-other": answer["q3_other"] or ("some" if "other" in chosen else ""),
                "item_rewarding": "yes" if answer["q4"] else "no",
                "item_rewarding_what": answer["q4_text"],
            }
        name, values = ("item_teaching-", "q5") if number == 2 else ("item_development-", "q6")
        return dict(zip(rows(body, name), answer[values], strict=True))

    def walk(self, index: int) -> Generator[Any, Any, None]:
        """Yield the requests of one participation."""
        answer = self.answers[index % len(self.answers)]
        door = f"/s/{self.study}"
        page = yield Request("GET", door, "get door", ok=(200,))
        form = {"csrf": hidden(page.body, "csrf"), "client": hidden(page.body, "client")}
        page = yield Request(
            "POST", door, "consent", urlencode({**form, "agree": "yes"}), ok=(303,)
        )
        for number in range(len(SECTIONS)):
            path = urlsplit(page.location).path
            page = yield Request("GET", path, f"get section {number + 1}", ok=(200,))
            if SECTIONS[number] not in path:
                raise WalkError(f"section {SECTIONS[number]} expected, got {path}")
            form = {name: hidden(page.body, name) for name in ("csrf", "client", "revision")}
            form |= {"action": "continue", **self.fill(number, answer, page.body)}
            label = f"post section {number + 1}"
            page = yield Request("POST", path, label, urlencode(form, doseq=True), ok=(303,))
        page = yield Request("GET", urlsplit(page.location).path, "get check", ok=(200,))
        form = {name: hidden(page.body, name) for name in ("csrf", "client", "revision")}
        page = yield Request("POST", f"{door}/check", "send", urlencode(form), ok=(303,))
        page = yield Request("GET", urlsplit(page.location).path, "get thanks", ok=(200,))
        if b"receipt" not in page.body:
            raise WalkError("thank-you page expected")


__all__ = ["Driver"]
