// Every page that a link leads to, as each person of the demo cast sees it: fetched from a running demo on this machine.

const MOST_A_PERSON = 150;
const people = ['', 'resident-1', 'coordinator-ost', 'chair-ost', 'councillor-ost-1', 'office', 'admin', 'auditor'];

async function signIn(base, person) {
  if (!person) return '';
  const answer = await fetch(`${base}/sign-in/demo`, {
    method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: base },
    body: new URLSearchParams({ person }),
  });
  if (answer.status !== 303) throw new Error(`Cannot sign in as ${person}: ${answer.status}`);
  return answer.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; ');
}

// Of addresses that differ in numbers, names of districts or questions, three are enough.
const shape = url => url.pathname.split('/').map((part, i) => i < 2 || /^[a-z-]{2,}$/.test(part) && !/^(sbb|ob|or)-/.test(part) ? part : '*').join('/')
  + [...url.searchParams.keys()].sort().map(key => `?${key}`).join('');

/** Yields {person, path, html}. */
export async function* pages(base) {
  for (const person of people) {
    const cookie = await signIn(base, person);
    const waiting = ['/', '/nowhere'];
    const met = new Set(waiting);
    const shapes = new Map();
    for (let i = 0; i < waiting.length && i < MOST_A_PERSON; i++) {
      const path = waiting[i];
      const answer = await fetch(base + path, { redirect: 'follow', headers: { Cookie: cookie, Accept: 'text/html', 'Accept-Language': 'de' } });
      if (path === '/' && answer.status !== 200) throw new Error(`${base} answers ${answer.status} to ${person || 'a guest'}: is that the address the demo runs at?`);
      const html = await answer.text();
      if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
      yield { person, path, status: answer.status, html };
      for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"#]+)/g)) {
        const url = new URL(href.replaceAll('&amp;', '&'), answer.url);
        const next = url.pathname + url.search;
        if (url.origin !== new URL(base).origin || met.has(next)) continue;
        const like = shape(url);
        const seen = shapes.get(like) ?? 0;
        if (seen >= 3) continue;
        shapes.set(like, seen + 1);
        met.add(next);
        waiting.push(next);
      }
    }
  }
}
