// Narrows a list to the rows that hold all the words typed.

const box = document.querySelector("[data-filter] input");
const count = document.querySelector("[data-filter-count]");

/** @type {{ row: HTMLElement, text: string }[] | undefined} */
let rows;

/** Reads the list when the first letter is typed, not before: it may have thousands of rows. */
function read() {
  return [...document.querySelectorAll("[data-rows] > li")]
    .filter((row) => row instanceof HTMLElement)
    .map((row) => ({ row, text: (row.textContent ?? "").toLowerCase() }));
}

function narrow() {
  if (!(box instanceof HTMLInputElement)) return;
  rows ??= read();
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, text } of rows) {
    const fits = words.every((word) => text.includes(word));
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  for (const group of document.querySelectorAll("section.group")) {
    if (group instanceof HTMLElement) group.hidden = !group.querySelector("[data-rows] > li:not([hidden])");
  }
  if (count) count.textContent = words.length > 0 ? `${shown} of ${rows.length}` : `${rows.length} in all`;
}

box?.addEventListener("input", narrow);
// The browser may have kept what was typed when the reader comes back.
if (box instanceof HTMLInputElement && box.value) narrow();
