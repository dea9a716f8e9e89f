// Moments of recordings as people and addresses write them: the forms that the program itself reads and writes.

const UNITS = /^(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})(?:\.\d*)?s?)?$/;
const COLONS = /^(?:(\d{1,4}):)?(\d{1,5}):(\d{2})$/;

/** @param {number} seconds @returns {[number, number, number]} hours, minutes, seconds */
function parts(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
}

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

/** @param {number} seconds @returns {string} `2:15`, or `1:02:15` from one hour on */
export function label(seconds) {
  const [hours, minutes, rest] = parts(seconds);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** @param {number} seconds @returns {string} `t-2m15s`, or `t-1h02m15s` from one hour on */
export function anchor(seconds) {
  const [hours, minutes, rest] = parts(seconds);
  return hours > 0 ? `t-${hours}h${two(minutes)}m${two(rest)}s` : `t-${minutes}m${two(rest)}s`;
}

/** @param {string} text `12m40s`, `760`, `12:40` @returns {number | undefined} seconds */
function seconds(text) {
  const found = text === "" ? null : (UNITS.exec(text) ?? COLONS.exec(text));
  return found ? Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0) : undefined;
}

/**
 * The second that what follows the `#` of an address names: `t-12m40s`, `t=760`, `t=12m40s`, and `demo-t-12m40s` for the
 * recording whose moments begin with `demo-`. The second of two paragraphs within a second ends in `-1`.
 * @param {string} hash with or without its `#`
 * @returns {{ prefix: string, at: number } | undefined}
 */
export function fromAddress(hash) {
  let text = hash.replace(/^#/, "");
  try {
    text = decodeURIComponent(text);
  } catch {
    return undefined; // A lone `%` is no moment.
  }
  const found = /^(.*-)?t[-=]([^,]*?)(?:-\d+)?(?:,.*)?$/.exec(text);
  const at = found ? seconds(found[2]) : undefined;
  return found && at !== undefined ? { prefix: found[1] ?? "", at } : undefined;
}
