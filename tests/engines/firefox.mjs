// Firefox, over WebDriver BiDi: each line that is read says what to do, each that is written what
// came of it, both in JSON; the first one is the number of Firefox's process. The end of the input
// ends the browser.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [executablePath, packages, width, height] = process.argv.slice(2);
const puppeteer = createRequire(packages)("puppeteer-core");

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  defaultViewport: { width: Number(width), height: Number(height) },
});
const page = await browser.newPage();
console.log(browser.process().pid);

const ACTIONS = {
  open: (address) => page.goto(address),
  run: (body, values) => page.evaluate(`(function () {${body}}).apply(null, ${values})`),
  click: (x, y) => page.mouse.click(x, y),
  write: (text) => page.keyboard.type(text),
  press: (key) => page.keyboard.press(key),
};

async function done({ action, values }) {
  try {
    const value = await ACTIONS[action](...values);
    return { value: action === "run" ? value ?? null : null };
  } catch (error) {
    return { fault: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await done(JSON.parse(line))));
}
await browser.close();
