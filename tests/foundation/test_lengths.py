"""A list that grows with the data is found wherever it is."""

import pytest

from tests.lengths import lists_of

ROWS = 50


@pytest.mark.parametrize(
    ("page", "longest"),
    [
        ("<main><ul>" + "<li>A <ul><li>1</li></ul></li>" * ROWS + "</ul></main>", ROWS),
        ("<main><table><tbody>" + "<tr><td>1</td></tr>" * ROWS + "</tbody></table></main>", ROWS),
        ("<main><dl>" + "<div><dt>A</dt><dd>B</dd></div>" * ROWS + "</dl></main>", ROWS),
        ("<nav><ul>" + "<li>A</li>" * ROWS + "</ul></nav><main><ul><li>A</li></ul></main>", 1),
    ],
)
def test_the_longest_list_of_a_page_is_found(page: str, longest: int) -> None:
    found, _links = lists_of(page)
    assert max(found) == longest


def test_where_a_page_leads_is_found() -> None:
    assert lists_of('<main><a href="/a/">A</a></main>')[1] == ["/a/"]
