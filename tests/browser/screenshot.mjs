// Pictures of a site: the one in the README, or every page type at every width for looking at.
//
//   node tests/browser/screenshot.mjs                    the README's picture, .github/screenshot.png
//   node tests/browser/screenshot.mjs --all OUT [SITE]   each page type of SITE (default example-site) at 360, 768 and
//                                                        1440 pixels, light and dark, and as print, into the folder OUT
//   ... --pages a/,b/c/                                  only these addresses (with --all)
//
// Both need `cargo build --release` and `npm ci` in this folder.

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PAGES, ROOT, basePath, browser, build, filesBelow, host, open } from "./harness.mjs";

const WIDTHS = [360, 768, 1440];
/** What a README should cost at most, in bytes. */
const MOST = 300_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: "boolean" }, pages: { type: "string" } },
});

const [out = "", folder = join(ROOT, "example-site")] = options.all ? positionals : [];
if (options.all && out === "") throw new Error("--all wants a folder for the pictures");

const site = build(folder);
const server = await host(site, basePath(site));
const chromium = await browser();
try {
  await (options.all ? everything() : readme());
} finally {
  await chromium.close();
  await server.stop();
}

/** Home as a reader meets it, light beside dark. */
async function readme() {
  const file = join(ROOT, ".github/screenshot.png");
  mkdirSync(join(ROOT, ".github"), { recursive: true });
  await shoot("", { viewport: { width: 1440, height: 900 } }, { path: file });
  const { size } = statSync(file);
  if (size > MOST) throw new Error(`${file} has ${size} bytes: more than ${MOST}`);
  console.log(`${file}: ${size} bytes`);
}

/** All page types, whole, in every form. */
async function everything() {
  mkdirSync(out, { recursive: true });
  for (const [name, path] of Object.entries(pagesOf(site))) {
    const file = name.replaceAll(/\W+/g, "-");
    for (const width of WIDTHS) {
      for (const colorScheme of ["light", "dark"]) {
        const path_ = join(out, `${file}-${width}-${colorScheme}.png`);
        await shoot(path, { viewport: { width, height: 900 }, colorScheme }, { path: path_, fullPage: true });
      }
    }
    const printed = { viewport: { width: 720, height: 1000 }, media: "print" };
    await shoot(path, printed, { path: join(out, `${file}-print.png`), fullPage: true });
    console.log(name);
  }
}

/** Opens `path` and takes its picture. */
async function shoot(path, { media, ...how }, picture) {
  const { page, context } = await open(chromium, server.base + path, how);
  if (media) await page.emulateMedia({ media });
  await page.screenshot({ animations: "disabled", ...picture });
  await context.close();
}

/** Which pages to look at: those asked for, the example site's page types, else the first forty. */
function pagesOf(built) {
  const named = (paths) => Object.fromEntries(paths.map((path) => [path === "" ? "home" : path, path]));
  if (options.pages !== undefined) return named(options.pages.split(","));
  if (folder === join(ROOT, "example-site")) return PAGES;
  return named(
    filesBelow(built)
      .filter((path) => path.endsWith("index.html"))
      .map((path) => path.slice(0, -"index.html".length))
      .slice(0, 40),
  );
}
