"""Measures what the storage room costs for one participation of the shipped survey.

    python -m tests.benchmarks.storage_cost                      # 200 participations, one thread
    python -m tests.benchmarks.storage_cost --threads 8          # the same by eight at once
    python -m tests.benchmarks.storage_cost --profile            # and where the time goes

Run it from the top folder on a machine that is otherwise idle. A participation is a beginning with
consent, four sections saved (2, 3, 1 and 1 items; the last two are grids of 7 and 3 rows), the
sending, and a look-up of the cookie before each request. It prints milliseconds of CPU time per
participation, user and system, of all threads together: 4 or less is the aim on SQLite.
"""

import argparse
import cProfile
import pstats
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from survey_app.storage.records import AnswerRow, Change, Consent, Json
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate

STUDY = "teaching"
LOOKUPS = 11
SECTIONS: dict[str, list[AnswerRow]] = {
    "involvement": [
        AnswerRow(item="years", value=["2014_2015", "2016_2017"]),
        AnswerRow(item="topics", value=["doctor", "ethics", "other"], other_text="the weather"),
    ],
    "role": [
        AnswerRow(item="role", value=["perspectives", "role_model", "feedback"]),
        AnswerRow(item="rewarding", value="yes"),
        AnswerRow(item="rewarding_what", value="Seeing a student grow over the years."),
    ],
    "teaching": [AnswerRow(item="teaching", row=f"row_{n}", value=str(n % 4)) for n in range(7)],
    "development": [AnswerRow(item="development", row=f"row_{n}", value=str(n)) for n in range(3)],
}


def prepare(store: Store) -> None:
    """Publish a version and make a study that asks for consent."""
    store.instruments.publish(
        name="survey",
        version="1.0.0",
        format=1,
        fingerprint="f",
        definition={"title": "Survey"},
        note="",
        by="eva",
    )
    store.studies.create(slug=STUDY, title="Teaching")
    store.studies.add_instrument(STUDY, "survey", "1.0.0", "self")
    store.studies.add_consent_text(STUDY, version="1", body={"en": "Yes."}, fingerprint="c")


def take_part(store: Store, number: int) -> None:
    """Fill in the survey once, from the door to the thank-you page."""
    session = f"session {number}"
    response = _begin(store, number, session)
    for revision, (section, answers) in enumerate(SECTIONS.items()):
        store.responses.by_session(session)
        store.responses.by_session(session)
        store.responses.save_section(
            response,
            _change(number, revision + 1, base=revision, kind="save"),
            section=section,
            raw={f"item_{row.item}-{row.row}": _typed(row.value) for row in answers},
            values=_values(answers),
            answers=answers,
        )
    for _ in range(LOOKUPS - 1 - 2 * len(SECTIONS)):
        store.responses.by_session(session)
    every = [row for answers in SECTIONS.values() for row in answers]
    sending = _change(number, 9, base=len(SECTIONS), kind="submit")
    outcome = store.responses.submit(
        response, sending, answers=every, receipt_hash=f"receipt {number}"
    )
    if outcome.status != "saved":
        raise RuntimeError(f"Participation {number} was not sent: {outcome}")


def measure(store: Store, *, participations: int, threads: int) -> tuple[float, float]:
    """Return milliseconds of CPU time and of waiting time per participation."""
    take_part(store, -1)
    cpu, wall = time.process_time(), time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(lambda number: take_part(store, number), range(participations)):
            pass
    spent = time.process_time() - cpu, time.perf_counter() - wall
    return spent[0] * 1000 / participations, spent[1] * 1000 / participations


def profile(store: Store, participations: int) -> None:
    """Print where the time goes; a caller that is alone writes on its own thread."""
    watch = cProfile.Profile()
    watch.enable()
    for number in range(participations):
        take_part(store, participations + number)
    watch.disable()
    pstats.Stats(watch).sort_stats("tottime").print_stats(40)


def main() -> None:
    """Read the command line, measure on a database of its own and print."""
    parser = argparse.ArgumentParser(description="Measure the cost of storing a participation.")
    parser.add_argument("--url", help="a migrated, empty database; by default a new SQLite file")
    parser.add_argument("--participations", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        url = chosen.url or f"sqlite:///{Path(folder) / 'survey.sqlite'}"
        migrate(url)
        with Store(url) as store:
            prepare(store)
            cpu, wall = measure(store, participations=chosen.participations, threads=chosen.threads)
            print(f"{cpu:.2f} ms CPU, {wall:.2f} ms in all per participation")
            if chosen.profile:
                profile(store, chosen.participations)


def _begin(store: Store, number: int, session: str) -> str:
    store.responses.by_session(session)
    return store.responses.begin(
        study=STUDY,
        instrument="survey",
        version="1.0.0",
        delivery="self",
        source="web",
        language="en",
        consent=Consent(version="1", language="en", ticks={"agree": True}),
        session_hash=session,
        link_hash=f"link {number}",
        change=_change(number, 0, base=0, kind="begin"),
    )


def _change(number: int, sequence: int, *, base: int, kind: str) -> Change:
    return Change(
        client=f"client {number} {sequence}",
        sequence=sequence,
        base_revision=base,
        kind=kind,
        actor="participant",
        source="web",
        language="en",
        body={"action": "continue"},
    )


def _typed(value: Json) -> list[str]:
    return value if isinstance(value, list) else [value]


def _values(answers: list[AnswerRow]) -> dict[str, Json]:
    grids: dict[str, dict[str, Json]] = {row.item: {} for row in answers if row.row}
    for row in answers:
        if row.row:
            grids[row.item][row.row] = row.value
    return {row.item: grids.get(row.item, row.value) for row in answers}


if __name__ == "__main__":
    main()
