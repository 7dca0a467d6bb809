import { AllowList } from '../allow-list.ts';
import { isPrivate } from '../network.ts';
import type { Detector, Observation, Report } from '../port.ts';
import type { WebSettings } from '../settings.ts';
import { listNames, plural, spanOf } from '../wording.ts';
import { DENIED, FLOOD, NOT_FOUND, POSTED, SCANNER } from './about.ts';
import { askerOf } from './client.ts';
import { isGuessing, nameOfTry } from './login-tries.ts';
import { isAsset, isCustomary, isLogin, isLoginForm, isProbe, pathOf } from './paths.ts';
import { WebStories } from './place-stories.ts';
import { RequestRate } from './request-rate.ts';
import { failedShare, Tallies } from './tally.ts';

const MOSTLY = 0.7;
/** So many answers make a client one that is at home here. */
const AT_HOME = 20;
/** Fewer distinct pages than these are no search: a client of one page that is gone. */
const SEARCHED = 10;
/** So many times as many posts as refusals: a form that takes a program's logins says nothing of their outcome. */
const POSTED_FACTOR = 3;

/** Methods of WebDAV clients: they ask whether a file is there before they send it. */
const ASKS_FIRST = new Set(['PROPFIND', 'REPORT', 'MKCOL', 'LOCK', 'UNLOCK', 'MOVE', 'COPY', 'SEARCH']);

/** What one client does to web servers over minutes: four rules over one tally, since each request is looked up once. */
export function webClients(options: WebSettings & { readonly allow: AllowList }): Detector {
  const windowUs = options.windowMs * 1000;
  const trusted = new AllowList(options.trustedProxies);
  const tallies = new Tallies(windowUs);
  const rate = new RequestRate(options.requestsPerMinute);
  const mostlyFails = (_: unknown, key: string) => failedShare(tallies.peek(key)) >= MOSTLY;
  const scanner = new WebStories({
    about: SCANNER,
    threshold: options.probes,
    windowUs,
    distinct: true,
    holds: mostlyFails,
    what: (story) =>
      `asked for ${plural(story.names.length + story.moreNames, 'page')} that are not there (${listNames(story, 4)}) within ` +
      `${spanOf(story.lastUs - story.firstUs)}, and for little else. People follow links; programs try lists`,
  });
  const notFound = new WebStories({
    about: NOT_FOUND,
    threshold: options.notFound,
    windowUs,
    holds: mostlyFails,
    level: (_, story) => (story.names.length < SEARCHED ? 'low' : 'medium'),
    what: (story) =>
      `asked ${plural(story.total, 'time')} within ${spanOf(story.lastUs - story.firstUs)} for what does not exist, and for little else`,
  });
  const denied = new WebStories({
    about: DENIED,
    threshold: options.denied,
    windowUs,
    holds: mostlyFails,
    level: (key, story) =>
      (tallies.peek(key)?.everOk ?? 0) >= AT_HOME || !isGuessing(story) ? 'low' : 'medium',
    what: (story) =>
      `was refused ${plural(story.total, 'time')} within ${spanOf(story.lastUs - story.firstUs)} (${listNames(story)}) and let in hardly ever. ` +
      'People give up after a few',
  });

  const posted = new WebStories({
    about: POSTED,
    threshold: options.denied * POSTED_FACTOR,
    windowUs,
    level: (key) => (isPrivate(key) ? 'low' : 'medium'),
    what: (story) =>
      `posted ${plural(story.total, 'time')} within ${spanOf(story.lastUs - story.firstUs)} to a login form (${listNames(story)}). ` +
      'Who is let in does not log in again',
  });

  function failed(
    seen: Observation,
    status: number,
    asker: ReturnType<typeof askerOf>,
    report: Report,
  ): void {
    const { record } = seen;
    const event = record.event!;
    const path = pathOf(event['url.original']);
    const method = event['http.request.method'] ?? '';
    const isTry = method === 'POST' && isLogin(path);
    if (status === 401 || status === 403 || isTry)
      denied.add(asker, record, nameOfTry(path, isTry, event['user.name']), 1, report);
    if (status === 401 || ASKS_FIRST.has(method)) return;
    if (isAsset(path) || isCustomary(path) || status === 429 || status >= 500) return;
    if (status === 404 || status === 410) notFound.add(asker, record, path, 1, report);
    scanner.add(asker, record, path, 1, report);
    // A name of its own, so that it counts once more.
    if (isProbe(path)) scanner.add(asker, record, `${path} `, 0, report);
  }

  return {
    rule: 'web-clients',
    about: [SCANNER, NOT_FOUND, DENIED, POSTED, FLOOD],
    wants: ['http_request'],
    observe(seen: Observation, report: Report) {
      const { record } = seen;
      const event = record.event!;
      const status = event['http.response.status_code'] ?? 0;
      const asker = askerOf(record, trusted);
      if (asker.address !== null && options.allow.has(asker.address)) return;
      const isFailure =
        (status >= 400 && status < 500) ||
        isRefusedLogin(event['http.request.method'], status, event['url.original']);
      const tally = tallies.count(asker.key, record.timeUs, isFailure);
      rate.see(asker, tally, record, report);
      if (isFailure) failed(seen, status, asker, report);
      else if (event['http.request.method'] === 'POST' && status < 400) {
        const path = pathOf(event['url.original']);
        if (isLoginForm(path)) posted.add(asker, record, path, 1, report);
      }
    },
    snapshot: () => ({
      tallies: tallies.snapshot(),
      rate: rate.snapshot(),
      scanner: scanner.snapshot(),
      notFound: notFound.snapshot(),
      denied: denied.snapshot(),
      posted: posted.snapshot(),
    }),
    restore(state) {
      const saved = (state ?? {}) as Record<string, unknown>;
      tallies.restore(saved.tallies);
      rate.restore(saved.rate);
      scanner.restore(saved.scanner);
      notFound.restore(saved.notFound);
      denied.restore(saved.denied);
      posted.restore(saved.posted);
    },
  };
}

/** WordPress answers a wrong password with its form again. */
function isRefusedLogin(method: string | undefined, status: number, url: string | undefined): boolean {
  return method === 'POST' && status === 200 && pathOf(url).endsWith('/wp-login.php');
}
