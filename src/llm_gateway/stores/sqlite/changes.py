"""The numbered changes that running gateways follow; see stores.feed."""

import apsw


def note(connection: apsw.Connection, kind: str, row_id: str) -> None:
    """Writes a change within the transaction that makes it."""
    connection.execute("INSERT INTO changes (kind, id) VALUES (?, ?)", (kind, row_id))


def seq(connection: apsw.Connection) -> int:
    """The number of the last change."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM changes").get)


def any_since(connection: apsw.Connection, kind: str, number: int) -> bool:
    """Whether something of this kind changed after the change `number`."""
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM changes WHERE seq > ? AND kind = ?)", (number, kind)
    )
    return bool(found.get)
