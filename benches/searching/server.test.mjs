// The counting server: bytes as they go over the wire, and nothing from outside its folder.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { serve } from "./server.mjs";

const TEXT = "the same words again and again, ".repeat(200);
const outer = mkdtempSync(join(tmpdir(), "threadmark-"));
let server;

before(async () => {
  mkdirSync(join(outer, "site", "page"), { recursive: true });
  writeFileSync(join(outer, "secret.txt"), "secret");
  writeFileSync(join(outer, "site", "page", "index.html"), TEXT);
  writeFileSync(join(outer, "site", "words.bin"), TEXT);
  server = await serve(join(outer, "site"));
});

after(() => {
  server.stop();
  rmSync(outer, { recursive: true, force: true });
});

/** Status, headers and body as they came, nothing unpacked. @returns {Promise<{ status: number, headers: any, body: Buffer }>} */
function get(path, headers = {}) {
  return new Promise((done, failed) => {
    const asked = request({ host: "127.0.0.1", port: new URL(server.base).port, path, headers }, async (response) => {
      const parts = [];
      for await (const part of response) parts.push(part);
      done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
    });
    asked.on("error", failed).end();
  });
}

test("text is sent and counted with gzip", async () => {
  server.sent();
  const { headers, body } = await get("/page/");
  assert.equal(headers["content-encoding"], "gzip");
  assert.equal(gunzipSync(body).toString(), TEXT);
  assert.ok(body.length < TEXT.length / 10);
  assert.equal(server.sent(), body.length);
  assert.equal(server.sent(), 0);
});

test("what is no text is sent and counted as it lies", async () => {
  server.sent();
  const { headers, body } = await get("/words.bin");
  assert.equal(headers["content-encoding"], undefined);
  assert.equal(body.toString(), TEXT);
  assert.equal(server.sent(), TEXT.length);
});

test("what a browser has already costs nothing", async () => {
  const { headers } = await get("/page/");
  server.sent();
  assert.equal((await get("/page/", { "if-none-match": headers.etag })).status, 304);
  assert.equal(server.sent(), 0);
});

test("nothing outside the folder is sent", async () => {
  for (const path of ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/none"]) {
    assert.equal((await get(path)).status, 404, path);
  }
});
