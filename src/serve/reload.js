// Loads the page again when the site has a newer version, and shows what keeps it from being built.
// All that comes from documents goes in as text.
(() => {
  /** @typedef {{ message: string, place?: string | null, excerpt?: string | null, hints: string[] }} Problem */

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const version = script.dataset.version;
  /** @type {HTMLElement | null} */
  let panel = null;
  /** The problems that are shown. */
  let shown = "";
  let dismissed = "";

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {string} className
   * @param {string} text
   * @returns {HTMLElementTagNameMap[Name]}
   */
  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const close = () => {
    panel?.remove();
    panel = null;
    document.removeEventListener("keydown", onKey, true);
  };

  /** Whoever has read these problems doesn't want to see them again. */
  const dismiss = () => {
    dismissed = shown;
    close();
  };

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    dismiss();
  };

  /** @param {Problem} problem */
  const problemItem = (problem) => {
    const item = element("li", "problem", "");
    item.append(element("p", "message", problem.message));
    if (problem.place) item.append(element("p", "place", problem.place));
    if (problem.excerpt) item.append(element("pre", "excerpt", problem.excerpt));
    for (const hint of problem.hints) item.append(element("p", "hint", hint));
    return item;
  };

  /** @param {Problem[]} problems @param {string} key */
  const show = (problems, key) => {
    close();
    shown = key;
    panel = document.createElement("threadmark-problems");
    const root = panel.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("reload.css", script.src).href;
    const box = element("section", "box", "");
    box.setAttribute("role", "alert");
    const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
    const list = element("ol", "list", "");
    // A broken configuration can break every page: the terminal has the whole list.
    list.append(...problems.slice(0, 50).map(problemItem));
    const button = element("button", "close", "Dismiss (Esc)");
    button.type = "button";
    button.addEventListener("click", dismiss);
    box.append(element("h2", "title", `${count}: this is the last good version`), button, list);
    root.append(style, box);
    document.body.append(panel);
    document.addEventListener("keydown", onKey, true);
  };

  /** @param {{ version: string, problems: Problem[] }} state */
  const onState = (state) => {
    if (state.version !== version) {
      location.reload();
      return;
    }
    const key = JSON.stringify(state.problems);
    if (state.problems.length === 0) {
      dismissed = "";
      close();
    } else if (key !== dismissed) {
      show(state.problems, key);
    }
  };

  const events = new EventSource(new URL("events", script.src));
  events.addEventListener("message", (event) => onState(JSON.parse(event.data)));
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
