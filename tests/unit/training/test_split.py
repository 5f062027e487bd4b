from training.rows import Row
from training.split import held_out


def row(source: str, pair: str = "", id_: str = "1") -> Row:
    return Row(id_, source, "en", "user", 0, "benign", "text", pair=pair)


def test_a_pair_is_never_divided() -> None:
    """Both texts of a contrast pair are on the same side."""
    sides = [
        (held_out(row("own/mail", f"p{n}", "a")), held_out(row("own/mail", f"p{n}", "b"))) for n in range(300)
    ]

    assert all(one == other for one, other in sides)
    assert 10 < sum(one for one, _ in sides) < 60


def test_a_composed_row_is_out_if_either_part_is() -> None:
    """Neither the attack nor the carrier of a held-out source is seen in training."""
    assert held_out(row("microsoft/TaskTracker in tldr-pages/tldr"))
    assert held_out(row("own templates in sierra-research/tau-bench"))
    assert not held_out(row("own templates in tldr-pages/tldr"))
