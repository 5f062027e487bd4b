"""Which tool is called, and with what."""

from typing import Any

import pytest

from llm_gateway.upstream.demo.calls import arguments, chosen

WEATHER = {
    "type": "object",
    "properties": {
        "city": {"type": "string"},
        "days": {"type": "integer"},
        "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
    },
    "required": ["city", "days", "unit"],
}


def tool(name: str, description: str = "", parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    function = {"name": name, "description": description, "parameters": parameters or {}}
    return {"type": "function", "function": function}


TOOLS = [
    tool("get_weather", "Current weather of a city", WEATHER),
    tool("sendEmail", "Sends a message to a person"),
]


@pytest.mark.parametrize(
    ("choice", "text", "name"),
    [
        (None, "What is the weather in Paris?", "get_weather"),
        ("auto", "Please email Bob", "sendEmail"),
        ("auto", "Tell me a joke", None),
        ("none", "What is the weather in Paris?", None),
        ("required", "Tell me a joke", "get_weather"),
        ({"type": "function", "function": {"name": "sendEmail"}}, "Tell me a joke", "sendEmail"),
        ({"type": "function", "function": {"name": "absent"}}, "Tell me a joke", None),
        ({"type": "function"}, "Tell me a joke", None),
    ],
)
def test_the_tool_that_the_question_is_about_is_called(choice: Any, text: str, name: str | None) -> None:
    """The request's tool_choice decides before the words do."""
    found = chosen(TOOLS, choice, text)

    assert name == (found and found[0])


def test_arguments_come_from_the_question() -> None:
    """A place, a number and a word of the enum are found."""
    found = arguments(WEATHER, "Weather for 3 days in New York in fahrenheit please")

    assert found == {"city": "New York", "days": 3, "unit": "fahrenheit"}


def test_arguments_fit_the_schema_when_the_question_says_nothing() -> None:
    """Then they are simulated."""
    assert arguments(WEATHER, "") == {"city": "simulated city", "days": 1, "unit": "celsius"}
