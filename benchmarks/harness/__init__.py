"""What the measurements share: pinned processes, an instant provider, a load generator, a gateway to measure.

processes.py   starts a server on given cores, waits for its port, ends it, reads its memory
provider.py    a provider that answers at once, so that only the server under test is measured
load.py        wrk where it is installed, else a small generator in Python
gateway.py     this project's gateway with a key that leads to the provider
bodies.py      the requests that are sent
report.py      what was measured and on what machine
"""
