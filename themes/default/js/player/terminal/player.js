// Recordings of terminals: text on a screen, with play, a bar to seek in, speed, and pauses cut short. Times are those of the
// recording, so that an address means the same second whatever is cut.

import { element } from "../../lib/element.js";
import { label } from "../time.js";
import { read } from "./cast.js";
import { Painter } from "./paint.js";
import { Tape } from "./tape.js";

/** @typedef {import("../spoken.js").Player} Player */

/** The largest file, in bytes. */
const LARGEST = 16 << 20;
/** How many characters are written before the page gets its turn. */
const STEP = 40_000;
/** The longest pause, where the recording doesn't say, in seconds. */
const IDLE = 3;
const SPEEDS = [0.5, 1, 1.5, 2, 4];

/** @param {string} url @returns {Promise<string | undefined>} */
async function load(url) {
  try {
    const answer = await fetch(url);
    const reader = answer.ok ? answer.body?.getReader() : undefined;
    if (!reader) return undefined;
    const decoder = new TextDecoder();
    let text = "";
    let size = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      size += piece.value.byteLength;
      if (size > LARGEST) {
        await reader.cancel();
        return undefined;
      }
      text += decoder.decode(piece.value, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return undefined;
  }
}

/** @param {import("./cast.js").Cast} cast */
function controls(cast) {
  const play = element("button", { class: "terminal-play", type: "button", "aria-label": "Play" });
  const seek = /** @type {HTMLInputElement} */ (
    element("input", {
      class: "terminal-seek",
      type: "range",
      min: "0",
      max: String(cast.length),
      step: "any",
      value: "0",
      "aria-label": "Time",
      "data-seek": true,
    })
  );
  const time = element("span", { class: "terminal-time" }, `0:00 / ${label(cast.length)}`);
  const speed = /** @type {HTMLSelectElement} */ (
    element(
      "select",
      { class: "terminal-speed", "aria-label": "Speed" },
      ...SPEEDS.map((value) => element("option", { value: String(value), selected: value === 1 }, `${value}×`)),
    )
  );
  return { play, seek, time, speed, bar: element("div", { class: "terminal-bar" }, play, seek, time, speed) };
}

/**
 * @param {HTMLElement} stage where it goes; what stands in it stays where the recording can't be read
 * @param {() => void} changed
 * @returns {Promise<Player | undefined>}
 */
export async function terminal(stage, changed) {
  const text = await load(stage.dataset.terminal ?? "");
  const cast = text === undefined ? undefined : read(text);
  if (!cast) return undefined;
  return new Terminal(stage, cast, changed).player;
}

class Terminal {
  /** @param {HTMLElement} stage @param {import("./cast.js").Cast} cast @param {() => void} changed */
  constructor(stage, cast, changed) {
    this.cast = cast;
    this.changed = changed;
    this.tape = new Tape(cast);
    this.time = 0;
    this.plays = false;
    this.frame = 0;
    this.drawn = 0;
    this.parts = controls(cast);
    const screen = element("pre", { class: "terminal-screen", role: "group", tabindex: "0", "aria-label": "Screen of the terminal" });
    screen.style.setProperty("--columns", String(cast.columns));
    screen.style.setProperty("--rows", String(cast.rows));
    this.painter = new Painter(screen, cast.rows);
    stage.replaceChildren(element("div", { class: "terminal-frame" }, screen), this.parts.bar);
    this.listen();
    // Before anything is asked for, the screen shows what it is about: its middle.
    this.tape.advance(cast.length / 2, STEP);
    this.draw();
    /** @type {Player} */
    this.player = {
      time: () => this.time,
      playing: () => this.plays,
      seek: (at) => this.seek(at),
      play: () => this.play(),
      pause: () => this.pause(),
    };
  }

  listen() {
    const { play, seek } = this.parts;
    play.addEventListener("click", () => (this.plays ? this.pause() : this.play()));
    seek.addEventListener("input", () => this.seek(Number(seek.value)));
  }

  /** @param {number} at */
  seek(at) {
    this.time = Math.min(Math.max(0, at), this.cast.length);
    this.tape.wind(this.time);
    this.wake();
    this.changed();
  }

  play() {
    if (this.time >= this.cast.length) this.seek(0);
    this.plays = true;
    this.tape.wind(this.time);
    this.drawn = performance.now();
    this.wake();
    this.changed();
  }

  pause() {
    this.plays = false;
    this.changed();
    this.draw();
  }

  wake() {
    if (this.frame === 0) this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  /** @param {number} now in milliseconds */
  tick(now) {
    this.frame = 0;
    if (this.plays) this.pass(Math.min(0.25, Math.max(0, now - this.drawn) / 1000));
    this.drawn = now;
    const ready = this.tape.advance(this.time, STEP);
    this.draw();
    if (this.plays) this.changed();
    if (this.plays || !ready) this.wake();
  }

  /** @param {number} seconds by the reader's clock */
  pass(seconds) {
    const { cast, tape } = this;
    this.time += seconds * Number(this.parts.speed.value);
    // Of a long pause, the reader waits for its last seconds only.
    const rest = cast.idle ?? IDLE;
    if (tape.upcoming > this.time + rest && tape.shown <= this.time) this.time = tape.upcoming - rest;
    if (this.time < cast.length) return;
    this.time = cast.length;
    this.plays = false;
    this.changed();
  }

  draw() {
    const { play, seek, time } = this.parts;
    this.painter.paint(this.tape.screen);
    seek.value = String(this.time);
    seek.setAttribute("aria-valuetext", label(this.time));
    const text = `${label(this.time)} / ${label(this.cast.length)}`;
    if (time.textContent !== text) time.textContent = text;
    const word = this.plays ? "Pause" : "Play";
    if (play.getAttribute("aria-label") !== word) play.setAttribute("aria-label", word);
  }
}
