"""Accounts: becoming a member, signing in, sessions, roles and personal tokens.

joining    the owner by a one-time link, members by invitation
signin     password and throttle
sessions   what a browser holds
members    who belongs here, with which role
own        password and tokens of whoever asks
"""

from llm_gateway.control.accounts.deps import AccountDeps
from llm_gateway.control.accounts.federation import Federation, Vouched
from llm_gateway.control.accounts.joining import Joining, Newcomer
from llm_gateway.control.accounts.members import Invited, Members
from llm_gateway.control.accounts.own import IssuedToken, OwnAccount
from llm_gateway.control.accounts.people import Accounts, Voucher, accounts
from llm_gateway.control.accounts.sessions import Found, Opened, Sessions, Visitor, actor_for
from llm_gateway.control.accounts.signin import SignIn, Throttle

__all__ = [
    "AccountDeps",
    "Accounts",
    "Federation",
    "Found",
    "Invited",
    "IssuedToken",
    "Joining",
    "Members",
    "Newcomer",
    "Opened",
    "OwnAccount",
    "Sessions",
    "SignIn",
    "Throttle",
    "Visitor",
    "Vouched",
    "Voucher",
    "accounts",
    "actor_for",
]
