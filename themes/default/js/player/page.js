// A page with recordings: a click on a time plays from there, what is said now is marked and followed, every second has an
// address.

import { copy } from "../lib/copy.js";
import { arrive, leave, set } from "./arrive.js";
import { dock } from "./dock.js";
import { Follower } from "./follow.js";
import { keys } from "./keys.js";
import { players } from "./players.js";
import { chapters, now, said } from "./spoken.js";
import { anchor, label } from "./time.js";

/** @typedef {import("./spoken.js").Entry} Entry */

/** Sets or takes `aria-current`, on at most one of a kind. */
class Mark {
  /** @type {HTMLElement | undefined} */
  element = undefined;

  /** @param {HTMLElement | undefined} next */
  move(next) {
    if (next === this.element) return;
    this.element?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "true");
    this.element = next;
  }
}

/** Makes a player's own parts work, and gives what is to be done whenever something about it changes. @param {Entry} entry */
function outfit(entry) {
  const { section, player, prefix } = entry;
  const spoken = said(entry.of);
  const parts = chapters(entry.of);
  const mark = new Mark();
  const chapter = new Mark();
  const docked = dock(entry);
  const button = section.querySelector("[data-copy]");
  const time = button?.querySelector("[data-time]");
  if (button instanceof HTMLElement) {
    button.addEventListener("click", () => {
      const at = player.time();
      const address = new URL(`#${encodeURIComponent(prefix)}${anchor(at)}`, location.href);
      history.replaceState(history.state, "", address.hash);
      void copy(button, address.href, `Link to ${label(at)} copied`);
    });
  }
  return {
    starts: parts.map(({ at }) => at),
    update: () => {
      const at = player.time();
      const text = label(at);
      if (time && time.textContent !== text) time.textContent = text;
      if (entry.used) {
        // A time is a whole second; what begins within it counts as begun.
        mark.move(now(spoken, at + 0.05)?.element);
        chapter.move(now(parts, at + 0.05)?.element);
      }
      docked();
      return mark.element;
    },
  };
}

/** Starts the page's players. */
export function start() {
  /** @type {Map<Entry, ReturnType<typeof outfit>>} */
  const outfits = new Map();
  /** @type {Entry | undefined} */
  let current;
  const follower = new Follower();

  /** @param {Entry} entry */
  const take = (entry) => {
    if (current !== entry) current?.player.pause();
    current = entry;
    entry.used = true;
    entry.section.toggleAttribute("data-used", true);
  };

  /** @param {Entry} entry */
  const changed = (entry) => {
    const begins = entry.player.playing() && (current !== entry || !entry.used);
    if (begins) {
      take(entry);
      leave();
    }
    const element = outfits.get(entry)?.update();
    if (entry !== current) return;
    if (begins) follower.begin(element);
    follower.update(element, entry.player.playing());
  };

  /** @param {Entry} entry */
  const add = (entry) => {
    outfits.set(entry, outfit(entry));
    if (set(entry)) current ??= entry;
    outfits.get(entry)?.update();
  };

  /** @param {Entry} entry @param {number} at */
  const go = (entry, at) => {
    take(entry);
    entry.player.seek(at);
    changed(entry);
  };

  document.addEventListener("click", (event) => {
    const link = played(event);
    const entry = link && [...outfits.keys()].find(({ of }) => of === (link.dataset.of ?? "0"));
    if (!entry) return;
    event.preventDefault();
    leave();
    const at = Number(link.dataset.at);
    history.replaceState(history.state, "", `#${encodeURIComponent(entry.prefix)}${anchor(at)}`);
    // In the text of the page the reader is following that text.
    if (link.closest(".prose")) follower.leave();
    else follower.start();
    go(entry, at);
    entry.player.play();
  });

  addEventListener("hashchange", () => {
    follower.leave();
    arrive(false);
    current = [...outfits.keys()].find(set) ?? current;
  });

  arrive(true);
  players(changed, add);
  keys({ entries: () => [...outfits.keys()], current: () => current, go, chapters: (entry) => outfits.get(entry)?.starts ?? [] });
}

/** The time that was clicked, where the click is for playing it and not for another tab. @param {MouseEvent} event */
function played(event) {
  const other = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
  if (event.defaultPrevented || other || !(event.target instanceof Element)) return undefined;
  const link = event.target.closest("a.moment[data-at]");
  return link instanceof HTMLAnchorElement ? link : undefined;
}
