"""Every page that there is."""

DASHBOARD = {
    "overview": "/dashboard/?range=1h",
    "logs": "/dashboard/logs",
    "activity": "/dashboard/activity",
    "policies": "/dashboard/policies",
    "playground": "/dashboard/playground",
    "keys": "/dashboard/keys",
    "create": "/dashboard/keys?create=true",
    "providers": "/dashboard/providers",
    "settings": "/dashboard/settings",
}
SITE = {
    "home": "/",
    "features": "/features",
    "pricing": "/pricing",
    "enterprise": "/enterprise",
    "changelog": "/changelog",
    "blog": "/blog",
    "post": "/blog/one-request",
    "help": "/help",
    "privacy": "/privacy",
    "terms": "/terms",
}
