// Copies those of GOV.UK Frontend's own examples that tests/frontend/test_markup.py compares with.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, "..", "tests", "frontend", "govuk_fixtures.json");
const from = path.join(here, "node_modules", "govuk-frontend");
const used = {
  "back-link": ["default"],
  breadcrumbs: ["with one level"],
  button: ["default", "secondary", "warning", "link"],
  "character-count": ["default"],
  checkboxes: ["default", "with error message"],
  details: ["default", "expanded"],
  "error-summary": ["default", "mixed with and without links"],
  "file-upload": ["default", "with error message and hint"],
  input: ["default", "with error and hint", "with width-5 class", "with prefix", "with suffix"],
  "inset-text": ["default"],
  "notification-banner": ["default", "with type as success"],
  panel: ["default"],
  "password-input": ["default", "with error message"],
  radios: ["default", "inline", "with fieldset and error message"],
  select: ["default", "with hint text and error message"],
  "summary-list": ["default", "no-border"],
  table: ["with head and caption"],
  tag: ["default"],
  "task-list": ["default"],
  textarea: ["default", "with error message"],
  "warning-text": ["default"],
};

const { version } = JSON.parse(await readFile(path.join(from, "package.json"), "utf8"));
const examples = {};
for (const [component, names] of Object.entries(used)) {
  const file = path.join(from, "dist", "govuk", "components", component, "fixtures.json");
  const { fixtures } = JSON.parse(await readFile(file, "utf8"));
  examples[component] = {};
  for (const name of names) {
    const { options, html } = fixtures.find((fixture) => fixture.name === name);
    examples[component][name] = { options, html: html.replace(/\s+/g, " ").trim() };
  }
}
await writeFile(target, JSON.stringify({ version, examples }, null, 1) + "\n");
