// Opens the search: the button in the header, `/`, and Ctrl-K. What it is made of is loaded when it is wanted.

const button = document.querySelector("[data-search]");
const base = button instanceof HTMLElement ? button.dataset.search : undefined;

/** Both at once: the dialog asks for the engine only when it runs. */
const load = () => Promise.all([import("./search/dialog.js"), import("./search/engine.js")]);

async function open() {
  const field = document.getElementById("tm-search-field");
  if (field instanceof HTMLInputElement) {
    // The search page has a field of its own.
    field.focus();
    field.select();
    return;
  }
  try {
    const [dialog] = await load();
    dialog.open(new URL(base ?? "", location.href));
  } catch {
    // The site was published anew since this page was loaded, and the names of its scripts with it; the search page knows them.
    location.assign(base ?? "");
  }
}

/** @param {KeyboardEvent} event */
function asks({ key, ctrlKey, metaKey, altKey, target }) {
  if (altKey) return false;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k";
  const types = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  return key === "/" && !types;
}

if (base) {
  button?.addEventListener("click", () => void open());
  for (const early of ["pointerenter", "focus"]) {
    button?.addEventListener(early, () => void load().catch(() => {}), { once: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !asks(event)) return;
    event.preventDefault();
    void open();
  });
}
