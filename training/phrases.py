"""The hand-written phrases in `texts/`, with their slots filled."""

from functools import cache
from importlib.resources import files
from random import Random

SLOTS: dict[str, tuple[str, ...]] = {
    "person": ("Bob", "Aylin Demir", "Mr Okafor", "Chen Wei", "Marta", "the landlord",
               "Dr Lindqvist", "Priya", "Tom Hale"),
    "email": ("b.hale@northwind.example", "info@pay-desk.example", "anna77@mailbox.example",
              "ops@relay.example"),
    "url": ("https://files.example/x7", "http://update.example/run",
            "www.verify-now.example", "https://b.example/a?id=4"),
    "amount": ("250 euros", "$1,900", "30 pounds", "0.4 ETH", "12.000 yen", "€ 87.50"),
    "iban": ("DE02 1203 0000 0000 2020 51", "NL91 ABNA 0417 1643 00", "GB33BUKB20201555555555"),
    "phone": ("+49 30 555 0199", "555-0142", "+44 20 7946 0991"),
    "word": ("Falcon", "Lavendel", "Orion", "Maple", "Kestrel", "Budget", "Blueberry", "Sunny"),
    "time": ("17:30", "6 am", "midnight", "noon", "09:15"),
    "number": ("3", "12", "40", "7", "250"),
    "street": ("14 Harbour Lane", "Gartenweg 3, 8400 Winterthur", "77 Mill Road"),
}  # fmt: skip


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of `texts/{name}.txt` without comments; `\\n` in them is a line break."""
    text = (files("training") / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(
        line.replace("\\n", "\n") for line in text.splitlines() if line and not line.startswith("# ")
    )


@cache
def tagged(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a file whose columns are divided by ` | `."""
    columns = 3 if name == "languages" else 2
    return tuple(tuple(line.split(" | ", columns - 1)) for line in lines(name))


def fill(template: str, random: Random, **given: str) -> str:
    """The template with `given` and random values in its slots; `{Goal}` is `{goal}` with a capital."""
    values = {name: random.choice(options) for name, options in SLOTS.items()} | given
    values |= {name.capitalize(): value[:1].upper() + value[1:] for name, value in given.items()}
    return template.format(**values)


def goal(random: Random) -> str:
    """One isolated goal, such as `send the report to Bob`."""
    return fill(random.choice(lines("goals")), random)
