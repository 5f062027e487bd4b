"""The vault: seals provider keys and makes the verifiers of gateway keys.

master key    32 bytes that wrap the data key; in the environment or the file master.key, never in
              the database
data key      32 bytes that seal provider keys; in the database, wrapped by the master key
pepper        32 bytes under which gateway keys become verifiers; in the environment or the file
              pepper.key, never in the database

Whoever has the database alone can neither read a provider key nor make a verifier that fits.
"""

from llm_gateway.stores.vault.keyfile import KeyFileRefused
from llm_gateway.stores.vault.vault import LocalVault, MasterKeyMismatch, PepperMismatch, open_vault

__all__ = ["KeyFileRefused", "LocalVault", "MasterKeyMismatch", "PepperMismatch", "open_vault"]
