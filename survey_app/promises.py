"""What the program promises, a sentence each, with the tests that prove it and their last result.

The sentences are those of an ethics board's validation report: each names what a person can rely
on, and tests that anybody may run. A promise without a test is not made good yet, and says so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from survey_app.translations import gettext as _

RESULTS = Path("test-output") / "promises.json"
"""Where the suite leaves what came of these tests, in the folder that it runs in."""
KEPT = "promises.json"
"""Where they are kept in the data folder, for the page that shows them to everybody."""
WORST_FIRST: tuple["Outcome", ...] = ("failed", "not run", "skipped", "passed")

Outcome = Literal["failed", "not run", "skipped", "passed"]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of a test, and on which day."""

    outcome: Outcome
    day: str = ""


Results = Mapping[str, Result]
"""Results by test: a file of the folder tests, two colons, a function."""

NOT_RUN = Result(outcome="not run")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise by its number; `tests` are relative to the folder tests."""

    number: int
    sentence: str
    tests: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called, such as P1."""
        return f"P{self.number}"

    def judge(self, results: Results) -> Result:
        """Return the worst of its tests' results, with the day of the oldest."""
        found = [results.get(test, NOT_RUN) for test in self.tests] or [NOT_RUN]
        worst = min((each.outcome for each in found), key=WORST_FIRST.index)
        days = sorted(each.day for each in found if each.outcome == worst)
        return Result(outcome=worst, day=days[0])


def list_promises() -> tuple[Promise, ...]:
    """Return all promises, in the language at hand."""
    return tuple(
        Promise(number=number, sentence=_(sentence), tests=TESTS.get(number, ()))
        for number, sentence in SENTENCES.items()
    )


def keep_results(results: Results, file: Path) -> None:
    """Write results where `read_results` reads them again."""
    stored = {test: vars(each) for test, each in sorted(results.items())}
    file.write_text(json.dumps(stored, indent=1), "utf-8")


def read_results(file: Path = RESULTS) -> Results:
    """Return what the suite left; nothing where there is no such file.

    Raises ValueError for a file that is something else.
    """
    if not file.is_file():
        return {}
    try:
        stored = json.loads(file.read_text("utf-8"))
        return {
            test: Result(outcome=WORST_FIRST[WORST_FIRST.index(each["outcome"])], day=each["day"])
            for test, each in stored.items()
        }
    except (UnicodeDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"{file} holds no results of our tests. Run the suite in a clone, or name its "
            "test-output/promises.json."
        ) from error


SENTENCES: Mapping[int, str] = {
    1: "What is shown as saved or sent is on the disk, even if the server is killed.",
    2: "Pressed twice, sent again or gone back to, a response is sent once.",
    3: "Two windows never overwrite each other: both texts are kept and shown.",
    4: "A private link goes on with what was begun on another device.",
    5: "A full disk gives no false receipt, and what was saved stays readable.",
    6: "A database that another program holds loses no answer.",
    7: "A clock that is set wrong, or set back, loses nothing and signs nobody out.",
    8: "A broken definition is told line by line and never stops the service.",
    9: "What was published never changes; answers keep the words that asked them.",
    10: "Of two people who publish at once one is first, and the other is told.",
    11: "A file of results is of one moment, whatever comes in meanwhile.",
    12: "A backup made while the server runs is whole.",
    13: "A backup can be restored, and gives the same results.",
    14: "A database of an earlier version is brought up to date whole, or left as it was.",
    15: "What was answered before somebody left is kept, and marked as partial.",
    16: "A session that ends in the middle of an interview costs no word.",
    17: "A page that was open too long costs no text.",
    18: "Ten megabytes of text are refused kindly, and nothing is lost by it.",
    19: "Every character is stored as it was typed, but for those that no file can hold.",
    20: "A long text is whole in the workbook.",
    21: "No cell of a workbook is ever a formula.",
    22: "Whatever is edited, published and answered in whatever order hurts nobody’s data.",
    23: "Nonsense sent to the server ends in a page that says so and stores nothing by half.",
    24: "A network that fails loses nothing that was typed, and it is said.",
    25: "Every connection to the database is set to survive a power cut.",
    26: "Participants need no JavaScript.",
    27: "What was withdrawn is gone from every file that the program keeps.",
    28: "The record of what happened cannot be changed unseen.",
    29: "The same data give the same file, byte for byte.",
    30: "Each role reaches its own pages and no others.",
    31: "The program sends nothing to anybody, but letters by the mail server that was named.",
    32: "Logs hold no private links, and no word that anybody typed.",
    33: "A chart and the workbook hold the same numbers.",
    34: "Whichever statement fails, a change is whole or it is not there.",
}
"""The promises by number; they are translated when they are listed."""

TESTS: Mapping[int, tuple[str, ...]] = {
    1: (
        "reliability/test_kill_loop.py::test_nothing_acknowledged_is_lost_when_the_server_is_killed",
        "reliability/test_kill_loop.py::test_the_loop_finds_a_server_that_answers_too_early",
    ),
    2: (
        "storage/store/test_sending.py::test_sending_from_many_threads_sends_once",
        "web/test_participant.py::test_sending_twice_and_refreshing_the_thanks_make_one_submission",
    ),
    3: (
        "web/test_participant.py::test_two_windows_lose_neither_text_and_the_person_is_told",
        "web/test_console_browser.py::test_two_tabs_that_write_the_same_note_show_both_and_one_is_chosen",
    ),
    4: ("web/test_participant.py::test_a_private_link_resumes_on_another_device",),
    5: (
        "storage/test_writer.py::test_a_full_disk_keeps_what_is_there_and_the_service_recovers",
        "storage/test_writer.py::test_a_full_disk_refuses_what_does_not_fit_and_nothing_else",
    ),
    6: (
        "storage/test_writer.py::test_a_lock_of_another_process_is_waited_for",
        "storage/test_writer.py::test_a_lock_that_is_held_too_long_is_reported_to_each_caller",
    ),
    7: (
        "web/test_console_outage_browser.py::test_a_computer_whose_clock_is_set_wrong_saves_all_the_same",
        "web/test_console_outage_browser.py::test_a_server_whose_clock_is_set_back_signs_nobody_out_and_saves",
    ),
    8: (
        "definition/test_broken_definitions.py::test_a_broken_definition_loads_or_every_problem_has_its_line",
        "definition/test_library.py::test_broken_files_are_told_and_the_others_stay_at_hand",
    ),
    9: (
        "storage/store/test_lives.py::test_the_database_itself_refuses_to_change_what_was_published",
        "test_versions_under_change.py::test_whatever_is_edited_published_and_answered_hurts_nobodys_data",
    ),
    10: (
        "storage/store/test_lives.py::test_two_who_publish_at_once_publish_one",
        "web/test_lead.py::test_two_who_publish_the_same_are_both_told_that_it_is_published",
    ),
    11: ("storage/store/test_snapshot.py::test_a_snapshot_is_one_moment_while_others_write",),
    12: (
        "storage/test_backup.py::test_a_backup_beside_a_writer_is_whole",
        "backups/test_schedule.py::test_a_full_disk_is_told_and_leaves_no_half_of_a_backup",
    ),
    13: (
        "cli/test_drilling.py::test_what_was_backed_up_comes_back_the_same",
        "backups/test_restoration.py::test_a_backup_that_is_cut_anywhere_is_refused",
        "backups/test_restoration.py::test_a_database_that_is_newer_or_foreign_is_refused",
    ),
    14: (
        "storage/test_upgrades.py::test_an_upgrade_keeps_all_that_was_there",
        "storage/test_upgrades.py::test_an_upgrade_that_is_killed_at_any_statement_goes_on_at_the_next_start",
        "storage/test_migrations.py::test_a_migration_that_fails_at_any_statement_leaves_nothing",
    ),
    15: ("web/test_participant.py::test_who_vanishes_leaves_what_was_saved_marked_as_partial",),
    16: (
        "web/test_console_browser.py::test_whoever_is_signed_out_goes_on_typing_and_signs_in_in_another_tab",
    ),
    17: (
        "web/test_participant.py::test_a_stale_page_shows_what_was_typed_again_and_saves_nothing",
        "web/test_access.py::test_a_stale_staff_form_is_shown_again_with_what_was_typed_and_then_works",
        "web/test_time_left_browser.py::test_after_a_night_nothing_is_sent_until_one_is_signed_in_again_and_nothing_is_lost",
    ),
    18: (
        "web/test_participant.py::test_ten_megabytes_are_refused_with_a_sentence",
        "web/test_participant.py::test_too_long_a_text_is_refused_kindly_and_kept_on_the_page",
    ),
    19: (
        "web/test_text.py::test_only_line_ends_and_forbidden_characters_are_changed",
        "web/test_participant.py::test_what_is_typed_is_stored_and_shown_again_exactly",
    ),
    20: ("spreadsheets/test_texts.py::test_a_long_text_is_split_and_nothing_is_cut",),
    21: (
        "spreadsheets/test_writer.py::test_what_could_become_a_formula_stays_text_when_it_is_edited",
    ),
    22: (
        "test_study_under_all.py::test_whatever_everybody_does_nothing_is_lost_and_gone_is_gone",
        "test_versions_under_change.py::test_whatever_is_edited_published_and_answered_hurts_nobodys_data",
    ),
    23: (
        "reliability/test_fuzzed_posts.py::test_ten_thousand_nonsense_posts_end_in_a_page_and_store_nothing_by_half",
        "reliability/test_fuzzed_requests.py::test_nonsense_in_addresses_and_headers_ends_in_a_page",
        "reliability/test_fuzzed_requests.py::test_nonsense_in_cookies_ends_in_a_page",
        "web/test_json_routes.py::test_whatever_is_sent_is_answered_as_it_is_described",
        "spreadsheets/test_damaged_files.py::test_whatever_is_broken_is_read_or_refused_with_a_sentence",
        "web/test_interviewer_any_post.py::test_every_change_is_taken_or_refused_and_what_is_taken_can_be_stored",
    ),
    24: (
        "web/test_console_outage_browser.py::test_five_minutes_without_a_network_cost_nothing",
        "reliability/test_cut_off.py::test_a_post_that_is_cut_off_saves_nothing_and_the_whole_one_saves_all",
    ),
    25: ("storage/test_engine.py::test_every_connection_of_the_pool_keeps_the_rules",),
    26: (
        "web/test_survey_in_a_browser.py::test_without_scripts_the_follow_up_shows_under_its_heading",
    ),
    27: (
        "reliability/test_canary.py::test_what_was_withdrawn_is_in_no_file_any_more",
        "reliability/test_purged.py::test_what_was_in_an_erased_study_is_in_no_file_any_more",
        "storage/store/test_withdrawal.py::test_no_file_keeps_what_was_withdrawn",
    ),
    28: (
        "storage/test_verification.py::test_a_change_to_a_response_is_named",
        "storage/store/test_chain.py::test_the_first_broken_event_is_named",
        "storage/test_rules.py::test_what_was_said_stays_said",
    ),
    29: (
        "reports/test_workbook.py::test_the_same_data_give_the_same_bytes",
        "reports/test_csv_archive.py::test_the_same_responses_give_the_same_bytes",
    ),
    30: (
        "web/test_rights.py::test_the_table_names_every_address_and_no_other",
        "web/test_rights.py::test_everybody_reaches_what_the_table_gives_them",
    ),
    31: ("web/test_security.py::test_the_program_phones_no_one",),
    32: (
        "web/test_security.py::test_private_addresses_are_masked_in_what_is_logged",
        "test_failure_report.py::test_a_page_that_fails_logs_no_word_that_was_sent",
        "test_failure_report.py::test_a_statement_that_fails_tells_no_value",
        "reliability/test_canary.py::test_what_was_withdrawn_is_in_no_file_any_more",
    ),
    33: ("reports/test_charts.py::test_the_numbers_of_a_chart_are_those_of_the_workbook",),
    34: (
        "reliability/test_anomalies.py::test_whichever_statement_fails_the_change_is_whole_or_not_there",
        "reliability/test_anomalies_across.py::test_whichever_statement_fails_the_same_again_ends_as_if_none_had",
        "storage/test_migrations.py::test_a_migration_that_fails_at_any_statement_leaves_nothing",
    ),
}
"""The tests that prove each promise; one that is not here is not proven yet."""
