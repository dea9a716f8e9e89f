// What a program writes to a terminal, taken apart: text, control characters, and escape sequences (after ECMA-48 and the
// state machine that xterm and its kin share). Sequences may be cut anywhere, and be of any length: nothing is collected
// that isn't needed.

/**
 * What is told of what was written.
 * @typedef {object} Hearer
 * @property {(character: string) => void} print
 * @property {(code: number) => void} control
 * @property {(kind: string, final: string) => void} escape `kind` is what stands between ESC and the last character
 * @property {(mark: string, numbers: number[], final: string) => void} sequence `mark` is `?`, `>`, `!` and the like, or empty
 */

/** The most numbers in a sequence, and the largest. */
const NUMBERS = 32;
const LARGEST = 9999;

const ESC = 0x1b;

export class Parser {
  constructor() {
    /** @type {"text" | "escape" | "sequence" | "string"} */
    this.state = "text";
    this.mark = "";
    /** @type {number[]} */
    this.numbers = [];
  }

  /** In the same state, to go on from. */
  copy() {
    const copy = Object.assign(new Parser(), this);
    copy.numbers = [...this.numbers];
    return copy;
  }

  /** @param {string} character one code point @param {Hearer} to */
  take(character, to) {
    const code = character.codePointAt(0) ?? 0;
    if (this.state === "string") return this.inString(code);
    if (code === ESC) {
      this.state = "escape";
      this.mark = "";
    } else if (code === 0x18 || code === 0x1a) this.state = "text";
    else if (code < 0x20) to.control(code);
    else if (this.state === "text") {
      if (code !== 0x7f) to.print(character);
    } else if (this.state === "escape") this.inEscape(character, code, to);
    else this.inSequence(character, code, to);
    return undefined;
  }

  /** Titles, links, pictures: nothing of them is shown. @param {number} code */
  inString(code) {
    // ESC ends it together with the `\` that follows, which is an escape sequence without meaning.
    if (code === ESC) this.state = "escape";
    else if (code === 0x07 || code === 0x9c || code === 0x18 || code === 0x1a) this.state = "text";
  }

  /** @param {string} character @param {number} code @param {Hearer} to */
  inEscape(character, code, to) {
    if (this.mark === "" && character === "[") {
      this.state = "sequence";
      this.numbers = [];
    } else if (this.mark === "" && "]PX^_".includes(character)) this.state = "string";
    else if (code < 0x30) this.mark = (this.mark + character).slice(0, 2);
    else {
      this.state = "text";
      to.escape(this.mark, character);
    }
  }

  /** @param {string} character @param {number} code @param {Hearer} to */
  inSequence(character, code, to) {
    const { numbers } = this;
    if (code >= 0x30 && code <= 0x39) {
      if (numbers.length === 0) numbers.push(0);
      const last = numbers.length - 1;
      numbers[last] = Math.min(LARGEST, numbers[last] * 10 + code - 0x30);
    } else if (character === ";" || character === ":") {
      if (numbers.length === 0) numbers.push(0);
      if (numbers.length < NUMBERS) numbers.push(0);
    } else if (code < 0x40) this.mark = (this.mark + character).slice(0, 2);
    else {
      this.state = "text";
      if (code < 0x7f) to.sequence(this.mark, numbers, character);
    }
  }
}
