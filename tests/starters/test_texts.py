"""Each starter text is whole, in both languages, and good enough to adopt."""

import re

import pytest
import textstat
from django.utils.html import strip_tags

from documents.checklists import checklist
from documents.models import DocumentKind
from foundation import policies
from foundation.prose import BLANK, open_blanks, prose
from starters.texts import FOLDER, LANGUAGES, StarterText, TextCode, read, starter

ALL = [(code, language) for code in TextCode for language in LANGUAGES]
# What people who use services read by themselves, before anybody explains it.
CONSUMERS = {
    TextCode.LETTER,
    TextCode.POSTER,
    TextCode.GROUND_RULES,
    TextCode.CELL_RULES,
    TextCode.AGENDA,
}
GRADE, CONSUMERS_GRADE = 8.0, 6.0
EASE, CONSUMERS_EASE = 65.0, 70.0
# Words that show that a text answers an item, chosen apart from the text's own claim.
ASKED = {
    "empowerment": {"en": "decide", "es": "decide"},
    "respect": {"en": "respect", "es": "respeto"},
    "autonomy": {"en": "life", "es": "vida"},
    "hope": {"en": "recovery|get better|hope", "es": "recuper|esperanza"},
    "responsibility": {"en": "responsib", "es": "responsab"},
    "productivity": {"en": "work.*learn", "es": "trabaj.*aprend"},
    "needs_before_protocols": {"en": "needs.*(rule|program)", "es": "necesita.*(regla|programa)"},
    "collaboration": {"en": "side by side|together", "es": "juntos"},
    "who_decides": {"en": "decides", "es": "decide"},
    "consumers_in_each_step": {"en": "use services", "es": "usan los servicios"},
    "feedback": {"en": "hear back", "es": "recibe respuesta"},
    "appeal": {"en": "look at a decision again", "es": "revise una decisión"},
    "success": {"en": "measure.*goal", "es": "medida.*meta"},
    "mission_version": {"en": "mission statement", "es": "declaración de misión"},
}
NEVER = {
    "en": ("user", "compliance", "failed", "invalid", "abuse", "patient", "client", "diagnosed"),
    "es": ("usuario", "cumplimiento", "paciente", "cliente", "inválido"),
}
# A promise about the law is for the agency's lawyer to make.
LEGAL = {
    "en": ("hipaa", "you have the right", "by law, we", "42 cfr", "liab", "guarantee"),
    "es": ("hipaa", "usted tiene derecho", "garantiza", "42 cfr"),
}


def everything(text: StarterText) -> str:
    """The text with each blank filled in."""
    return text.filled({blank.name: f"the {blank.name}" for blank in text.blanks})


def read_aloud(text: StarterText) -> str:
    """What is read, a full stop after each line."""
    values = {blank.name: "Riverside" for blank in text.blanks}
    lines = [
        strip_tags(each) for each in prose(text.filled(values)).replace("<br>", "\n").split("\n")
    ]
    lines = [re.sub(r"_{3,}", "", each) for line in lines for each in line.split("</li>")]
    return " ".join(line if line[-1] in ".?!" else f"{line}." for line in lines if line.strip())


def test_every_text_is_there_in_every_language() -> None:
    names = {
        language: {path.stem for path in (FOLDER / language).iterdir()} for language in LANGUAGES
    }
    assert names == {language: set(TextCode) for language in LANGUAGES}


@pytest.mark.parametrize(("code", "language"), ALL)
def test_a_text_names_its_blanks_and_leaves_none_when_they_are_filled(
    code: TextCode, language: str
) -> None:
    text = starter(code, language)
    used = set(BLANK.findall(text.body))
    assert used == {blank.name for blank in text.blanks}
    assert open_blanks(text.filled({})) == [
        label
        for name in dict.fromkeys(BLANK.findall(text.body))
        for label in [next(blank.label for blank in text.blanks if blank.name == name)]
    ]
    assert open_blanks(everything(text)) == []
    assert all(blank.label and not BLANK.search(blank.label) for blank in text.blanks)
    assert len({blank.label for blank in text.blanks}) == len(text.blanks)


@pytest.mark.parametrize("code", list(TextCode))
def test_both_languages_have_the_same_blanks_and_the_same_shape(code: TextCode) -> None:
    english, spanish = (starter(code, language) for language in LANGUAGES)
    asked = [[(blank.name, blank.policy) for blank in text.blanks] for text in (english, spanish)]
    assert asked[0] == asked[1]
    assert english.shows.keys() == spanish.shows.keys()
    assert bool(english.note) == bool(spanish.note)
    shapes = [
        re.findall(r"<(h\d|ul|ol|li|p|br)\b", prose(each.body)) for each in (english, spanish)
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize(("code", "language"), ALL)
def test_a_text_renders_with_nothing_left_of_its_markup(code: TextCode, language: str) -> None:
    shown = strip_tags(prose(everything(starter(code, language))))
    assert not re.search(r"\*\*|\[\[|\]\]|^#|^- ", shown, re.MULTILINE)


@pytest.mark.parametrize(("code", "language"), ALL)
def test_a_number_that_is_a_policy_comes_from_it(code: TextCode, language: str) -> None:
    for blank in starter(code, language).blanks:
        if blank.policy:
            assert str(policies.find(blank.policy).default).isdigit()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [DocumentKind.MISSION, DocumentKind.PROCESS])
def test_a_text_has_the_words_that_its_checklist_asks_for(
    kind: DocumentKind, language: str
) -> None:
    text = starter(TextCode(kind.value), language)
    body = text.body.replace("**", "")
    assert list(text.shows) == [item.code for item in checklist(kind)]
    for item, words in text.shows.items():
        assert words in body, item
    for code, words in text.shows.items():
        assert re.search(ASKED[code][language], words, re.IGNORECASE), code


def test_the_process_places_consumers_in_each_step() -> None:
    for language, words in (("en", "uses? (our )?services|spoke up"), ("es", "usan? |habl")):
        steps = re.findall(r"^\d\. .*", starter(TextCode.PROCESS, language).body, re.MULTILINE)
        assert len(steps) == 7
        assert [step for step in steps if not re.search(words, step)] == []


@pytest.mark.parametrize(("code", "language"), ALL)
def test_a_text_has_no_word_that_the_portal_avoids_and_no_legal_promise(
    code: TextCode, language: str
) -> None:
    words = starter(code, language).body.lower()
    assert [each for each in NEVER[language] if re.search(rf"\b{each}s?\b", words)] == []
    assert [each for each in LEGAL[language] if each in words] == []


@pytest.mark.parametrize("code", list(TextCode))
def test_a_text_reads_easily_in_english(code: TextCode) -> None:
    textstat.set_lang("en")
    grade = textstat.flesch_kincaid_grade(read_aloud(starter(code, "en")))
    assert grade <= (CONSUMERS_GRADE if code in CONSUMERS else GRADE), grade


@pytest.mark.parametrize("code", list(TextCode))
def test_a_text_reads_easily_in_spanish(code: TextCode) -> None:
    textstat.set_lang("es")
    try:
        ease = textstat.fernandez_huerta(read_aloud(starter(code, "es")))
    finally:
        textstat.set_lang("en")
    assert ease >= (CONSUMERS_EASE if code in CONSUMERS else EASE), ease


def test_no_text_copies_the_demo_s_documents() -> None:
    from devtools.demo import document_texts as demo

    known = {
        each.strip()
        for text in (demo.MISSION_SECOND, demo.CHARTER_SECOND, demo.PROCESS_IN_SENTENCES)
        for each in text.split(".")
        if len(each.split()) > 4
    }
    for code in TextCode:
        assert [each for each in known if each in starter(code, "en").body] == []


def test_a_line_that_says_nothing_known_is_found() -> None:
    with pytest.raises(ValueError, match="titel: Mission"):
        read(TextCode.MISSION, "en", "titel: Mission\n---\nWe are here.")


def test_a_value_can_t_open_a_blank_or_break_a_line() -> None:
    text = read(
        TextCode.MISSION, "en", "title: A\nabout: B\nblank agency: Name\n---\nWe, [[agency]]."
    )
    assert text.filled({"agency": " [[River\nside]] "}) == "We, River side."
    assert text.filled({"agency": " "}) == "We, [[Name]]."
