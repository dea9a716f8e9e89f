// Marks the words of a search on the page that a hit led to. Where no search led, nothing more is loaded.

/** @param {"sessionStorage" | "localStorage"} where */
function waits(where) {
  try {
    return window[where].getItem("threadmark-marks") !== null;
  } catch {
    return false; // Storage may be forbidden.
  }
}

if (waits("sessionStorage") || waits("localStorage")) {
  void import("./search/arrive.js").then(
    ({ arrive }) => arrive(),
    () => {},
  );
}
