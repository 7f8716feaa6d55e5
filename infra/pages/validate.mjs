// Holds the HTML of all pages of a running demo against the validator; says which page and which line.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './pages.mjs';

const [base, work] = process.argv.slice(2);
const folder = join(work, 'pages');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const names = new Map();
for await (const { person, path, html } of pages(base)) {
  const file = join(folder, `${names.size}.html`);
  writeFileSync(file, html);
  names.set(`${names.size}.html`, `${path}${person && ` as ${person}`}`);
}
const jar = join(work, 'node_modules/vnu-jar/build/dist/vnu.jar');
const run = spawnSync('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--errors-only', '--skip-non-html', folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
// On a phone the parts of a table are blocks and flexes, which takes their roles from them unless these are written out.
const meant = /^The “role” attribute must not be used on a “t[rhd]” element which has a “table” ancestor/;
const messages = JSON.parse(run.stderr).messages.filter(({ message }) => !meant.test(message));
const met = new Map();
for (const { url, message, lastLine, extract } of messages) {
  const page = names.get(url.split('/').pop());
  const same = met.get(message) ?? { page, line: lastLine, extract, times: 0 };
  same.times++;
  met.set(message, same);
}
for (const [message, { page, line, extract, times }] of met) {
  console.log(`${message}\n  ${page}, line ${line}${times > 1 ? `, and ${times - 1} times more` : ''}\n  ${extract.replace(/\s+/g, ' ').trim()}`);
}
console.log(`${names.size} pages, ${messages.length} errors`);
process.exit(names.size > 0 && messages.length === 0 ? 0 : 1);
