// SPDX-License-Identifier: Apache-2.0
// Pages in Debian's Chromium: without scripts and network, in the light and the dark, wide and narrow, and on paper.
'use strict';
const fs = require('fs');
const path = require('path');
const { check, end } = require('./check.cjs')('pages');

const folder = path.resolve(process.argv[2]);
const { default: puppeteer } = require(path.join(folder, 'node_modules/puppeteer-core'));
const axe = fs.readFileSync(path.join(folder, 'node_modules/axe-core/axe.min.js'), 'utf8');
const LIMIT = 500000;

// A page that reports what goes wrong with it. Anything that is not the file itself is refused.
async function open(browser, file, script) {
  const page = await browser.newPage();
  const wrong = [];
  page.on('console', (message) => wrong.push(message.type() + ': ' + message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  await page.setJavaScriptEnabled(script);
  await page.setOfflineMode(true);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.url() === 'file://' + file) {
      request.continue();
    } else {
      wrong.push('asks for ' + request.url());
      request.abort();
    }
  });
  await page.goto('file://' + file, { waitUntil: 'load' });
  return { page, wrong };
}

async function withoutScript(browser, file, most) {
  const { page, wrong } = await open(browser, file, false);
  const seen = await page.evaluate(() => ({
    title: document.title, heading: document.querySelector('h1').textContent.replace(/\s+/g, ' ').trim(), height: document.body.scrollHeight,
    sections: document.querySelectorAll('main section').length, charts: document.querySelectorAll('svg[role=img]').length,
    empty: [...document.querySelectorAll('svg[role=img]')].filter((one) => one.getBoundingClientRect().height < 20).length,
    scripts: document.querySelectorAll('script').length,
    outside: [...document.querySelectorAll('svg[role=img] text')].filter((one) => {
      const box = one.getBBox();
      const sheet = one.ownerSVGElement.viewBox.baseVal;
      return box.x < 0 || box.x + box.width > sheet.width || box.y < 0 || box.y + box.height > sheet.height;
    }).map((one) => one.textContent),
    crossed: [...document.querySelectorAll('svg[role=img]')].flatMap((drawing) => {
      const texts = [...drawing.querySelectorAll('text')].map((one) => [one.textContent, one.getBBox()]);
      return texts.flatMap(([text, a], index) => texts.slice(index + 1).filter(([, b]) => a.x < b.x + b.width && b.x < a.x + a.width
        && a.y + 4 < b.y + b.height && b.y + 4 < a.y + a.height).map(([other]) => text + ' / ' + other));
    }),
  }));
  check(seen.title === seen.heading && seen.title.length > 0, file + ': no title');
  check(seen.height > 300 && seen.sections > 0 && seen.charts > 0 && seen.empty === 0, file + ': ' + JSON.stringify(seen));
  check(seen.outside.length === 0, `${file}: words outside their chart: ${seen.outside.join('; ')}`);
  check(seen.crossed.length === 0, `${file}: words on words: ${seen.crossed.join('; ')}`);
  check(seen.scripts === 0, file + ': has scripts');
  check(wrong.length === 0, file + ': ' + wrong.join('; '));
  const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const pages = (pdf.match(/\/Type\s*\/Page[^s]/g) || []).length;
  check(pages >= seen.sections && pages <= Math.max(seen.sections * 6, most), `${file}: ${pages} pages on paper for ${seen.sections} sections`);
  await page.close();
  return pages;
}

async function accessible(browser, file, scheme, width) {
  const { page, wrong } = await open(browser, file, true);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 900 });
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  for (const one of found.violations) {
    check(false, `${file} (${scheme}, ${width}): ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`);
  }
  check(found.violations.length === 0 && found.passes.length > 10, `${file}: axe found nothing to look at`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(wide <= 0, `${file}: the page is ${wide} px wider than a window of ${width}`);
  check(wrong.length === 0, file + ': ' + wrong.join('; '));
  await page.close();
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  const edges = fs.readdirSync(path.join(folder, 'made')).filter((name) => /^edge-.*\.html$/.test(name)).map((name) => name.slice(0, -5));
  check(edges.length > 5, 'edges: ' + edges);
  for (const name of ['nenc-options', 'hostile', ...edges]) {
    const file = path.join(folder, 'made', name + '.html');
    check(fs.statSync(file).size < LIMIT, `${file}: ${fs.statSync(file).size} bytes`);
    const edge = edges.includes(name);
    const pages = await withoutScript(browser, file, edge ? 25 : 0);
    for (const scheme of ['light', 'dark']) {
      for (const width of edge ? [scheme === 'light' ? 1280 : 400] : [1280, 400]) {
        await accessible(browser, file, scheme, width);
      }
    }
    console.log(`${name}.html: ${fs.statSync(file).size} bytes, ${pages} pages on paper`);
  }
  await browser.close();
  end();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
