"""A demo that is built twice; in this process, since the browser's has enough to do."""

import re

from devtools.demo.database import built


def test_two_builds_tell_the_same_story(django_db_setup: None) -> None:
    first, second = built().said, built("demo_again").said
    # Its duration is reported but not judged, since machines differ.
    assert re.search(r"was built in [0-9.]+ s", second)
    # Each as of its own day: midnight may have passed since the first was built.
    digests = [re.findall(r"digest (\w+)", said) for said in (first, second)]
    assert digests[0] == digests[1]
    assert len(digests[0]) == 1
