// Serves a folder as static hosts do, and counts what it sends.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * What is sent for one file, and the mark by which a browser asks again.
 * @typedef {{ body: Buffer, headers: Record<string, string> }} Answer
 */

/**
 * Serves `folder` on this machine. `sent()` gives the bytes of all bodies since it was asked last, as they went over
 * the wire; `quiet()` waits until nothing was asked for 150 ms. Text is sent with gzip; what has another type goes as it
 * lies, as on most hosts: data that profits from gzip has to bring its own.
 * @param {string} folder
 */
export async function serve(folder) {
  const root = resolve(folder);
  /** @type {Map<string, Answer | undefined>} */
  const answers = new Map();
  let bytes = 0;
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    if (!answers.has(path)) answers.set(path, answerFor(root, path));
    const answer = answers.get(path);
    if (answer === undefined) {
      response.writeHead(404).end();
    } else if (request.headers["if-none-match"] === answer.headers.etag) {
      response.writeHead(304, answer.headers).end();
    } else {
      bytes += answer.body.length;
      response.writeHead(200, answer.headers).end(answer.body);
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    base: `http://127.0.0.1:${port}/`,
    sent() {
      const all = bytes;
      bytes = 0;
      return all;
    },
    async quiet() {
      for (let before = -1; before !== requests; ) {
        before = requests;
        await new Promise((done) => setTimeout(done, 150));
      }
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @returns {Answer | undefined} */
function answerFor(root, path) {
  const file = fileFor(root, path);
  if (file === undefined) return undefined;
  const raw = readFileSync(file);
  const type = TYPES[extname(file)];
  const body = type === undefined || raw.length === 0 ? raw : gzipSync(raw, { level: 6 });
  return {
    body,
    headers: {
      "content-type": type ?? "application/octet-stream",
      "content-length": String(body.length),
      "cache-control": "max-age=600",
      etag: `"${createHash("sha256").update(raw).digest("hex").slice(0, 16)}"`,
      ...(body === raw ? {} : { "content-encoding": "gzip" }),
    },
  };
}

function fileFor(root, path) {
  for (const name of [path, `${path}/index.html`]) {
    const file = join(root, name);
    if (file.startsWith(root + sep) && statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  }
  return undefined;
}
