// Makes elements. What stands in them is text, whatever it looks like.

/**
 * @param {string} name
 * @param {Record<string, string | boolean | undefined>} attributes `true` is an attribute without a value; `false` and
 *   `undefined` are none
 * @param {...(Node | string | undefined)} children
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}
