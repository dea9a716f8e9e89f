// Prints the words that the browser finds: for each line of the input, a JSON string, a line with a JSON array of words.

import { createInterface } from "node:readline";
import { words } from "../../../themes/default/js/search/words.js";

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(words(JSON.parse(line)))}\n`);
}
