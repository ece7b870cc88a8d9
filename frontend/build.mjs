// Builds static/: the style sheet, the scripts and the sprite; the same sources give the same bytes.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "..", "static");
const modules = path.join(here, "node_modules");

const inHere = (...parts) => path.join(here, ...parts);
const write = (name, text) => writeFile(path.join(out, name), text.trimEnd() + "\n");
const withoutMaps = (text) => text.replace(/\n?\/[/*]# sourceMappingURL=.*/g, "");

async function styles() {
  const { css } = sass.compile(inHere("scss", "portal.scss"), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
  });
  // Older phones: spell out what they do not know (nesting, inset, logical properties).
  const { code } = await esbuild.transform(css, {
    loader: "css",
    minify: true,
    target: ["chrome80", "safari14", "firefox78"],
    legalComments: "none",
  });
  await write("portal.css", withoutMaps(code));
}

async function script(source, name, format) {
  const built = await esbuild.build({
    entryPoints: [inHere("js", source)],
    bundle: true,
    charset: "utf8",
    format,
    legalComments: "none",
    minify: true,
    target: "es2020",
    write: false,
  });
  await write(name, withoutMaps(built.outputFiles[0].text));
}

function symbol(id, svg) {
  const body = svg
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<svg[\s\S]*?>/, "")
    .replace("</svg>", "")
    .replace(/#1f5a7a/g, "currentColor")
    .replace(/\s+/g, " ")
    .trim();
  const box = /viewBox="([^"]+)"/.exec(svg)[1];
  const width = /stroke-width="([^"]+)"/.exec(svg)[1];
  return (
    `<symbol id="${id}" viewBox="${box}" fill="none" stroke="currentColor" ` +
    `stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`
  );
}

async function icons() {
  const names = (await readFile(inHere("icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(
    names.map(async (name) =>
      symbol(name, await readFile(path.join(modules, "lucide-static", "icons", `${name}.svg`), "utf8")),
    ),
  );
  const mark = await readFile(inHere("mark.svg"), "utf8");
  symbols.unshift(symbol("mark", mark));
  await write(
    "icons.svg",
    `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>`,
  );
  await write("mark.svg", mark);
}

await mkdir(out, { recursive: true });
await Promise.all([
  styles(),
  script("portal.js", "portal.js", "esm"),
  script("supported.js", "supported.js", "iife"),
  icons(),
]);
