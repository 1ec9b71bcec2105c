"""The instruments that ship: the published wording, string by string, slips and all."""

import json
import re

import pytest

from survey_app.definition.instrument import Instrument
from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.items.base import Item
from survey_app.definition.library import load_library, shipped_folder
from survey_app.definition.reading import author_fields
from tests.definition.definitions import find_problems, load_items, write_items

# A copy of the two appendices, in the order of print; the study's authors own the wording.
SURVEY = [
    "Survey",
    "What years have you been involved in AMI? (Check all that apply)",
    "2014-2015",
    "2015-2016",
    "2016-2017",
    "2017-2018",
    "2018-2019",
    "2019-2020",
    "2020-2021",
    "What have you been discussing with your mentee? (Check all that apply)",
    "being a doctor",
    "being a medical student",
    "medical students’ experiences as mentors to youth",
    "the undergraduate programme",
    "how to combine work and private life",
    "the mentee’s future career",
    "ethical issues",
    "interprofessional cooperation",
    "work environment",
    "equality",
    "diversity",
    "cultural awareness/competence",
    "humanistic values (such as honesty, integrity, caring, compassion, altruism, empathy, respect for others, and trustworthiness)",
    "social determinants of health",
    "child development",
    "attachment theory",
    "other: ____",
    "What do you think you do in your role as a mentor? Check all that apply.",
    "Relate and provide perspectives",
    "Facilitate personal and professional development",
    "Be a role model",
    "Assess and give feedback",
    "Give information and demonstrate",
    "Facilitate content learning",
    "Problem solving",
    "other: ____",
    "Did you find being a mentor rewarding?",
    "If answered yes",
    "What did you find rewarding?",
    "The effect of mentorship on issues related to the respondents’ teaching.",
    "(Choices: not at all, to some extent, to a high extent, to a very high extent)",
    "Has being a mentor increased your interest for teaching and supervision?",
    "Has being a mentor lead to a development of your teaching and supervision?",
    "Has being a mentor developed your view on what it means to be a good teacher?",
    "Has being a mentor developed your view on what is important to you as a teacher?",
    "Has being a mentor led to increased reflections regarding your teaching?",
    "Has being a mentor increased your understanding of the students’ situation?",
    "Has being a mentor improved your relations with students?",
    "The effect of mentorship on issues related to the respondents’ personal and professional development.",
    "(Choices: Not at all, to some extent, to a high extent, to a very high extent)",
    "Has being a mentor led to personal or professional development for you?",
    "Has being a mentor led to increased reflections regarding your own values?",
    "Has being a mentor led to increased reflections regarding own work practices as an MD?",
]
INTERVIEW = [
    "Interview",
    "Mentor",
    "What do you do as a mentor in the AMI program?",
    "What does it mean to be a resident mentor in the AMI program?",
    "Professional Identity",
    "How has the AMI program experience changed you? Has being a mentor led to personal or professional development for you?",
    "How has the program influenced your idea of the ideal physician you aspire to become?",
    "How has the program influenced career goals or future endeavors, if at all?",
    "Has being a mentor led to increased reflections regarding your own values?",
    "Has being a mentor led to increased reflections regarding own work practices as an MD?",
    "Health Advocate",
    "Could you outline the knowledge and skills that were critical in developing your own skills in health advocacy?",
    "Has AMI influenced your identity as a health advocate?",
    "General",
    "Are there any other skills or competencies that you have you attained from participating in AMI that we have not already discussed?",
]
SAFE_RELATIONSHIPS = [
    "Topics of discussion for building safe relationships between MSMs and youth mentees",
    "MSM’s role (i.e., MSMs are not healthcare providers or tutors)",
    "Ways to discuss sensitive topics while maintaining youth’s privacy",
    "Information that can be shared with caregivers",
    "Whether or not MSMs ought to pay for youth mentees",
    "Limits on MSMs’ financial expenditures during activities with youth",
    "Whether MSMs can accept financial payment for activities from mentees’ parent(s) or caregiver(s)",
    "How to continue MSM-mentee relationship",
    "How to terminate MSM-mentee relationship",
    "Navigating promises or commitments made to youth and/or their caregiver(s)",
    "Possible safety concerns and warning signs",
]

PRINTED = {
    "ami-survey": SURVEY,
    "ami-interview": INTERVIEW,
    "ami-safe-relationships": SAFE_RELATIONSHIPS,
}
LIBRARY = load_library()


def find(name: str, version: str) -> Instrument:
    return LIBRARY.instruments[name, version]


def list_strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for entry in value.values() for text in list_strings(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in list_strings(entry)]
    return [str(value)]


@pytest.mark.parametrize("name", PRINTED)
def test_the_first_version_holds_every_printed_string_whole(name: str) -> None:
    definition = find(name, "1.0.0").definition
    shown = json.dumps(definition, ensure_ascii=False, indent=2)

    assert [text for text in PRINTED[name] if text not in list_strings(definition)] == []
    assert [text for text in PRINTED[name] if text not in shown] == []


@pytest.mark.parametrize(
    ("name", "version", "slip", "corrected"),
    [
        ("ami-survey", "1.0.1", "mentor lead to a development", "mentor led to a development"),
        ("ami-interview", "1.0.1", "that you have you attained", "that you have attained"),
    ],
)
def test_the_patch_corrects_one_slip_and_nothing_else(
    name: str, version: str, slip: str, corrected: str
) -> None:
    printed, patched = (find(name, each) for each in ("1.0.0", version))
    before, after = (
        json.dumps(each.definition["sections"]).replace(', "meaning": "unchanged"', "")
        for each in (printed, patched)
    )

    assert before.count(slip) == 1
    assert before.replace(slip, corrected) == after
    assert printed.definition.get("scales") == patched.definition.get("scales")


def test_the_minor_version_of_the_guide_adds_probes_to_the_closing_question_only() -> None:
    patch, minor = (find("ami-interview", each) for each in ("1.0.1", "1.1.0"))

    assert [item.text for item in minor.items] == [item.text for item in patch.items]
    assert minor.items[:-1] == patch.items[:-1]


@pytest.mark.parametrize(
    ("name", "version", "fingerprint"),
    [
        ("ami-interview", "1.0.0", "e0c8fcda46131d77d74a194f24599809f396a323a0401aa987185ea5dd139c95"),
        ("ami-interview", "1.0.1", "671898ec7c6feb1db57b297b2aeb04a0edcd13ce3c4ac94dd8782d86e2a95ce7"),
        ("ami-interview", "1.1.0", "4510283cc4192c5307d7658c9a99e91b0093f4cd48ade5460fcc6389f2ce640d"),
        ("ami-safe-relationships", "1.0.0",
         "7a3fe0d995e1b2c5bfe27734943f1d19409948219cded28f8c24dbd338bea9b0"),
        ("ami-survey", "1.0.0", "48a2e2b40621daccff0c65d34ee8fb75dbe03fa44539501fc45cb88385530b25"),
        ("ami-survey", "1.0.1", "94037c4ed4818564a03810c3d8a41ae6d147bea558dae76de40e52c527b4c74f"),
    ],
)  # fmt: skip
def test_what_was_shipped_once_is_asked_the_same_for_ever(
    name: str, version: str, fingerprint: str
) -> None:
    assert find(name, version).fingerprint == fingerprint


@pytest.mark.parametrize(
    ("name", "version", "item"),
    [("ami-survey", "1.0.1", "teaching"), ("ami-interview", "1.0.1", "other_skills")],
)
def test_the_patch_says_that_the_meaning_is_unchanged(name: str, version: str, item: str) -> None:
    said = {each.key: each.meaning for each in find(name, version).items if each.meaning}

    assert said == {item: "unchanged"}


def describe(item: Item) -> tuple[str, int, int]:
    topic = item.topic()
    return item.key, len(item.columns()), len(topic.probes) if topic else 0


@pytest.mark.parametrize(
    ("name", "version", "sections"),
    [
        (
            "ami-survey",
            "1.0.1",
            [
                [("years", 7, 7), ("topics", 18, 16)],
                [("role", 9, 7), ("rewarding", 1, 0), ("rewarding_what", 1, 0)],
                [("teaching", 7, 7)],
                [("development", 3, 3)],
            ],
        ),
        (
            "ami-interview",
            "1.1.0",
            [
                [("mentor_do", 1, 0), ("mentor_meaning", 1, 0)],
                [
                    ("changed", 1, 0),
                    ("ideal_physician", 1, 0),
                    ("career_goals", 1, 0),
                    ("values", 1, 0),
                    ("work_practices", 1, 0),
                ],
                [("advocacy_skills", 1, 0), ("advocate_identity", 1, 0)],
                [("other_skills", 1, 6)],
            ],
        ),
        ("ami-safe-relationships", "1.0.0", [[("discussed", 10, 10)]]),
    ],
)
def test_keys_columns_and_probes_are_those_for_ever(
    name: str, version: str, sections: list[list[tuple[str, int, int]]]
) -> None:
    instrument = find(name, version)

    assert [[describe(item) for item in part.items] for part in instrument.sections] == sections


@pytest.mark.parametrize("scale", ["extent", "extent_capital"])
def test_the_scale_is_unipolar_and_counts_from_one(scale: str) -> None:
    extent = find("ami-survey", "1.0.0").scales[scale]

    assert extent.direction == "unipolar"
    assert list(extent.points) == ["1", "2", "3", "4"]


def test_the_follow_up_is_asked_of_those_who_answered_yes() -> None:
    follow_up = find("ami-survey", "1.0.0").items_by_key["rewarding_what"]

    assert follow_up.relevant is not None
    assert follow_up.relevant.evaluate({"rewarding": "yes"})
    assert not follow_up.relevant.evaluate({"rewarding": "no"})
    assert follow_up.follow_up is not None
    assert follow_up.follow_up.in_language("en") == "If answered yes"


@pytest.mark.parametrize(
    "instrument", LIBRARY.instruments.values(), ids=lambda each: each.reference
)
def test_each_says_whose_wording_it_is_and_what_changed(instrument: Instrument) -> None:
    assert "Appendix" in instrument.source
    assert "belongs to the authors of the study" in instrument.licence
    assert "not covered by the licence of this program" in instrument.licence
    assert instrument.changes
    assert instrument.languages == ("en",)


def read_overview() -> tuple[Item, ...]:
    """The items that the head of the first file explains, without their # signs."""
    head = (shipped_folder() / "ami-survey" / "1.0.0.yaml").read_text("utf-8")
    comment = head.partition("\nformat: 1")[0]
    lines = [line[4:] for line in comment.splitlines() if re.match(r"#   +(- key|  )", line)]
    overview = write_items("\n".join(lines)).replace("version:", "languages: [en, fr]\nversion:")
    one = [each for each in find_problems(overview) if "needs its wording" not in each]
    assert one == []
    plain = re.sub(r"\{en: (.+?), fr: .+?\}", r"\1", "\n".join(lines))
    return load_items(plain).items


def test_the_head_of_the_first_file_explains_every_type_with_all_its_fields() -> None:
    items = read_overview()
    everywhere = set(author_fields(Item))

    assert {item.type_name for item in items} == set(ITEM_TYPES)
    for item in items[:-1]:
        own = {
            name: field
            for name, field in author_fields(type(item)).items()
            if name not in everywhere
        }
        left_out = [name for name, field in own.items() if getattr(item, name) is None]
        assert left_out == [], item.key
    for name in everywhere:
        assert getattr(items[-1], name), name
