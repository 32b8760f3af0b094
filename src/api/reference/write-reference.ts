import { escapeMarkup } from "#insights";
import { permissionOf } from "../permissions.ts";
import type { ApiDocument, Operation, Response, Schema } from "./api-document.ts";
import { describeSchema, nameOf } from "./describe-schema.ts";
import { listFields } from "./list-fields.ts";

const STYLE = `
:root { color-scheme: light dark; --text: light-dark(#16181d, #e8eaed); --quiet: light-dark(#5b6675, #9aa4b2);
  --line: light-dark(#dfe4ea, #2a2f37); --ground: light-dark(#fafaf8, #0b0d10); --raised: light-dark(#fff, #12151a);
  --link: light-dark(#92430a, #f9b75e); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; color: var(--text); background: var(--ground);
  font: .9375rem/1.55 Inter, system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
code { font: .875em/1.5 "JetBrains Mono", ui-monospace, monospace; }
nav a { display: inline-block; padding: .25rem .75rem .25rem 0; }
details { border: 1px solid var(--line); border-radius: 8px; background: var(--raised); margin: .5rem 0; }
summary { padding: .75rem 1rem; cursor: pointer; }
summary span { color: var(--quiet); margin-left: .5rem; }
details > *:not(summary) { margin: 0 1rem 1rem; }
.table { overflow-x: auto; }
table { width: 100%; min-width: 32rem; border-collapse: collapse; overflow-wrap: break-word; }
th, td { padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 500; }
.quiet { color: var(--quiet); }
`;

/** The OpenAPI document as a page to read: no script, and nothing from elsewhere. */
export function writeReference({ info, paths, components = {} }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? "other");
  const names = [...groups.keys()].toSorted();
  const sections = names.map((name) => {
    const parts = (groups.get(name) ?? []).map((placed) => writeOperation(placed));
    return `<h2 id="${escapeMarkup(name)}">${escapeMarkup(capital(name))}</h2>\n${parts.join("\n")}`;
  });
  const schemas = Object.entries(components.schemas ?? {}).map(writeSchema);
  const errors = Object.entries(components.responses ?? {}).map(writeError);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference · utxoIQ</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>utxoIQ ${escapeMarkup(info.version)}: API reference</h1>
<p>${escapeMarkup(info.description ?? "")}</p>
<p>The same for programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>. A key or token goes into the header
<code>Authorization: Bearer …</code>. <a href="/dashboard">Back to the dashboard</a></p>
<nav aria-label="Groups">${[...names, "errors", "schemas"].map((name) => `<a href="#${escapeMarkup(name)}">${escapeMarkup(capital(name))}</a>`).join("\n")}</nav>
</header>
<main>
${sections.join("\n")}
<h2 id="errors">Errors</h2>
${errors.join("\n")}
<h2 id="schemas">Schemas</h2>
${schemas.join("\n")}
</main>
</body>
</html>
`;
}

type Placed = { readonly path: string; readonly method: string; readonly operation: Operation };

function writeOperation({ path, method, operation }: Placed): string {
  const { summary = "", description, parameters = [], requestBody, responses = {} } = operation;
  const needs = permissionOf(method, path.replaceAll(/\{(\w+)\}/g, ":$1"));
  const parameterRows = parameters.map(({ name, in: place, required = false, schema, description: says }) => [
    `<code>${escapeMarkup(name)}</code>`,
    `${escapeMarkup(place)}${required ? ", required" : ""}`,
    describe(schema),
    escapeMarkup(says ?? schema.description ?? ""),
  ]);
  const common = Object.entries(responses).flatMap(([status, { $ref }]) =>
    $ref === undefined ? [] : `<a href="#${anchorOf(nameOf($ref))}">${escapeMarkup(status)}</a>`,
  );
  const own = Object.entries(responses).filter(([, { $ref }]) => $ref === undefined);
  const answerRows = own.map(([status, { content = {} }]) => [
    `<code>${escapeMarkup(status)}</code>`,
    Object.entries(content)
      .map(
        ([type, { schema }]) =>
          `${schema === undefined ? "" : describe(schema)} <span class="quiet">${escapeMarkup(type)}</span>`,
      )
      .join("<br>"),
  ]);
  const body = Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => schema ?? []);
  const id = escapeMarkup(`${method.toLowerCase()}${path}`);
  return `<details id="${id}">
<summary><code>${method} ${escapeMarkup(path)}</code><span>${escapeMarkup(summary)}</span></summary>
${description === undefined ? "" : `<p>${escapeMarkup(description)}</p>`}
${needs === undefined ? "" : `<p class="quiet">Needs the permission <code>${needs}</code>.</p>`}
${parameterRows.length === 0 ? "" : writeTable(["Parameter", "Where", "Type", "What"], parameterRows)}
${body.map((schema) => `<p>Body: ${describe(schema)}</p>${writeFields(schema)}`).join("")}
${writeTable(["Answer", "Content"], answerRows)}
<p class="quiet">Also: ${common.join(", ")}.</p>
</details>`;
}

function writeSchema([name, schema]: readonly [string, Schema]): string {
  const fields = writeFields(schema);
  const known = fields === "" ? `<p>${describe(schema)}</p>` : fields;
  const says = schema.description === undefined ? "" : `<p>${escapeMarkup(schema.description)}</p>`;
  return `<details id="${anchorOf(name)}">\n<summary><code>${escapeMarkup(name)}</code></summary>\n${says}${known}\n</details>`;
}

function writeError([name, { description = "", content = {} }]: readonly [string, Response]): string {
  const bodies = Object.values(content).flatMap(({ schema }) => (schema === undefined ? [] : describe(schema)));
  return `<details id="${anchorOf(name)}">\n<summary><code>${escapeMarkup(name)}</code></summary>\n<p>${escapeMarkup(description)}</p>\n${bodies.map((body) => `<p>Body: ${body}</p>`).join("")}\n</details>`;
}

function writeFields(schema: Schema): string {
  const rows = listFields(schema).map(({ path, schema: field, required }) => [
    `<code>${escapeMarkup(path)}</code>${required ? "" : ' <span class="quiet">optional</span>'}`,
    describe(field),
    escapeMarkup(field.description ?? ""),
  ]);
  return rows.length === 0 ? "" : writeTable(["Field", "Type", "What"], rows);
}

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]): string => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  const titles = head.map((title) => `<th scope="col">${title}</th>`).join("");
  return `<div class="table" tabindex="0"><table><thead><tr>${titles}</tr></thead><tbody>${rows.map(cells).join("")}</tbody></table></div>`;
}

/** Markup: the names of other schemas lead to them. */
function describe(schema: Schema): string {
  const links: string[] = [];
  // Of the private use area, which no text of ours holds: links are put in after all else was made harmless.
  const text = describeSchema(schema, (name) => `\ue000${links.push(name) - 1}\ue001`);
  return escapeMarkup(text).replaceAll(/\ue000(\d+)\ue001/g, (_, place: string) => {
    const name = links[Number(place)] ?? "";
    return `<a href="#${anchorOf(name)}">${escapeMarkup(name)}</a>`;
  });
}

function anchorOf(name: string): string {
  return escapeMarkup(`schema-${name}`);
}

function capital(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
