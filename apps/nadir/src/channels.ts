import { readFile } from 'node:fs/promises';
import {
  type Channel,
  discord,
  fillTemplate,
  gotify,
  matrix,
  type Notifier,
  ntfy,
  plainText,
  slack,
  smtp,
  telegram,
  webhook,
} from '@suite/notify';
import type { NadirConfig } from './config.ts';
import { nadirErrors } from './errors.ts';
import { reasonOf } from './reason.ts';

/** The configured ways to reach a person. @throws when a mail server's authority cannot be read. */
export async function createChannels({ notify }: NadirConfig): Promise<readonly Channel[]> {
  const context = { fetch };
  const channel = (
    one: { readonly name: string; readonly min_level: Channel['minLevel']; readonly max_per_hour: number },
    notifier: Notifier,
  ): Channel => ({ name: one.name, minLevel: one.min_level, maxPerHour: one.max_per_hour, notifier });
  return [
    ...notify.ntfy.map((one) => channel(one, ntfy(worded(one), context))),
    ...notify.gotify.map((one) => channel(one, gotify(worded(one), context))),
    ...notify.discord.map((one) => channel(one, discord(worded(one), context))),
    ...notify.slack.map((one) => channel(one, slack(worded(one), context))),
    ...notify.telegram.map((one) => channel(one, telegram(worded(one), context))),
    ...notify.matrix.map((one) => channel(one, matrix(worded(one), context))),
    ...(await Promise.all(
      notify.smtp.map(async (one) => channel(one, smtp(await withAuthority(worded(one))))),
    )),
    ...notify.webhook.map(({ content_type: contentType, ...one }) =>
      channel(one, webhook({ ...one, contentType }, context)),
    ),
  ];
}

function worded<T extends { readonly template?: string | undefined }>(settings: T) {
  const { template, ...rest } = settings;
  return { ...rest, render: template === undefined ? plainText : fillTemplate(template) };
}

async function withAuthority<T extends { readonly ca?: string | undefined }>(settings: T) {
  const { ca: path, ...rest } = settings;
  if (path === undefined) return rest;
  const ca = await readFile(path, 'utf8').catch((error: unknown) => {
    throw nadirErrors.NADIR_TLS_INVALID({ path, reason: reasonOf(error) }, { cause: error });
  });
  return { ...rest, ca };
}
