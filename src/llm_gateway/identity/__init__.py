"""Who somebody is: password hashes, and identities that other services vouch for."""
