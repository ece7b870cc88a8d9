from hypothesis import given
from hypothesis import strategies as st

from documents.comparison import Piece, WordChange, compare, paragraphs


def test_only_the_words_that_changed_are_marked() -> None:
    assert compare("We trust in hope.\n\nWe meet.", "We trust in people.\n\nWe meet.") == [
        [
            Piece(WordChange.SAME, "We trust in "),
            Piece(WordChange.REMOVED, "hope."),
            Piece(WordChange.ADDED, "people."),
        ],
        [Piece(WordChange.SAME, "We meet.")],
    ]


def test_whole_paragraphs_come_and_go() -> None:
    assert compare("One.\nTwo.", "One.\nTwo.\nThree.")[-1] == [Piece(WordChange.ADDED, "Three.")]
    assert compare("One.\nTwo.", "Two.")[0] == [Piece(WordChange.REMOVED, "One.")]
    assert compare("", "") == []


TEXT = st.text(alphabet="ab \n", max_size=60)


@given(old=TEXT, new=TEXT)
def test_each_text_can_be_read_from_the_comparison(old: str, new: str) -> None:
    pieces = compare(old, new)

    def read(without: WordChange) -> list[str]:
        found = ("".join(p.text for p in each if p.change != without) for each in pieces)
        return [text.strip() for text in found if text.strip()]

    assert read(WordChange.ADDED) == paragraphs(old)
    assert read(WordChange.REMOVED) == paragraphs(new)
