import pytest

from tests.unit.web.site.conftest import Open


@pytest.mark.parametrize("path", ["/llm/dashboard/keys", "/dashboard/keys"])
def test_prefix_is_taken_off_or_absent(mounted: Open, path: str) -> None:
    """A proxy may strip the prefix or leave it; pages name it in their base address either way."""
    answer = mounted("/llm").get(path)

    assert answer.status_code == 200
    assert '<base href="/llm/dashboard/">' in answer.text


@pytest.mark.parametrize("path", ["/llm", "/llm/"])
def test_prefix_alone_is_the_home_page(mounted: Open, path: str) -> None:
    """The mounted root shows the home page, with or without its slash."""
    assert mounted("/llm").get(path).text == '<!doctype html><base href="/llm/">home'


def test_look_alike_prefix(mounted: Open) -> None:
    """A path that only begins like the prefix is not below it."""
    assert mounted("/llm").get("/llmfeatures").status_code == 418
