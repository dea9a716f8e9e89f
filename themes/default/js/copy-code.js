// A button on each block of code that copies it.

import { copy } from "./lib/copy.js";

for (const figure of document.querySelectorAll("figure.code")) {
  const code = figure.querySelector("code");
  if (!code) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy the code");
  button.addEventListener("click", () => void copy(button, code.textContent ?? "", "Code copied"));
  figure.append(button);
}
