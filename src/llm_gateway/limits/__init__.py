"""Limits as state machines. Pure: they are told the time, and keep none of their own.

breaker   stops asking a connection that keeps failing, and finds out when it is back
retries   how many attempts beyond the first are affordable
"""
