// The list of pages: those with a layout of their own, and those written in Markdown.
import { readdirSync, readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";
import { home } from "./home.ts";
import { html, Html } from "./html.ts";
import type { Page } from "./layout.ts";

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

interface Source {
  name: string;
  title: string;
  description: string;
  date: string;
  text: string;
}

/** A Markdown file: `key: value` lines, an empty line, then the text. */
function read(folder: string, name: string): Source {
  const [head = "", ...rest] = readFileSync(`${folder}/${name}`, "utf8").split("\n\n");
  const fields = new Map(head.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
  const field = (key: string) => fields.get(key) ?? "";
  return {
    name: name.replace(/\.md$/, ""),
    title: field("title"),
    description: field("description"),
    date: field("date"),
    text: rest.join("\n\n"),
  };
}

function article(path: string, source: Source): Page {
  const dated = source.date && html`<p class="date">${source.date}</p>`;
  const body = html`<article class="prose"><h1>${source.title}</h1>${dated || undefined}<p class="lead">${source.description}</p>${new Html(markdown.render(source.text))}</article>`;
  return { path, title: source.title, description: source.description, body };
}

function folderOf(folder: string): Source[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => read(folder, name));
}

function blogIndex(posts: Source[]): Page {
  const items = posts.map(
    (post) =>
      html`<li><a href="./blog/${post.name}">${post.title}</a><p class="date">${post.date}</p><p>${post.description}</p></li>`,
  );
  return {
    path: "blog",
    title: "Blog",
    description: "How the gateway is built and why.",
    body: html`<article class="prose"><h1>Blog</h1><p class="lead">How the gateway is built, and why it is built that way.</p><ul class="posts">${items}</ul></article>`,
  };
}

export function pages(content: string): Page[] {
  const posts = folderOf(`${content}/blog`);
  return [
    home,
    ...folderOf(content).map((source) => article(source.name, source)),
    blogIndex(posts),
    ...posts.map((post) => article(`blog/${post.name}`, post)),
  ];
}
