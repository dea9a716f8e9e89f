// The link beside each heading: a click copies its full address and also goes there.

import { copy } from "./lib/copy.js";

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const anchor = event.target.closest("a.anchor");
  if (!(anchor instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  history.replaceState(history.state, "", anchor.hash);
  void copy(anchor, anchor.href, "Link copied");
});
