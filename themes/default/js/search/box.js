// The dialog's parts, put together.

import { element } from "../lib/element.js";

/** @param {URL} base the search page's address */
export function box(base) {
  const field = /** @type {HTMLInputElement} */ (
    element("input", {
      class: "search-input",
      type: "search",
      role: "combobox",
      "aria-label": "Search this site",
      "aria-controls": "tm-search-list",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "go",
      maxlength: "400",
      placeholder: "Search",
    })
  );
  const close = element(
    "button",
    { class: "search-close", type: "button" },
    element("span", { class: "visually-hidden" }, "Close "),
    element("kbd", {}, "Esc"),
  );
  const icon = document.querySelector("[data-search] svg")?.cloneNode(true);
  const list = element("div", { class: "search-list", id: "tm-search-list", role: "listbox", "aria-label": "Results", tabindex: "-1", hidden: true });
  const above = element("div", { class: "search-above" });
  const below = element("div", { class: "search-below" });
  const pane = element("div", { class: "search-pane", "data-state": "idle" }, above, list, below);
  const count = element("span", { class: "count" });
  const keys = element("span", { class: "search-keys" }, "↑ ↓ to choose, Enter to open, Ctrl Enter in a new tab");
  const all = /** @type {HTMLAnchorElement} */ (element("a", { href: base.href }));
  const dialog = /** @type {HTMLDialogElement} */ (
    element(
      "dialog",
      { class: "search-dialog", "aria-label": "Search" },
      element("div", { class: "search-form" }, icon, field, close),
      pane,
      element("div", { class: "search-foot" }, count, keys, all),
    )
  );
  document.body.append(dialog);
  return { dialog, field, close, list, above, below, pane, count, all };
}
