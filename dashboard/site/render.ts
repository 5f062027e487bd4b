// Writes every public page as plain HTML, with one hashed style sheet and its fonts. No script but
// theme.js goes to the browser.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pages } from "./pages.ts";
import { layout } from "./layout.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const out = at("../../src/llm_gateway/web/site/static/site");
const assets = join(out, "assets");
mkdirSync(assets, { recursive: true });

function asset(name: string, content: string | Buffer): string {
  const hash = createHash("sha256").update(content).digest("base64url").slice(0, 10);
  const file = name.replace(/\.(\w+)$/, `-${hash}.$1`);
  writeFileSync(join(assets, file), content);
  return file;
}

function fonts(): string {
  const faces = [
    ["Geist Variable", "geist", "geist-latin-wght-normal.woff2"],
    ["Geist Mono Variable", "geist-mono", "geist-mono-latin-wght-normal.woff2"],
  ] as const;
  return faces
    .map(([family, folder, name]) => {
      const source = at(`../node_modules/@fontsource-variable/${folder}/files/${name}`);
      const file = asset(name, readFileSync(source));
      return `@font-face{font-family:"${family}";font-weight:100 900;font-display:swap;src:url(./${file}) format("woff2")}`;
    })
    .join("\n");
}

const styles = [
  fonts(),
  readFileSync(at("../src/shared/styles/tokens.css"), "utf8"),
  readFileSync(at("./site.css"), "utf8"),
].join("\n");
const sheet = asset("site.css", styles);

for (const page of pages(at("./content"))) {
  const file = join(out, `${page.path || "index"}.html`);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, layout(page, `./assets/${sheet}`));
}
for (const name of readdirSync(at("../public"))) cpSync(at(`../public/${name}`), join(out, name));
