"""Overhead beside peers, in one run on one pinned core.

servers.py   how each server under test is started
relay.py     the floor: an ASGI application that passes bytes on with aiohttp
peers.py     installs LiteLLM and Portkey into a cache folder
measure.py   the method: warm-up, several windows, the median, a failed request voids a window
"""
