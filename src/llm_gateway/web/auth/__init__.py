"""Signing in over HTTP.

browser     cookies, and whether a request comes from our own pages
sources     the network address of a visitor, through proxies
front       both, as configured
visitors    guards for routes that need no session
session     first owner, sign-up, sign-in, sign-out
account     what members do with their own account
members     who belongs here
oidc        signing in through another service
"""
