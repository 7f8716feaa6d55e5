// The pictures of the README, from a running demo: name, size, who looks, and what they do before.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [base, work, ...asked] = process.argv.slice(2);
const { chromium } = createRequire(join(work, 'node_modules/'))('playwright-core');

const phone = { width: 390, height: 844 };
const tablet = { width: 820, height: 1180 };
const desk = { width: 1440, height: 900 };
const pictures = {
  'home-phone': { path: '/', size: phone, scheme: 'dark' },
  'ideas-phone': { path: '/ideas', size: phone },
  'idea-phone': { path: '/ideas/9', size: phone },
  'propose-phone': { path: '/ideas/new/place', size: phone },
  'arabic-phone': { path: '/ideas/new/place?lang=ar', size: phone },
  'passkey-phone': { path: '/me/passkeys', size: phone, person: 'resident-1' },
  'residence-phone': { path: '/residence', size: phone, person: 'resident-1' },
  'data-phone': { path: '/me/data', size: phone, person: 'resident-1' },
  'allocation-phone': { path: '/allocation/sbb-ost/2026', size: phone, person: 'chair-ost' },
  'ballot-phone': {
    path: '/votes/mitte-und-ost', size: phone,
    async before(page) {
      const ticks = page.locator('form input[type=checkbox][name^=c]');
      await ticks.nth(0).check();
      await ticks.nth(1).check();
      await page.locator('.ballot-sum').first().filter({ hasText: /2 / }).waitFor();
      await ticks.nth(0).evaluate(tick => scrollTo(0, tick.closest('fieldset').getBoundingClientRect().top + scrollY - 8));
    },
  },
  'desk-tablet': {
    path: '/moderation', size: tablet, person: 'coordinator-ost',
    async before(page) {
      await page.locator('details:has([name=reason])').first().evaluate(one => { one.open = true; });
    },
  },
  'how-tablet': { path: '/allocation/how', size: tablet },
  'result-tablet': { path: '/votes/sued-und-alt-west/result', size: tablet },
  'board-desk': { path: '/council/sbb-ost/2026', size: desk, person: 'chair-ost' },
  'budgets-desk': { path: '/budgets', size: desk },
  'allocation-desk': { path: '/allocation/sbb-ost/2026', size: desk, person: 'chair-ost' },
  'round-desk': {
    path: '/votes/desk', size: desk, person: 'admin',
    async before(page) {
      await page.locator('a[href^="/votes/desk/"]', { hasText: 'Alt-West' }).first().click();
    },
  },
  'money-phone': { path: '/insights/money', size: phone },
  'minutes-tablet': {
    path: '/council/sbb-ost/sessions', size: tablet,
    async before(page) {
      await first(page, '/minutes', 'article[lang=de] section');
    },
  },
  'selection-desk': {
    path: '/council/sbb-ost/sessions', size: desk, person: 'chair-ost',
    async before(page) {
      await first(page, '/selection', '.selection__row');
      await page.locator('button[value=take-shares]').click();
      await page.locator('[data-basis=true]').waitFor();
      await page.locator('#proposals').evaluate(heading => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 16));
    },
  },
  'components-desk': { path: '/styleguide', size: desk },
};

const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
for (const name of asked.length ? asked : Object.keys(pictures)) {
  const { path, size, scheme = 'light', person, before } = pictures[name] ?? fail(name);
  const context = await browser.newContext({ baseURL: base, viewport: size, colorScheme: scheme, locale: 'de-DE', serviceWorkers: 'block', reducedMotion: 'reduce' });
  if (person) await context.request.post('/sign-in/demo', { headers: { Origin: base }, form: { person }, maxRedirects: 0 });
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'networkidle' });
  if (before) await before(page);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `src/docs/screenshots/${name}.png` });
  await context.close();
  console.log(name);
}
await browser.close();

// The first session of the list whose page below it shows something.
async function first(page, below, shows) {
  const sessions = await page.locator('.sessions a').evaluateAll(links => links.map(link => link.getAttribute('href')));
  for (const session of sessions) {
    await page.goto(session + below, { waitUntil: 'networkidle' });
    if (await page.locator(shows).count() > 0) return;
  }
  throw new Error(`No session shows ${shows}`);
}

function fail(name) {
  throw new Error(`There is no picture '${name}': ${Object.keys(pictures).join(', ')}`);
}
