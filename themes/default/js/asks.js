// Deadlines by the reader's clock and in the reader's zone: a page that was built last week is right today.

/** How long before its end a window is nearly over, in milliseconds. */
const SOON = 24 * 3600 * 1000;
/** How often states are looked at, in milliseconds. */
const EVERY = 30_000;

/** @type {Record<string, string>} */
const WORDS = { open: "Open", "due-soon": "Due soon", overdue: "Overdue" };

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const clock = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const distance = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/**
 * @param {number} due
 * @param {number} now
 */
function stateAt(due, now) {
  if (now > due) return "overdue";
  return due - now <= SOON ? "due-soon" : "open";
}

/**
 * `in 3 days`, `5 hours ago`: in the largest unit of which there are two.
 *
 * @param {number} milliseconds
 */
function away(milliseconds) {
  const minutes = Math.round(milliseconds / 60_000);
  const size = Math.abs(minutes);
  if (size < 120) return distance.format(minutes, "minute");
  if (size < 48 * 60) return distance.format(Math.round(minutes / 60), "hour");
  return distance.format(Math.round(minutes / 1440), "day");
}

/** @param {number} due */
function here(due) {
  return clock.format(due).replace(",", "");
}

/**
 * @param {Element} ask
 * @param {number} now
 */
function update(ask, now) {
  const time = ask.querySelector("time[data-due]");
  const due = Date.parse(time?.getAttribute("datetime") ?? "");
  const status = ask.querySelector(".status");
  if (Number.isNaN(due) || !status) return;
  const state = stateAt(due, now);
  const local = ask.querySelector("[data-due-local]");
  if (local) local.textContent = `${away(due - now)}: ${here(due)} your time (${zone})`;
  if (ask.getAttribute("data-ask") === state) return;
  ask.setAttribute("data-ask", state);
  status.className = `status status-${state}`;
  status.textContent = WORDS[state] ?? state;
}

const asks = document.querySelectorAll("[data-ask]");

function all() {
  const now = Date.now();
  for (const ask of asks) update(ask, now);
}

if (asks.length > 0) {
  all();
  setInterval(all, EVERY);
}
