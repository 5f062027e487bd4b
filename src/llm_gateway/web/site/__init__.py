"""The public site and the dashboard: files built beforehand, served from memory.

`/` and the pages beside it are plain HTML; `/dashboard` and everything below it is one page whose
script draws the rest. All of it goes out under one constant content security policy. The files are
made by scripts/build-dashboard and travel in the wheel; nothing here runs Node.
"""

from llm_gateway.web.site.headers import CONTENT_SECURITY_POLICY
from llm_gateway.web.site.mount import Mounted
from llm_gateway.web.site.site import Site, load_site

__all__ = ["CONTENT_SECURITY_POLICY", "Mounted", "Site", "load_site"]
