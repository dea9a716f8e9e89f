// A recording at a host: a link until a reader presses it, then the host's own player.

import { element } from "../lib/element.js";
import { HOSTS } from "./hosts.js";
import { label } from "./time.js";

/** @typedef {import("./spoken.js").Player} Player */

/** What the host's player may do. */
const ALLOWED = "autoplay; fullscreen; picture-in-picture; encrypted-media";

/**
 * @param {HTMLAnchorElement} facade
 * @param {string} plays which host
 * @param {string} title
 * @param {() => void} changed
 * @returns {Player | undefined}
 */
export function hosted(facade, plays, title, changed) {
  const host = HOSTS[plays];
  const embed = facade.dataset.embed;
  if (!host || embed === undefined || new URL(embed).origin !== host.origin) return undefined;
  const plain = facade.href;
  const words = facade.querySelector("[data-from]");
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  let time = 0;
  let playing = false;
  /** Whether it has answered: only then it can be told something. */
  let answers = false;

  /** @param {unknown[]} messages */
  const tell = (messages) => {
    for (const message of messages) frame?.contentWindow?.postMessage(JSON.stringify(message), host.origin);
  };

  const load = () => {
    const address = new URL(embed);
    host.start(address, Math.floor(time));
    const focused = document.activeElement === facade || document.activeElement === frame;
    const made = /** @type {HTMLIFrameElement} */ (
      element("iframe", {
        class: "player-frame",
        src: address.href,
        title,
        allow: ALLOWED,
        allowfullscreen: true,
        referrerpolicy: "strict-origin-when-cross-origin",
      })
    );
    made.addEventListener("load", () => tell(host.greeting ?? []));
    (frame ?? facade).replaceWith(made);
    frame = made;
    answers = false;
    playing = true;
    if (focused) made.focus();
    changed();
  };

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== host.origin || !frame || source !== frame.contentWindow || !host.hear) return;
    const message = read(data);
    if (!message) return;
    // Vimeo is ready only after it has loaded: what it was told before may be lost.
    if (!answers) tell(host.greeting ?? []);
    answers = true;
    const said = host.hear(message);
    time = said.time ?? time;
    playing = said.playing ?? playing;
    changed();
  });

  facade.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    load();
  });

  return {
    time: () => time,
    playing: () => playing && host.hear !== undefined,
    seek: (at) => {
      time = at;
      if (!frame) {
        const link = new URL(plain);
        if (at > 0) host.link(link, Math.floor(at));
        facade.href = link.href;
        if (words) words.textContent = at > 0 ? ` from ${label(at)}` : "";
      } else if (answers && host.seek) {
        tell(host.seek(at));
      } else {
        load();
      }
      changed();
    },
    play: () => {
      if (!frame) load();
      else if (answers && host.play) tell(host.play);
    },
    pause: () => tell(answers ? (host.pause ?? []) : []),
  };
}

/** @param {unknown} data @returns {Record<string, any> | undefined} */
function read(data) {
  try {
    const message = typeof data === "string" ? JSON.parse(data) : data;
    return typeof message === "object" && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
