// Recordings from the keyboard: space, the arrows to the sides, and `[` and `]` for chapters. Nobody's other keys are taken:
// they work in a player and its transcript, and on the page itself once something of it has been played.

/** @typedef {import("./spoken.js").Entry} Entry */

/** How far the arrows go, in seconds. */
const STEP = 5;
/** Firefox acts on keys in a video or sound that has the focus whatever a page does about them; others leave them to the page. */
const DEAF = CSS.supports("-moz-appearance", "none");
/** Where keys have a meaning of their own. */
const OTHERS = "input:not([data-seek]), textarea, select, button, summary, dialog, [contenteditable], .site-header";

/**
 * @param {object} page
 * @param {() => Entry[]} page.entries
 * @param {() => Entry | undefined} page.current the player in use
 * @param {(entry: Entry, at: number) => void} page.go
 * @param {(entry: Entry) => number[]} page.chapters seconds
 */
export function keys({ entries, current, go, chapters }) {
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.isComposing || event.shiftKey) return;
      // On many keyboards the brackets are typed with AltGr, which some systems report as Ctrl and Alt.
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!plain && !event.getModifierState("AltGraph")) return;
      const entry = meant(event.target, entries(), current());
      const act = entry && action(event.key, entry, go, chapters);
      if (!act) return;
      event.preventDefault();
      // Chromium's own controls would go on as well.
      if (event.target instanceof HTMLMediaElement) event.stopPropagation();
      act();
    },
    { capture: true },
  );
}

/** The player that a key is for. @param {EventTarget | null} target @param {Entry[]} entries @param {Entry | undefined} used */
function meant(target, entries, used) {
  if (!(target instanceof Element) || target.closest(OTHERS) || document.querySelector("dialog[open]")) return undefined;
  if (DEAF && target instanceof HTMLMediaElement) return undefined;
  const own = entries.find(({ section }) => section.contains(target));
  if (own) return target.matches("a[data-embed]") && !own.used ? undefined : own;
  const place = target === document.body || target === document.documentElement || target.closest("[data-transcript], a.moment");
  return place && used?.used ? used : undefined;
}

/**
 * @param {string} key
 * @param {Entry} entry
 * @param {(entry: Entry, at: number) => void} go
 * @param {(entry: Entry) => number[]} chapters
 * @returns {(() => void) | undefined}
 */
function action(key, entry, go, chapters) {
  const { player } = entry;
  const time = player.time();
  switch (key) {
    case " ":
      return () => (player.playing() ? player.pause() : player.play());
    case "ArrowLeft":
      return () => go(entry, Math.max(0, time - STEP));
    case "ArrowRight":
      return () => go(entry, time + STEP);
    case "[": {
      // Just after its start, a chapter's beginning is where one is already.
      const before = chapters(entry)
        .filter((at) => at < time - 2)
        .at(-1);
      return () => go(entry, before ?? 0);
    }
    case "]": {
      const next = chapters(entry).find((at) => at > time + 0.5);
      return next === undefined ? undefined : () => go(entry, next);
    }
    default:
      return undefined;
  }
}
