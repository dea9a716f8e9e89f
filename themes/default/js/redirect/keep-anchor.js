// On the page of an old address: goes on with the anchor that the old address was called with, which the page's own
// refresh would lose. Stands before that refresh, so that stopping the page here leaves this the only way on.
(() => {
  const to = document.currentScript?.dataset.to;
  if (!to || location.hash.length < 2) return;
  stop();
  location.replace(to + location.hash);
})();
