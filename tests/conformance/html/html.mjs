// SPDX-License-Identifier: Apache-2.0
// The html report as browsers, validators and assistive technology see it.
// html.mjs FOLDER GOLDEN STYLE SCRIPT: the folder holds wide.html (250
// subscriptions), hostile.html and large.html, as piket wrote them; GOLDEN is
// a page without its style and script.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const [folder, golden, style, script] = process.argv.slice(2);
const axe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
const hash = text =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update',
    '--disable-sync'],
});

async function check(what, run) {
  try {
    await run();
    console.log(`ok ${what}`);
  } catch (error) {
    console.log(`not ok ${what}`);
    console.log(error.stack);
  }
}

// The parts of a golden page that stand in files of their own, put back with
// hashes that are worked out here.
function assemble() {
  const css = readFileSync(style, 'utf8');
  const js = readFileSync(script, 'utf8');
  const page = readFileSync(golden, 'utf8')
    .replace("script-src ''", () => `script-src '${hash(js)}'`)
    .replace("style-src ''", () => `style-src '${hash(css)}'`)
    .replace('<style></style>', () => `<style>${css}</style>`)
    .replace('<script></script>', () => `<script>${js}</script>`);
  writeFileSync(`${folder}/golden.html`, page);
}

// Opens a page, and keeps what it does beside showing itself.
async function open(name, options = {}) {
  const context = await browser.newContext(
    { viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const noticed = [];
  page.on('console', message => noticed.push(`console: ${message.text()}`));
  page.on('pageerror', error => noticed.push(`error: ${error.message}`));
  page.on('dialog', dialog => {
    noticed.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', request => noticed.push(request.url()));
  await page.goto(`file://${folder}/${name}.html`);
  return { page, noticed, context };
}

const rows = page => page.locator('#subscription-table tbody tr');
const names = page =>
  page.locator('#subscription-table tbody th bdi').allTextContents();
const shown = page => page.locator('#shown').textContent();

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run());
  return result.violations.map(({ id, nodes }) =>
    `${id}: ${nodes[0].failureSummary} ${nodes[0].html}`);
}

assemble();

for (const name of ['wide', 'hostile', 'golden', 'large']) {
  await check(`${name}: is valid HTML`, async () => {
    const text = readFileSync(`${folder}/${name}.html`, 'utf8');
    // What is data to HTML is no business of its grammar.
    const report = await validator.validateString(
      text.replace(/(<script type="application\/json"[^>]*>)[^]*?(?=<\/script>)/,
        '$1{}'));
    assert.deepEqual(report.results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line }) =>
        `${line}: ${ruleId}: ${message}`)), []);
  });

  await check(`${name}: loads and runs nothing but itself`, async () => {
    // Once as it is, once without its policy: then the escaping stands alone.
    for (const bypassCSP of [false, true]) {
      const { page, noticed, context } = await open(name, { bypassCSP });
      await page.locator('td details summary').first().click();
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details'))
          details.open = true;
      });
      await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.deepEqual(noticed, [`file://${folder}/${name}.html`]);
      assert.equal(await page.locator('main img, main script').count(), 0);
      await context.close();
    }
  });

  for (const [look, options] of Object.entries({
    light: {},
    dark: { colorScheme: 'dark' },
    narrow: { viewport: { width: 375, height: 812 } },
    'high contrast': { forcedColors: 'active' },
  }))
    await check(`${name}: axe finds nothing, ${look}`, async () => {
      const { page, context } = await open(name, options);
      await page.locator('td details summary').first().click();
      assert.deepEqual(await violations(page), []);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details.explanation'))
          details.open = true;
      });
      assert.deepEqual(await violations(page), []);
      const width = await page.evaluate(
        () => document.documentElement.scrollWidth);
      assert.ok(width <= page.viewportSize().width, `${width} pixels wide`);
      await context.close();
    });
}

await check('a browser holds to the policy', async () => {
  const { page, noticed, context } = await open('wide');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.marker = 1';
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => globalThis.marker), undefined);
  assert.match(noticed.join('\n'), /Content Security Policy/);
  await context.close();
});

await check('filters by text, status and requirement', async () => {
  const { page, context } = await open('wide');
  assert.equal(await shown(page), 'subscriptions 1 to 100 of 250');
  await page.getByLabel('Name, id, address or finding').fill('PROD');
  const found = await names(page);
  assert.ok(found.length > 0 && found.length < 100);
  assert.ok(found.every(name => /prod/i.test(name)), found.join());
  await page.getByLabel('Status').selectOption({ label: 'compliant' });
  const statuses = await page.locator('tbody .status').allTextContents();
  assert.ok(statuses.length > 0 && statuses.length < found.length);
  assert.deepEqual([...new Set(statuses)], ['compliant']);
  assert.match(await shown(page), /^subscriptions 1 to \d+ of the \d+ chosen/);
  await page.getByLabel('Name, id, address or finding').fill('no such thing');
  assert.equal(await rows(page).count(), 0);
  assert.equal(await shown(page), 'no subscription is like that');
  await page.getByRole('button', { name: 'Show all' }).click();
  assert.equal(await rows(page).count(), 100);
  // As many as the chart by requirement counts.
  const line = page.locator('main tr', { hasText: 'phone-configured' });
  const count = await line.locator('td').first().textContent();
  await page.getByLabel('Fails the requirement')
    .selectOption({ label: 'A phone number is set' });
  assert.match(await shown(page), new RegExp(`of the ${count} chosen from 250`));
  await context.close();
});

await check('sorts and turns pages by keyboard', async () => {
  const { page, context } = await open('wide');
  const heading = page.locator('th[data-column=name]');
  await heading.getByRole('button').focus();
  await page.keyboard.press('Enter');
  assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
  const first = await names(page);
  assert.deepEqual(first, first.toSorted(
    (left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))));
  await page.keyboard.press('Enter');
  assert.equal(await heading.getAttribute('aria-sort'), 'descending');
  const last = await names(page);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Next' }).press('Enter');
  assert.equal(await shown(page), 'subscriptions 101 to 200 of 250');
  await page.getByRole('button', { name: 'Next' }).press('Enter');
  assert.equal(await rows(page).count(), 50);
  assert.ok(await page.getByRole('button', { name: 'Next' }).isDisabled());
  assert.equal((await names(page)).at(-1), last[0]);
  await context.close();
});

await check('the first key leads past the head', async () => {
  const { page, context } = await open('wide');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id),
    'subscriptions');
  await context.close();
});

await check('a link opens its explanation', async () => {
  const { page, context } = await open('wide');
  await page.getByRole('link', { name: 'Owners are mailed' }).click();
  assert.ok(await page.locator('#explain-owner-notified').evaluate(
    details => details.open));
  await context.close();
});

await check('reads without the script', async () => {
  const { page, context } = await open('wide', { javaScriptEnabled: false });
  assert.equal(await rows(page).count(), 250);
  assert.ok(await page.locator('#filter').isHidden());
  assert.ok(await page.locator('#pages').isHidden());
  await context.close();
  const large = await open('large', { javaScriptEnabled: false });
  assert.equal(await rows(large.page).count(), 500);
  assert.ok(await large.page.getByText('These are the worst').isVisible());
  await large.context.close();
});

await check('is printed as filtered, with what fails explained', async () => {
  const { page, context } = await open('wide');
  await page.getByLabel('Status').selectOption({ label: 'non-compliant' });
  const count = Number((await shown(page)).match(/the (\d+) chosen/)[1]);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await rows(page).count(), count);
  assert.equal(await page.locator('thead button').count(), 0);
  assert.ok(await page.locator('#filter').isHidden());
  assert.equal(await page.locator('#print-note').textContent(),
    `Status: non-compliant. subscriptions 1 to ${count} of the ${count} `
    + 'chosen from 250');
  assert.ok(await page.locator('#explain-owner-notified p').first()
    .isVisible());
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await rows(page).count(), Math.min(count, 100));
  assert.equal(await page.locator('thead button').count(), 4);
  assert.ok((await page.pdf({ format: 'A4' })).length > 10000);
  await context.close();
});

await check('finds one among many', async () => {
  const { page, context } = await open('large');
  assert.match(await shown(page), /^subscriptions 1 to 100 of 20\u202f000$/);
  const id = await rows(page).nth(42).locator('code').textContent();
  await page.getByLabel('Name, id, address or finding').fill(id);
  assert.equal(await rows(page).count(), 1);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('button', { name: /^Status/ }).click();
  assert.equal(await rows(page).count(), 100);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await rows(page).count(), 1000);
  assert.match(await page.locator('#print-note').textContent(),
    /1 to 1\u202f000 of 20\u202f000/);
  await context.close();
});

await browser.close();
