// Lighthouse's mobile profile on the public pages of a running demo: a table, and a failure below the goals.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [base, work, ...asked] = process.argv.slice(2);
const paths = asked.length ? asked : [
  '/', '/ideas', '/ideas/1', '/ideas/new/place', '/districts', '/districts/ost', '/budgets', '/budgets/stadtbezirksbudget/sbb-ost/2026',
  '/council', '/council/sbb-ost/2026', '/about', '/allocation/how', '/audit', '/accessibility', '/privacy', '/imprint', '/sign-in',
  '/ideas/lookup', '/watches',
];
const goals = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
const chrome = '--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
let failed = 0;

console.log(`${'page'.padEnd(44)} perf a11y best  seo    LCP    TBT   CLS     KB`);
for (const path of paths) {
  const out = join(work, 'report.json');
  const run = spawnSync(join(work, 'node_modules/.bin/lighthouse'), [base + path, '--quiet', '--output=json', `--output-path=${out}`,
    `--only-categories=${Object.keys(goals)}`, `--chrome-flags=${chrome}`, '--max-wait-for-load=30000'], { encoding: 'utf8', timeout: 120_000 });
  if (run.status !== 0) {
    console.log(`${path.padEnd(44)} ${(run.stderr || 'no answer').trim().split('\n').pop()}`);
    failed++;
    continue;
  }
  const { categories, audits } = JSON.parse(readFileSync(out));
  const score = name => Math.round((categories[name].score ?? 0) * 100);
  const below = Object.entries(goals).filter(([name, goal]) => score(name) < goal).map(([name]) => name);
  const value = name => audits[name]?.numericValue ?? 0;
  console.log([path.padEnd(44), ...Object.keys(goals).map(name => String(score(name)).padStart(4)),
    `${(value('largest-contentful-paint') / 1000).toFixed(1)}s`.padStart(6), `${Math.round(value('total-blocking-time'))}ms`.padStart(6),
    value('cumulative-layout-shift').toFixed(3).padStart(5), (value('total-byte-weight') / 1024).toFixed(0).padStart(6)].join(' '));
  for (const name of below) {
    failed++;
    for (const { id, weight } of categories[name].auditRefs) {
      const { score: part, title, displayValue } = audits[id];
      if (weight > 0 && part !== null && part < 0.9) console.log(`  ${name}: ${title}${displayValue ? ` (${displayValue})` : ''}`);
    }
  }
}
console.log(failed === 0 ? `${paths.length} pages, all goals met` : `${failed} goals missed`);
process.exit(failed === 0 ? 0 : 1);
