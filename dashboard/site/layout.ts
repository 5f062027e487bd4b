import { html, Html } from "./html.ts";

export interface Page {
  /** Address below the root, without a leading slash; empty for the home page. */
  path: string;
  title: string;
  description: string;
  body: Html;
}

const links = [
  ["features", "Features"],
  ["pricing", "Pricing"],
  ["blog", "Blog"],
  ["help", "Help"],
] as const;
const more = [
  ["enterprise", "Enterprise"],
  ["changelog", "Changelog"],
  ["docs", "API reference"],
  ["privacy", "Privacy"],
  ["terms", "Terms"],
] as const;

const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><path class="shield" d="M16 2 4 6.2v9.3c0 7 5 12.2 12 14.5 7-2.3 12-7.5 12-14.5V6.2z"/><path class="bars" d="M10 11.5h12M10 16h12M10 20.5h7"/></svg>`;

function link(path: string, [to, label]: readonly [string, string]): Html {
  return path === to || path.startsWith(`${to}/`)
    ? html`<a href="./${to}" aria-current="page">${label}</a>`
    : html`<a href="./${to}">${label}</a>`;
}

/** The whole document. Links are relative to <base>, so the site works below any prefix. */
export function layout(page: Page, sheet: string): string {
  const title = page.path ? `${page.title} · Security Gateway` : page.title;
  return html`<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<base href="/">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${page.description}">
<title>${title}</title>
<link rel="icon" href="./icon.svg" type="image/svg+xml">
<script src="./theme.js"></script>
<link rel="stylesheet" href="${sheet}">
</head>
<body>
<a class="skip" href="./${page.path}#main">Skip to content</a>
<header class="top"><div class="wide">
<a class="brand" href="./">${mark} Security Gateway</a>
<nav aria-label="Main">${links.map((one) => link(page.path, one))}</nav>
<a class="button" href="./dashboard/sign-in">Sign in</a>
</div></header>
<main id="main" tabindex="-1">${page.body}</main>
<footer><div class="wide">
<p>LLM Security Gateway. Apache-2.0. Runs on your machine and calls nobody but the providers you connect.</p>
<nav aria-label="More">${more.map((one) => link(page.path, one))}</nav>
</div></footer>
</body>
</html>
`.text;
}
