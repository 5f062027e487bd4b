// Draws openapi.json. Everything is set as text, never as markup.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function resolved(schema, description) {
  if (!schema || !schema.$ref) return schema || {};
  return description.components.schemas[schema.$ref.split("/").pop()] || {};
}

function typeName(schema, description) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map((one) => typeName(one, description)).join(" | ");
  if (schema.type === "array") return `list of ${typeName(schema.items || {}, description)}`;
  if (schema.format === "password") return "secret";
  return schema.type || "any";
}

function fieldTable(rows) {
  const body = rows.map(([name, type, note]) =>
    element("tr", {}, element("td", {}, element("code", {}, name)), element("td", { class: "quiet" }, type),
      element("td", {}, note)));
  return element("table", {}, ...body);
}

function schemaRows(schema, description) {
  const whole = resolved(schema, description);
  const required = new Set(whole.required || []);
  return Object.entries(whole.properties || {}).map(([name, field]) =>
    [name, typeName(field, description), note(field, required.has(name))]);
}

function note(field, required) {
  const parts = [];
  if (required) parts.push("Required.");
  if (field.description) parts.push(field.description);
  if (field.default !== undefined && field.default !== null && field.default !== "") {
    parts.push(`Default ${JSON.stringify(field.default)}.`);
  }
  return parts.join(" ");
}

function bodySchema(operation) {
  const content = operation.requestBody && operation.requestBody.content["application/json"];
  if (!content) return null;
  const schema = content.schema;
  return schema.anyOf ? schema.anyOf.find((one) => one.$ref) : schema;
}

function answerSchema(operation) {
  const good = Object.entries(operation.responses || {}).find(([status]) => status.startsWith("2"));
  const content = good && good[1].content && good[1].content["application/json"];
  return content ? [good[0], content.schema] : null;
}

function curl(method, path, operation, description) {
  const needed = (operation.parameters || []).filter((one) => one.in === "query" && one.required);
  const query = needed.map((one) => `${one.name}=…`).join("&");
  const address = `${location.origin}${path}${query ? `?${query}` : ""}`;
  const lines = [`curl -X ${method.toUpperCase()} '${address}'`];
  const schemes = (operation.security || []).map((one) => Object.keys(one)[0]);
  if (schemes.includes("AdminToken")) {
    lines.push('-H "Authorization: Bearer $LLM_GATEWAY_ADMIN_TOKEN"');
  } else if (schemes.includes("InternalSecret")) {
    lines.push('-H "Internal-Secret: $INTERNAL_API_SECRET"');
  }
  const schema = bodySchema(operation);
  if (schema) {
    const whole = resolved(schema, description);
    const sample = {};
    for (const name of whole.required || []) sample[name] = (whole.properties[name].examples || ["…"])[0];
    lines.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(sample)}'`);
  }
  return lines.join(" \\\n  ");
}

function drawOperation(method, path, operation, description) {
  const parts = [
    element("h3", {}, element("span", { class: "method" }, method.toUpperCase()), element("code", {}, path)),
    element("p", {}, operation.description || operation.summary || ""),
  ];
  const parameters = (operation.parameters || []).filter((one) => one.in !== "header");
  if (parameters.length) {
    parts.push(element("h4", {}, "Parameters"), fieldTable(parameters.map((one) =>
      [one.name, typeName(one.schema, description), note({ ...one.schema, ...one }, one.required)])));
  }
  const schema = bodySchema(operation);
  if (schema) parts.push(element("h4", {}, "Body"), fieldTable(schemaRows(schema, description)));
  const answer = answerSchema(operation);
  if (answer) {
    parts.push(element("h4", {}, `Answer ${answer[0]}`), fieldTable(schemaRows(answer[1], description)));
  }
  parts.push(element("h4", {}, "Example"), element("pre", {}, curl(method, path, operation, description)));
  return element("article", { id: operation.operationId }, ...parts);
}

function draw(description) {
  document.getElementById("about").textContent =
    `Version ${description.info.version}. ${description.info.description || ""}`;
  const groups = new Map();
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of METHODS.filter((one) => one in item)) {
      const tag = (item[method].tags || ["Other"])[0];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push([method, path, item[method]]);
    }
  }
  const index = document.getElementById("index");
  const operations = document.getElementById("operations");
  for (const [tag, members] of groups) {
    index.append(element("strong", {}, tag));
    operations.append(element("h2", {}, tag));
    for (const [method, path, operation] of members) {
      index.append(element("a", { href: `#${operation.operationId}` }, operation.summary || path));
      operations.append(drawOperation(method, path, operation, description));
    }
  }
}

fetch("openapi.json")
  .then((answer) => answer.json())
  .then(draw)
  .catch(() => { document.getElementById("about").textContent = "The description could not be read."; });
