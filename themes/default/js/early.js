// Runs before the first paint, so that nothing flashes and nothing moves: marks that scripts run,
// and that the address asks for something, and sets the theme that the reader chose before. Not a module, since modules
// wait: so it also sees when one of them doesn't come.
(() => {
  const root = document.documentElement;
  const isOnDisk = location.protocol === "file:";
  if (isOnDisk) fromDisk();
  else root.dataset.js = "";
  if (location.search) root.dataset.asked = "";
  if ([...new URLSearchParams(location.search).values()].some(Boolean)) {
    // What answers a question is fetched beside the script that asks, not after it; without a question it isn't.
    document.addEventListener(
      "readystatechange",
      () => {
        for (const [name, rel] of [
          ["engine", "modulepreload"],
          ["index", "preload"],
        ]) {
          const named = document.querySelector(`meta[name="threadmark-${name}"]`);
          if (!(named instanceof HTMLMetaElement)) continue;
          const link = document.createElement("link");
          link.rel = rel;
          if (rel === "preload") link.as = "fetch";
          link.crossOrigin = "anonymous";
          link.href = named.content;
          document.head.append(link);
        }
      },
      { once: true },
    );
  }
  try {
    const chosen = localStorage.getItem("threadmark-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden; the system's setting is then the only one.
  }
  // A script that its page can't do without says which part of the page has failed when it doesn't come.
  addEventListener(
    "error",
    ({ target }) => {
      const part = target instanceof HTMLScriptElement && target.dataset.needed;
      if (part) document.getElementById(part)?.setAttribute("data-state", "failed");
    },
    true,
  );

  // Opened from a disk, where nobody serves a folder by its index.html, and where browsers load no modules: so links to
  // folders are completed, modules not asked for, and the page shows itself as where no scripts run.
  function fromDisk() {
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const added of addedNodes) {
          if (added instanceof HTMLScriptElement && added.type === "module") added.type = "text/plain";
        }
      }
    }).observe(root, { childList: true, subtree: true });
    addEventListener("DOMContentLoaded", () => {
      for (const link of document.querySelectorAll("a[href]")) {
        const written = link.getAttribute("href") ?? "";
        link.setAttribute("href", written.replace(/^(?![a-z][\w+.-]*:)([^?#]*\/)(?=[?#]|$)/i, "$1index.html"));
      }
    });
  }
})();
