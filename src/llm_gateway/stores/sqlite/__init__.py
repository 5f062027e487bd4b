"""The store of a single host: one SQLite file, through the library that apsw brings along.

Any number of processes may open the file (a gateway, a command); within one process all changes go
through one connection. Older libraries than 3.51.3 can corrupt a write-ahead log that two
connections write at once, so they are refused.
"""

from llm_gateway.stores.sqlite.audit import SqliteAuditLog
from llm_gateway.stores.sqlite.credentials import SqliteCredentials
from llm_gateway.stores.sqlite.database import Database
from llm_gateway.stores.sqlite.keys import SqliteKeyStore
from llm_gateway.stores.sqlite.members import SqliteMembers
from llm_gateway.stores.sqlite.migrate import SchemaRefused, migrate
from llm_gateway.stores.sqlite.pins import SqlitePins
from llm_gateway.stores.sqlite.policies import SqlitePolicyStore
from llm_gateway.stores.sqlite.records import SqliteRecordStore
from llm_gateway.stores.sqlite.vault import SqliteVaultStore

__all__ = [
    "Database",
    "SchemaRefused",
    "SqliteAuditLog",
    "SqliteCredentials",
    "SqliteKeyStore",
    "SqliteMembers",
    "SqlitePins",
    "SqlitePolicyStore",
    "SqliteRecordStore",
    "SqliteVaultStore",
    "migrate",
]
