"""/api/dashboard/policies, over a real store and the detectors of this build."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from llm_gateway.app.rulebooks import Rulebooks
from llm_gateway.app.workbench import PolicyBench
from llm_gateway.control import Access, Policies, Replays
from llm_gateway.domain.secret import Secret
from llm_gateway.policy import default_policy
from llm_gateway.policy.yaml_text import MAX_CHARACTERS
from llm_gateway.stores.sqlite import Database, SqlitePins, SqlitePolicyStore
from llm_gateway.web.admin import Controls, build_admin
from llm_gateway.web.admin.policies import DOCUMENT_PATHS, PREFIX, policies_router
from tests.support.control import Office, office
from tests.unit.web.admin.conftest import TOKEN

DOCUMENT = """
name: desk
include: default
rules: [{id: no-acme, when: {keywords: [acme]}, then: block}]
examples: [{text: buy from Acme, expect: block, rule: no-acme}]
"""


@pytest.fixture(scope="module")
def bench() -> PolicyBench:
    return PolicyBench(Rulebooks(default_policy()))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


@pytest.fixture
def database(place: Office) -> Iterator[Database]:
    database = Database(place.directory / "gateway.db")
    yield database
    database.close()


@pytest.fixture
def api(place: Office, database: Database, bench: PolicyBench) -> TestClient:
    store = SqlitePolicyStore(database)
    replays = Replays(place.records, store, bench, place.clock, "default")
    router = policies_router(Policies(place.deps, store, bench), replays, SqlitePins(database, place.clock))
    app = build_admin(
        Controls(place.keys, place.registration, place.records, place.audit),
        Access(admin_token=Secret(TOKEN), internal_secret=None),
        routers=(router,),
        body_limits=DOCUMENT_PATHS,
    )
    return TestClient(app, headers={"authorization": f"Bearer {TOKEN}"}, raise_server_exceptions=False)


def post(api: TestClient, path: str = "", status: int = 200, **body: Any) -> dict[str, Any]:
    answer = api.post(f"{PREFIX}{path}", json=body) if body else api.post(f"{PREFIX}{path}")
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def test_nothing_without_the_admin_token(api: TestClient) -> None:
    """Every route around policies is closed to anyone else."""
    paths = api.get("/openapi.json").json()["paths"]
    ours = {path: ways for path, ways in paths.items() if "polic" in path or path.endswith("/tools")}

    assert len(ours) >= 14
    for path, ways in ours.items():
        for method in ways:
            there = path.format(name="desk", number=1, kid="aaaaaaaaaaaa")
            answer = api.request(method, there, headers={"authorization": "Bearer wrong"})
            assert answer.status_code == 401


def test_check_test_and_save(api: TestClient, place: Office) -> None:
    """A draft is read, tried and kept, and holds for nobody."""
    assert post(api, "/check", document=DOCUMENT)["rules"] == len(default_policy().rules) + 1
    assert post(api, "/test", document=DOCUMENT)["passed"] is True
    assert post(api, "", 201, document=DOCUMENT)["number"] == 1
    assert post(api, "", 201, document=DOCUMENT)["number"] == 1

    assert api.get(f"{PREFIX}/desk").json()["active"] is None
    assert place.actions() == ["policy.save"]


def test_activate_roll_back_and_deactivate(api: TestClient, place: Office) -> None:
    """Each act waits until new requests follow, and is audited with its author."""
    post(api, "", 201, document=DOCUMENT)
    post(api, "", 201, document=DOCUMENT.replace("acme]", "acme, globex]"))
    first = post(api, "/desk/activate", number=1)
    watched = post(api, "/desk/monitor", number=2)
    second = post(api, "/desk/activate")
    back = post(api, "/desk/rollback")

    assert (first["active"], first["attached"]) == (1, ["default"])
    assert (watched["active"], watched["monitored"]) == (1, 2)
    assert (second["active"], second["monitored"], second["previous"]) == (2, None, 1)
    assert back["active"] == 1
    assert "+rules" in api.get(f"{PREFIX}/desk/diff", params={"old": 1, "new": 2}).json()["diff"]
    assert api.get(f"{PREFIX}/desk/versions/2").json()["author"] == "admin-token"
    assert post(api, "/desk/deactivate")["attached"] == []
    assert len(place.follower.seen) == 5


def test_scopes_are_attached_and_freed(api: TestClient) -> None:
    """Only what holds can be attached, and only to what exists."""
    post(api, "", 201, document=DOCUMENT)
    assert post(api, "/desk/attach", 409, scope="*")["error"]["code"] == "policy_inactive"
    post(api, "/desk/activate", scopes=["*"])

    assert post(api, "/desk/attach", scope="default")["attached"] == ["*", "default"]
    assert post(api, "/desk/detach", scope="*")["attached"] == ["default"]
    assert post(api, "/desk/attach", 400, scope="elsewhere")["error"]["param"] == "scope"
    assert post(api, "/desk/activate", 400, scopes=["elsewhere"])["error"]["param"] == "scope"


def test_the_effective_policy_of_a_key(api: TestClient) -> None:
    """One call, with the reason."""
    made = {"provider": "openai", "model": "gpt-5.5", "provider_key": "sk-x"}
    kid = api.post("/api/dashboard/api-keys", json=made).json()["kid"]
    path = f"/api/dashboard/api-keys/{kid}/policy"
    assert api.get(path).json() == {
        "name": "default",
        "source": "installation",
        "active": None,
        "monitored": None,
    }
    post(api, "", 201, document=DOCUMENT)
    post(api, "/desk/activate")

    assert api.get(path).json()["source"] == "project"
    assert api.get(path).json()["active"]["number"] == 1
    assert api.delete(f"/api/dashboard/api-keys/{kid}/tools").json() == {"forgotten": 0}
    assert api.get("/api/dashboard/api-keys/aaaaaaaaaaaa/policy").status_code == 404


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ("name: x\nrules: [{id: r, when: {detector: pie}, then: block}]", "line 2: rules[0].when.detector"),
        ("a: &x 1\nb: *x", "aliases"),
        ("[" * 500, "nested deeper"),
        ("name: x\nrules: [{id: r, when: {pattern: '(canary'}, then: block}]", "is not an RE2 pattern"),
    ],
)
def test_wrong_and_hostile_documents_get_a_clear_error(
    api: TestClient, document: str, complaint: str
) -> None:
    """400 with line and remedy, and no word of a pattern."""
    for path in ("", "/check", "/test", "/replay"):
        error = post(api, path, 400, document=document)["error"]
        assert error["code"] == "invalid_policy"
        assert complaint in error["message"]
        assert "canary" not in error["message"]


def test_a_document_that_is_too_long_is_refused(api: TestClient) -> None:
    """The bound is on characters, whatever they take in bytes."""
    assert post(api, "/check", 400, document="x" * (MAX_CHARACTERS + 1))["error"]["code"] == "invalid_value"


def test_replay_reports_on_stored_records(api: TestClient, place: Office) -> None:
    """Records of the last days are judged again."""
    from tests.support.values import a_record

    label = default_policy().label
    place.records.insert([a_record("req_1", policy=label), a_record("req_0", policy=label, time=1.0)])
    found = post(api, "/replay", document="name: none\nrules: []", since="7d")

    assert (found["records"], found["newly_allowed"]) == (1, {"count": 1, "samples": ["req_1"]})
    assert post(api, "/replay", 400, document=DOCUMENT, since="soon")["error"]["param"] == "since"
