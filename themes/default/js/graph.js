// A drawing that fits needs no stop for the keyboard: only what scrolls can be reached, to be scrolled.

const drawings = document.querySelectorAll("[data-scrolls]");

/** @param {Element} drawing */
function settle(drawing) {
  if (drawing.scrollWidth > drawing.clientWidth) drawing.setAttribute("tabindex", "0");
  else drawing.removeAttribute("tabindex");
}

if (drawings.length > 0) {
  const observer = new ResizeObserver((entries) => entries.forEach((entry) => settle(entry.target)));
  for (const drawing of drawings) observer.observe(drawing);
}
