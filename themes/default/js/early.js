// Runs before the first paint, so that nothing flashes and nothing moves: marks that scripts run,
// and that the address asks for something, and sets the theme that the reader chose before. Not a module, since modules
// wait.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  if (location.search) root.dataset.asked = "";
  try {
    const chosen = localStorage.getItem("threadmark-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden; the system's setting is then the only one.
  }
})();
