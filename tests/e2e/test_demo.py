"""The whole path, once, by a real Airflow: what `make demo` does, with what it must have done asserted.

Then the page in that Airflow, asked at every address by everybody: one Airflow serves both, so they are one module.
"""

import httpx
import pytest
from rich.console import Console

from demo.play import play
from demo.stage import USER, set_stage
from tests.e2e.visitors import BAD_TOKEN, BROWSER, READER, STRANGER, USERS, Visitors
from tests.page.addresses import Address, list_addresses
from vigie.page.app import create_app
from vigie.page.serving.guard import Guard

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


TODAY = 19
"""Entries of the three feeds; the thirty days before have 220 or 221 articles, by the hour."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with set_stage(tmp_path_factory.mktemp("demo"), users=USERS) as stage:
        yield stage


@pytest.fixture(scope="module")
def outcome(stage):
    return play(stage, lambda step, how_far: Console().log(f"{step}: {how_far}"))


def test_every_entry_is_accounted_for(stage, outcome):
    assert outcome.audit.ok, outcome.audit.problems
    assert outcome.counts.waiting == outcome.counts.failed == 0
    assert outcome.counts.total == len(stage.past.read_text(encoding="utf-8").splitlines()) + TODAY
    assert outcome.counts.duplicate == 1  # one article stands in two feeds
    assert outcome.counts.indexed == outcome.audit.index.documents == outcome.counts.total - 1


def test_the_one_new_subject_is_told_and_nothing_else(outcome):
    (alert,) = (alert for alert in outcome.alerts if alert.kind == "topic")
    assert "Brévanoux" in alert.terms
    assert len(set(alert.sources)) >= 2


def test_each_alert_arrives_once_with_its_reason(outcome):
    delivered = {alert["alert_id"]: alert["message"] for alert in outcome.delivered}
    assert len(delivered) == len(outcome.delivered)
    assert delivered.keys() == {alert.id for alert in outcome.alerts}
    assert all(alert.reason in delivered[alert.id] for alert in outcome.alerts)


def test_leaders_and_topics_are_found(outcome):
    leaders = dict(outcome.leaders)
    assert leaders["Emmanuel Macron"] > 20
    assert {"Politique", "Relations internationales"} <= dict(outcome.topics).keys()


def test_the_new_topic_is_on_today(outcome):
    assert outcome.on_today == {alert.id for alert in outcome.alerts if alert.kind == "topic"}


@pytest.fixture(scope="module")
def visitors(stage, outcome):
    found = Visitors(stage)
    yield found
    found.close()


@pytest.fixture(scope="module")
def addresses(visitors):
    """Every address of the app, with examples that the demo has, and that nothing is changed by."""
    hits = visitors.ask("GET", "/search", bearer=USER).json()["articles"]
    examples = {
        "articles": (hits[0]["id"],),
        "topics": ("medtop:20000638",),
        "alerts": ("0123456789abcdef0123",),
        "leaders": ("Q3052772",),
        "lessons": ("0123456789ab",),
        "watches": ("rien-de-tel",),
        "feeds": ("rien-de-tel",),
        "static": ("page.css",),
    }
    app = create_app(guard=Guard(visit=lambda: None), read_stores=lambda: None)
    found = list_addresses(app, examples)
    assert {Address("GET", "/"), Address("GET", "/openapi.json"), Address("GET", "/static/page.css")} < {
        *found
    }
    return found


def test_the_plugin_is_loaded_and_in_the_navigation(stage, visitors):
    def read(path):
        return httpx.get(
            f"{stage.airflow_url}/api/v2/{path}", headers=token, timeout=60, trust_env=False
        ).json()

    token = {"Authorization": f"Bearer {visitors.token(USER)}"}
    assert read("plugins/importErrors")["import_errors"] == []
    (plugin,) = (plugin for plugin in read("plugins")["plugins"] if plugin["name"] == "vigie")
    assert [app["url_prefix"] for app in plugin["fastapi_apps"]] == ["/vigie"]
    (view,) = plugin["external_views"]
    assert (view["href"], view["destination"]) == ("/vigie/", "nav")
    assert visitors.ask("GET", view["icon"].removeprefix("/vigie/"), bearer=READER).status_code == 200


def test_nobody_reads_a_byte_of_it(addresses, visitors):
    for each in addresses:
        assert visitors.ask(each.method, each.path).status_code == 401, each
        for token in (BAD_TOKEN, "x"):
            assert visitors.ask(each.method, each.path, bearer=token).status_code in (401, 403), each
            assert visitors.ask(each.method, each.path, cookie=token).status_code in (401, 403), each


def test_a_browser_is_sent_to_airflows_login_and_back(addresses, stage, visitors):
    for each in addresses:
        answer = visitors.ask(each.method, each.path, headers=BROWSER)
        assert answer.status_code == (303 if each.method == "GET" else 401), each
    login = visitors.ask("GET", "/feeds?health=ok", headers=BROWSER).headers["location"]
    shown = httpx.get(f"{stage.airflow_url}{login}", timeout=60, trust_env=False)
    assert shown.status_code == 307  # Airflow thinks the way back is safe
    assert shown.headers["location"].endswith("/auth/login?next=%2Fvigie%2Ffeeds%3Fhealth%3Dok")


def test_who_is_known_and_may_nothing_reads_nothing(addresses, visitors):
    for each in addresses:
        for who in ({"bearer": STRANGER}, {"cookie": STRANGER}):
            assert visitors.ask(each.method, each.path, **who).status_code == 403, each


def test_who_may_read_reads_all_and_changes_nothing(addresses, visitors):
    for each in addresses:
        for who in ({"bearer": READER}, {"cookie": READER, "headers": BROWSER}):
            answer = visitors.ask(each.method, each.path, **who)
            assert answer.status_code in ((200, 404) if each.method == "GET" else (403,)), (each, answer.text)


def test_who_may_act_is_let_in_by_token_and_by_cookie(addresses, visitors):
    """The forms here are of things that are not there, or empty: they are refused for that, and not for who asks."""
    for each in addresses:
        for who in ({"bearer": USER}, {"cookie": USER, "headers": BROWSER}):
            answer = visitors.ask(each.method, each.path, **who)
            assert answer.status_code in ((200, 404) if each.method == "GET" else (400, 404, 422)), each


def test_a_form_of_another_site_is_refused_although_the_browser_sends_the_cookie(addresses, visitors):
    for each in addresses:
        if each.method == "POST":
            for headers in ({"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"}):
                answer = visitors.ask(each.method, each.path, cookie=USER, headers={**BROWSER, **headers})
                assert answer.status_code == 403, (each, headers)


def test_documents_of_fastapi_are_off(visitors):
    for path in ("/docs", "/redoc"):
        assert visitors.ask("GET", path, bearer=USER).status_code == 404


def test_a_poll_is_asked_for_on_the_page(visitors):
    feed = visitors.ask("GET", "/feeds", bearer=USER).json()["feeds"][0]["id"]
    assert visitors.ask("POST", f"/feeds/{feed}/poll", cookie=READER).status_code == 403
    answer = visitors.ask("POST", f"/feeds/{feed}/poll", cookie=USER, headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/vigie/feeds/{feed}?said=polled")
