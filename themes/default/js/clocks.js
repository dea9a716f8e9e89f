// What time it is for somebody: added to their zone, by the reader's clock.

/** How often clocks are set, in milliseconds. */
const EVERY = 30_000;

/** @param {string} zone */
function clockOf(zone) {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone: zone,
    });
  } catch {
    // A zone that this browser doesn't know stands there by its name.
    return undefined;
  }
}

const clocks = [...document.querySelectorAll("[data-zone]")].flatMap((element) => {
  const clock = clockOf(element.getAttribute("data-zone") ?? "");
  const now = element.querySelector("[data-zone-now]");
  return clock && now ? [{ now, clock }] : [];
});

function all() {
  const at = new Date();
  for (const { now, clock } of clocks) now.textContent = `, ${clock.format(at).replace(",", "")} now`;
}

if (clocks.length > 0) {
  all();
  setInterval(all, EVERY);
}
