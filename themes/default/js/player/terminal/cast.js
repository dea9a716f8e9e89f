// asciicast files, version 2 (times from the start) and 3 (times from the event before), as asciinema documents them. What
// is broken in them is left out.

/**
 * @typedef {object} Cast
 * @property {number} columns
 * @property {number} rows
 * @property {number | undefined} idle the longest pause that a reader should wait for, in seconds
 * @property {number} length in seconds
 * @property {{ at: number, text: string }[]} output in the order of time
 * @property {{ at: number, title: string }[]} markers
 */

/** A screen is at most so large, whatever the file says. */
const COLUMNS = 300;
const ROWS = 100;
/** Events beyond these are left out, and times beyond a week. */
const EVENTS = 500_000;
const LONGEST = 7 * 24 * 3600;

/** @param {string} line @returns {any} */
function json(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** @param {unknown} value @param {number} usual @param {number} most */
function size(value, usual, most) {
  return typeof value === "number" && value >= 1 ? Math.min(Math.floor(value), most) : usual;
}

/** @param {string} text @returns {Cast | undefined} nothing where it is no asciicast of these versions */
export function read(text) {
  const start = text.indexOf("\n") < 0 ? text.length : text.indexOf("\n");
  const head = json(text.slice(0, start));
  if (head?.version !== 2 && head?.version !== 3) return undefined;
  const screen = head.version === 3 ? head.term : { cols: head.width, rows: head.height };
  const idle = Number(head.idle_time_limit);
  /** @type {Cast} */
  const cast = {
    columns: size(screen?.cols, 80, COLUMNS),
    rows: size(screen?.rows, 24, ROWS),
    idle: idle > 0 ? idle : undefined,
    length: 0,
    output: [],
    markers: [],
  };
  let from = start + 1;
  for (let count = 0; from < text.length && count < EVENTS; count += 1) {
    const found = text.indexOf("\n", from);
    const end = found < 0 ? text.length : found;
    take(cast, json(text.slice(from, end)), head.version === 3);
    from = end + 1;
  }
  return cast;
}

/** @param {Cast} cast @param {unknown} event @param {boolean} relative */
function take(cast, event, relative) {
  if (!Array.isArray(event)) return;
  const [time, code, data] = event;
  if (typeof time !== "number" || !(time >= 0)) return;
  // Time never runs back.
  const at = Math.min(LONGEST, relative ? cast.length + time : Math.max(cast.length, time));
  cast.length = at;
  if (typeof data !== "string") return;
  if (code === "o") cast.output.push({ at, text: data });
  else if (code === "m") cast.markers.push({ at, title: data });
}
