// The button that switches between light and dark. A choice that equals the system's is forgotten,
// so that the page goes on following the system.

const key = "threadmark-theme";
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"light" | "dark"} what the reader sees now */
function current() {
  const chosen = root.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return system.matches ? "dark" : "light";
}

/** @param {"light" | "dark"} theme */
function choose(theme) {
  const follows = theme === (system.matches ? "dark" : "light");
  if (follows) delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (follows) localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Without storage the choice holds for this page.
  }
}

/** @param {Element} button */
function label(button) {
  const other = current() === "dark" ? "light" : "dark";
  button.setAttribute("aria-label", `Switch to ${other}`);
  button.setAttribute("title", `Switch to ${other}`);
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  label(button);
  button.addEventListener("click", () => {
    choose(current() === "dark" ? "light" : "dark");
    label(button);
  });
  system.addEventListener("change", () => label(button));
}
