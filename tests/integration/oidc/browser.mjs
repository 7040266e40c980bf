// Drives a real browser by lines of JSON on standard input: {"do": "open", "tab": "a", "url": …}. Answers each with a
// line of JSON. One JSON argument: the folder of the modules, the browser, the flags it is started with.

import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const settings = JSON.parse(process.argv[2]);
const { chromium } = await import(pathToFileURL(path.join(settings.modules, 'playwright-core', 'index.mjs')));

const browser = await chromium.launch({ executablePath: settings.browser, args: settings.flags, headless: true });
const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 900, height: 640 } });
context.setDefaultTimeout(20000);
const tabs = new Map();

async function tab(name) {
  if (!tabs.has(name)) tabs.set(name, await context.newPage());
  return tabs.get(name);
}

const deeds = {
  open: async ({ tab: name, url }) => {
    const answer = await (await tab(name)).goto(url, { waitUntil: 'load' });
    return { status: answer?.status() ?? 0 };
  },
  start: async ({ tab: name, url }) => { (await tab(name)).goto(url).catch(() => {}); return {}; },
  fill: async ({ tab: name, where, text }) => { await (await tab(name)).fill(where, text); return {}; },
  untick: async ({ tab: name, where }) => { await (await tab(name)).uncheck(where); return {}; },
  click: async ({ tab: name, where }) => { await (await tab(name)).click(where, { noWaitAfter: true }); return {}; },
  wait: async ({ tab: name, where }) => { await (await tab(name)).waitForSelector(where); return {}; },
  text: async ({ tab: name }) => ({ text: await (await tab(name)).innerText('body') }),
  url: async ({ tab: name }) => ({ url: (await tab(name)).url() }),
  run: async ({ tab: name, script }) => ({ value: await (await tab(name)).evaluate(script) }),
  picture: async ({ tab: name, file }) => { await (await tab(name)).screenshot({ path: file }); return {}; },
  close: async ({ tab: name }) => { await tabs.get(name)?.close(); tabs.delete(name); return {}; },
  reset: async () => {
    await Promise.all([...tabs.values()].map((open) => open.close()));
    tabs.clear();
    await context.clearCookies();
    return {};
  },
  forget: async () => { await context.clearCookies(); return {}; },
};

console.log(JSON.stringify({ ready: true }));
for await (const line of readline.createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let result;
  try {
    result = await deeds[command.do](command);
  } catch (error) {
    result = { error: String(error) };
  }
  console.log(JSON.stringify(result));
}
await browser.close();
process.exit(0);
