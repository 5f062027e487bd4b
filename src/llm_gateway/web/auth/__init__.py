"""Signing in over HTTP.

browser     cookies, and whether a request comes from our own pages
visitors    guards for routes that need no session
session     first owner, sign-up, sign-in, sign-out
account     what members do with their own account
members     who belongs here
"""
