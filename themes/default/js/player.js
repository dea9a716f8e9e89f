// Recordings: players, what is said while they play, and the address of each second. Pages without one load no more than this.

if (document.querySelector("[data-player], [data-transcript]")) {
  void import("./player/page.js").then(
    ({ start }) => start(),
    () => {},
  );
}
