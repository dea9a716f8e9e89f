// Says something to screen readers, politely.

/** @param {string} text */
export function announce(text) {
  const region = document.getElementById("tm-announce");
  if (!region) return;
  // The same words twice are only spoken again if the region was empty in between.
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
