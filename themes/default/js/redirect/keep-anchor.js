// On the page of an old address: goes on with what the old address was called with, anchor and query, which the page's own
// refresh would lose. Stands before that refresh, so that stopping the page here leaves this the only way on.
(() => {
  const to = document.currentScript?.dataset.to;
  const fromDisk = location.protocol === "file:";
  if (!to || !(location.search || location.hash.length > 1 || fromDisk)) return;
  const target = new URL(to, location.href);
  // Nobody serves a folder by its index.html there.
  if (fromDisk && target.pathname.endsWith("/")) target.pathname += "index.html";
  if (location.search) target.search = location.search;
  if (location.hash) target.hash = location.hash;
  stop();
  location.replace(target.href);
})();
