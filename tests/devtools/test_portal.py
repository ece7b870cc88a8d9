"""The running portal of the browser tests: its parts can be stopped and started again."""

import time
import urllib.request

import pytest
from playwright.sync_api import Browser

from devtools.browser import Watch, new_page
from devtools.fixtures import Browse
from devtools.portal import Portal


def answers(portal: Portal) -> bool:
    with urllib.request.urlopen(f"{portal.url}/healthz", timeout=10) as answer:  # noqa: S310
        return bool(answer.status == 200)


def test_pages_are_answered_while_worker_and_broker_are_down(portal: Portal) -> None:
    portal.kill_worker()
    portal.stop_valkey()
    assert answers(portal)
    portal.start_valkey()
    portal.start_worker()
    assert answers(portal)


def test_a_job_that_waits_in_the_broker_is_done_once_there_is_a_worker_again(
    portal: Portal,
) -> None:
    done = portal.jobs_done("indicators.sweep")
    portal.pause_worker()
    portal.queue("indicators.sweep")
    portal.start_worker()
    end = time.monotonic() + 20
    while portal.jobs_done("indicators.sweep") == done and time.monotonic() < end:
        time.sleep(0.05)
    assert portal.jobs_done("indicators.sweep") > done


def test_a_mail_that_is_still_being_written_is_not_read_yet(portal: Portal) -> None:
    whole = b"Subject: You have a message\n\nSign in.\n" + b"-" * 79 + b"\n"
    portal.mail_folder.mkdir(exist_ok=True)
    path = portal.mail_folder / "20261130-064001-1.log"
    for written in range(len(whole)):
        path.write_bytes(whole[:written])
        assert portal.mails() == []
    path.write_bytes(whole)
    assert [each["Subject"] for each in portal.mails()] == ["You have a message"]


def test_the_browser_opens_the_portal(browse: Browse) -> None:
    page = browse()
    page.goto("/healthz")
    assert page.locator("body").inner_text() == "ok"


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("document.body.style = 'color: red'", ""),
        ("document.body.append(Object.assign(INLINE, {text: '1'}))", "policy: script-src-elem"),
        ("document.body.append(Object.assign(new Image(), {src: '/static/no'}))", "/static/no"),
        ("setTimeout(() => { throw new Error('stumbled') })", "script: stumbled"),
    ],
)
def test_what_goes_wrong_in_a_page_is_noticed(
    portal: Portal, chromium: Browser, script: str, told: str
) -> None:
    watch = Watch()
    page = new_page(chromium, watch, portal.url)
    page.goto("/healthz")
    page.evaluate(script.replace("INLINE", "document.createElement('script')"))
    page.wait_for_timeout(200)
    page.context.close()
    assert any(told in problem for problem in watch.problems) if told else not watch.problems
