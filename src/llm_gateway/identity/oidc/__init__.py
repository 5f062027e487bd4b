"""OpenID Connect: the code flow with PKCE, for any provider that publishes its configuration.

documents   JSON from the provider, over the vetted way out
keys        the provider's signing keys, remembered
tokens      from a signed token to claims, strictly
pending     a sign-in under way, sealed into the browser's cookie
provider    the flow
clerk       session tokens of Clerk
"""
