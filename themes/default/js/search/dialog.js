// The search dialog: a field, and under it what was found, on whatever page the reader is.

import { announce } from "../lib/announce.js";
import { element } from "../lib/element.js";
import { asking } from "./asking.js";
import { box } from "./box.js";
import { hand, newTab } from "./handover.js";
import { button, failure, how, nothing } from "./hints.js";
import { hits, options, queries } from "./options.js";
import { forget, recent, remember } from "./recent.js";
import { counted, notes } from "./results.js";

/** @typedef {import("./results.js").Results} Results */

/** How many pages are shown. */
const SHOWN = 6;

/** @type {Dialog | undefined} */
let made;

/**
 * @param {URL} base the search page's address, which is also the folder of the index
 * @param {string} [typed] what was typed before the dialog was there
 * @param {boolean} [entered] whether Enter was pressed after it
 */
export function open(base, typed = "", entered = false) {
  made ??= new Dialog(base);
  made.open(typed, entered);
}

class Dialog {
  /** @type {string[]} the words to mark on the page that is opened */
  #marks = [];
  /** Whether what is shown answers what stands in the field, and whether Enter was pressed before it did. */
  #settled = true;
  #entered = false;

  /** @param {URL} base */
  constructor(base) {
    this.base = base;
    this.parts = box(base);
    const { dialog, field, close, list, all } = this.parts;
    this.choice = options(field, list);
    this.asked = asking(base, {
      begins: () => this.#state("loading"),
      found: (results) => this.#found(results),
      failed: (fault) => this.#failed(fault),
    });
    field.addEventListener("input", () => this.#ask());
    close.addEventListener("click", () => dialog.close());
    all.addEventListener("click", () => remember(base, this.#query));
    for (const type of /** @type {const} */ (["click", "auxclick", "contextmenu"])) {
      list.addEventListener(type, (event) => this.#clicked(event));
    }
    dialog.addEventListener("click", ({ target }) => {
      if (target === dialog) dialog.close(); // Beside it, on what lies under.
    });
    dialog.addEventListener("keydown", (event) => this.#key(event));
    // What lies outside a modal dialog is not read out: what announces comes along.
    this.region = document.getElementById("tm-announce");
    dialog.addEventListener("close", () => this.region && document.body.append(this.region));
  }

  /** @param {string} typed @param {boolean} entered */
  open(typed, entered) {
    const { dialog, field, pane } = this.parts;
    if (typed !== "") field.value = typed;
    if (!dialog.open) {
      if (this.region) dialog.append(this.region);
      dialog.showModal();
      void this.asked.warm();
      if (typed !== "" || pane.dataset.state !== "done") this.#ask();
    }
    field.focus();
    if (typed === "") field.select();
    else this.#entered = entered && !this.#settled;
  }

  get #query() {
    return this.parts.field.value.trim();
  }

  /** @param {"idle" | "loading" | "done" | "failed"} state */
  #state(state) {
    this.parts.pane.dataset.state = state;
  }

  #ask() {
    const { all, list } = this.parts;
    this.#entered = false;
    if (this.#query === "") return this.#idle();
    this.#settled = false;
    all.href = `${this.base}?${new URLSearchParams({ q: this.#query })}`;
    all.textContent = "All results";
    list.setAttribute("aria-label", "Results");
    this.asked.soon(this.#query, { shown: SHOWN, names: false });
  }

  /** Nothing is typed: what was looked for lately, and how it works. */
  #idle() {
    const { all, list, above, below } = this.parts;
    this.asked.drop();
    this.#empty();
    const lately = recent(this.base);
    const clear = button("Clear", () => {
      forget(this.base);
      this.parts.field.focus();
      this.#idle();
    });
    this.choice.show(queries(lately), -1);
    list.setAttribute("aria-label", "Recent searches");
    above.replaceChildren(...(lately.length > 0 ? [element("p", { class: "label" }, "Recent searches "), clear] : []));
    below.replaceChildren(how());
    all.href = this.base.href;
    all.textContent = "Search with filters";
    this.#state("idle");
  }

  #empty() {
    this.#settled = true;
    this.#entered = false;
    this.#marks = [];
    this.parts.above.replaceChildren();
    this.parts.count.textContent = "";
    this.choice.show([], -1);
  }

  /** @param {Results} results */
  #found(results) {
    const { above, below, count } = this.parts;
    const said = notes(results);
    const [first] = results.groups;
    const pages = counted(results.total, "page");
    this.#settled = true;
    this.#marks = results.marks;
    above.replaceChildren(...(first ? said.map((text) => element("p", {}, text)) : []));
    below.replaceChildren(...(first ? [] : [nothing(this.#query, said)]));
    this.choice.show(hits(results), 0);
    count.textContent = first ? pages : "";
    this.#state("done");
    announce([...said, first ? `${pages}. Enter opens ${first.title}.` : "Nothing found."].join(" "));
    if (this.#entered) this.#enter(false);
  }

  /** @param {unknown} fault */
  #failed(fault) {
    this.#empty();
    this.parts.below.replaceChildren(
      failure(fault, () => {
        this.parts.field.focus();
        this.#ask();
      }),
    );
    this.#state("failed");
    announce("The search could not be loaded.");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      this.parts.dialog.close(); // Some browsers would only empty the field.
    } else if (event.target !== this.parts.field) {
      return;
    } else if (event.key === "Enter") {
      if (this.#settled) this.#enter(event.ctrlKey || event.metaKey);
      else this.#entered = true;
    } else if (!this.choice.move(event.key)) {
      return;
    }
    event.preventDefault();
  }

  /** Opens what is marked. @param {boolean} beside in another tab */
  #enter(beside) {
    const option = this.choice.now();
    this.#entered = false;
    if (option instanceof HTMLAnchorElement && beside) {
      this.#leave(option, true);
      window.open(option.href, "_blank", "noopener");
    } else {
      option?.click();
    }
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const option = event.target instanceof Element ? event.target.closest(".option") : null;
    if (option instanceof HTMLAnchorElement) {
      this.#leave(option, newTab(event));
    } else if (option && event.type === "click") {
      this.parts.field.value = option.textContent ?? "";
      this.parts.field.focus();
      this.#ask();
    }
  }

  /** @param {HTMLAnchorElement} link to be followed @param {boolean} beside in another tab */
  #leave(link, beside) {
    const url = new URL(link.href);
    remember(this.base, this.#query);
    if (beside || !staysHere(url)) return hand(url, this.#marks, beside);
    // No page will be loaded that could mark its words.
    const words = this.#marks;
    this.parts.dialog.close();
    void import("./arrive.js").then(({ mark }) => mark(words));
  }
}

/** Whether the browser only scrolls to get to `url`. @param {URL} url */
function staysHere({ pathname, search, hash }) {
  return pathname === location.pathname && search === location.search && hash !== "";
}
