// Opens the search: the button in the header, `/`, and Ctrl-K. What it is made of is loaded when it is wanted.

const button = document.querySelector("[data-search]");
const base = button instanceof HTMLElement ? button.dataset.search : undefined;

/** Whether the index was asked for. */
let ahead = false;

/** All at once: the dialog asks for the engine and its index only when it runs. */
function load() {
  if (!ahead) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "", href: `${base}index.json` });
    document.head.append(link);
    ahead = true;
  }
  return Promise.all([import("./search/dialog.js"), import("./search/worker.js")]);
}

/** Where letters go until the dialog is there. @type {HTMLInputElement | undefined} */
let early;

async function open() {
  const field = document.getElementById("tm-search-field");
  if (field instanceof HTMLInputElement) {
    // The search page has a field of its own.
    field.focus();
    field.select();
    return;
  }
  if (early) return early.focus({ preventScroll: true });
  const before = document.activeElement;
  const typed = waiting();
  early = typed;
  let entered = false;
  const leave = () => {
    // What had the focus gets it back from the dialog, or now.
    if (document.activeElement === typed && before instanceof HTMLElement) before.focus({ preventScroll: true });
    typed.remove();
    early = undefined;
  };
  typed.addEventListener("keydown", ({ key, isComposing }) => {
    if (isComposing) return;
    if (key === "Enter") entered = true;
    else if (key === "Escape") leave();
    else entered = false;
  });
  try {
    const [dialog] = await load();
    if (early !== typed) return;
    leave();
    dialog.open(new URL(base ?? "", location.href), typed.value, entered);
  } catch {
    // The site was published anew since this page was loaded, and the names of its scripts with it; the search page knows them.
    const query = new URLSearchParams({ q: typed.value });
    if (early === typed) location.assign(typed.value.trim() ? `${base}?${query}` : (base ?? ""));
  }
}

/** A field that nobody sees. */
function waiting() {
  const field = document.createElement("input");
  field.className = "search-early";
  field.type = "search";
  field.ariaLabel = "Search this site";
  field.maxLength = 400;
  field.autocomplete = "off";
  document.body.append(field);
  field.focus({ preventScroll: true });
  return field;
}

/** @param {KeyboardEvent} event */
function asks({ key, ctrlKey, metaKey, altKey, target }) {
  if (altKey) return false;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k";
  const types = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  return key === "/" && !types;
}

if (base) {
  button?.addEventListener("click", (event) => {
    const { ctrlKey, metaKey, shiftKey, altKey } = /** @type {MouseEvent} */ (event);
    if (ctrlKey || metaKey || shiftKey || altKey) return; // Another tab, another window.
    event.preventDefault();
    void open();
  });
  for (const early of ["pointerenter", "focus"]) {
    button?.addEventListener(early, () => void load().catch(() => {}), { once: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !asks(event)) return;
    event.preventDefault();
    void open();
  });
}
