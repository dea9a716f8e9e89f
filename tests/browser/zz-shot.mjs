import { basePath, browser, build, host, open } from "./harness.mjs";
const [, , folder, path, out, ...sizes] = process.argv;
const site = build(folder); const server = await host(site, basePath(site)); const c = await browser();
for (const size of sizes.length ? sizes : ["360l", "360d", "1440l", "1440d"]) {
  const width = parseInt(size);
  const { page, context, noted } = await open(c, server.base + path, { viewport: { width, height: 900 }, colorScheme: size.endsWith("d") ? "dark" : "light" });
  if (noted.length) console.log(noted);
  const el = page.locator("section.graph");
  const box = await el.boundingBox();
  await page.screenshot({ path: `${out}-${size}.png`, fullPage: true, clip: { x: 0, y: Math.max(0, box.y - 100), width, height: Math.min(box.height + 130, 2600) } });
  await context.close();
}
await c.close(); await server.stop();
