// Marks the section that is being read in the outline beside the text.

const outline = document.querySelector("[data-outline]");

/** @type {Map<Element, HTMLAnchorElement>} */
const links = new Map();
for (const link of outline?.querySelectorAll("a") ?? []) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, link);
}

/** @type {HTMLAnchorElement | undefined} */
let marked;

/** The section being read is the last one whose heading has passed the upper third of the window. */
function mark() {
  const line = innerHeight / 3;
  let now = [...links.values()][0];
  for (const [heading, link] of links) {
    if (heading.getBoundingClientRect().top > line) break;
    now = link;
  }
  if (now === marked) return;
  marked?.removeAttribute("aria-current");
  now?.setAttribute("aria-current", "true");
  marked = now;
  if (now && outline && outline.scrollHeight > outline.clientHeight) {
    const middle = now.offsetTop - outline.clientHeight / 2;
    outline.scrollTo({ top: middle, behavior: "instant" });
  }
}

if (links.size > 0) {
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  for (const heading of links.keys()) observer.observe(heading);
  mark();
}
