"""The words of the gateway as values. Nothing here does I/O, and nothing here imports another room.

gateway key   the credential an application holds
connection    provider, base URL and the encrypted provider key
route         what a gateway key leads to: a connection and a model
exchange      one request and its answer
surface       an API operation as the client speaks it (OpenAI chat completions, ...)
segment       one piece of text of an exchange with its origin: path, role, provenance
finding       what a detector found in a segment
verdict       allow, flag, mask or block, with the rule and the reason
record        what is kept of an exchange
audit event   what is kept of an administrative act
"""
