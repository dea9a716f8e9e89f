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

/**
 * The section being read: the last one whose heading has passed the upper quarter of the window,
 * and at the end of the page the last, which may be too short to get there.
 */
function reading() {
  const all = [...links.values()];
  if (scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2) return all.at(-1);
  let now = all[0];
  for (const [heading, link] of links) {
    if (heading.getBoundingClientRect().top > innerHeight / 4) break;
    now = link;
  }
  return now;
}

function mark() {
  const now = reading();
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
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" });
  for (const heading of links.keys()) observer.observe(heading);
  addEventListener("scrollend", mark, { passive: true });
  mark();
}
