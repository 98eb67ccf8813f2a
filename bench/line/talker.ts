// Someone who says many things and then tells all that they have heard: node talker.ts ADDRESS PERSON NAME COUNT EVERY_MS ALL
// Prints a line when it is ready, and then one of JSON: the words of all talkers in the order in which this device has them, and how long each of its own
// took to be on the server.
import { openBrowser } from '../../e2e/browser.ts';
import { held } from '../../e2e/looking.ts';

const [address, person, name, count, every, all] = process.argv.slice(2) as [string, string, string, string, string, string];
const isSaid = /^[甲乙]の\d+件目。/;
const browser = await openBrowser();
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
context.setDefaultTimeout(300_000);
const signedIn = await context.request.post(`${address}/api/demo.signIn`, { headers: { origin: address }, data: { person }, timeout: 300_000 });
if (!signedIn.ok()) throw new Error(`sign-in: ${signedIn.status()}`);
const page = await context.newPage();
await page.goto(`${address}/talk`);
await page.locator('a.room', { hasText: 'グループC' }).first().click();
const field = page.locator('.composer textarea');
await field.waitFor();
console.log('ready');
const began = Date.now();
const said: { text: string; at: number }[] = [];
for (let n = 0; n < Number(count); n++) {
  const text = `${name}の${n + 1}件目。国道378号の状況です。`;
  await field.fill(text);
  await field.press('Control+Enter');
  said.push({ text, at: Date.now() });
  await page.waitForTimeout(Math.max(0, began + (n + 1) * Number(every) - Date.now()));
}
const heard = async (): Promise<{ text: string; at: number }[]> => (await held(page, person, ['message']))
  .toSorted((a, b) => a.born - b.born).map((doc) => doc.value as { text?: string; at: number }).flatMap(({ text, at }) => (text && isSaid.test(text) ? [{ text, at }] : []));
for (let words = await heard(), until = Date.now() + 300_000; words.length < Number(all) && Date.now() < until; words = await heard()) await page.waitForTimeout(1_000);
const words = await heard();
const took = said.flatMap(({ text, at }) => words.filter((one) => one.text === text).map((one) => one.at - at)).toSorted((a, b) => a - b);
console.log(JSON.stringify({ name, words: words.map(({ text }) => text), took }));
await browser.close();
