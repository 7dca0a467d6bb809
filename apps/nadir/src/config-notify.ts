import { port, secret } from '@suite/config';
import { unknownPlaces } from '@suite/notify/template';
import { z } from 'zod';

const text = (description: string, max = 1024) => z.string().min(1).max(max).describe(description);

const httpUrl = (description: string) =>
  z
    .url({ protocol: /^https?$/, error: 'expected an address such as https://ntfy.sh' })
    .refine((value) => !/^[a-z]+:\/\/[^/]*@/i.test(value), {
      error: 'must hold no user or password; secrets have keys of their own, with _file',
    })
    .describe(description);

const template = z
  .string()
  .max(16_384)
  .superRefine((value, context) => {
    for (const name of unknownPlaces(value))
      context.addIssue({ code: 'custom', message: `{{${name}}} stands for nothing` });
  })
  .describe(
    'Own wording; `{{title}}`, `{{text}}`, `{{next}}`, `{{lines}}`, `{{source.address}}` and others are filled in.',
  )
  .optional();

/** What every channel has. */
const common = {
  name: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected 1 to 64 letters, digits, dots, dashes or underscores')
    .describe('What the channel is called; unique among all.'),
  min_level: z
    .enum(['informational', 'low', 'medium', 'high', 'critical'])
    .describe('Alerts below this are not told here.')
    .prefault('medium'),
  max_per_hour: z
    .int()
    .min(1)
    .max(10_000)
    .describe('Messages an hour; what is beyond is told as one. Critical ones are never held back.')
    .prefault(30),
};

const list = <S extends z.ZodType>(schema: S, description: string) =>
  z.array(schema).describe(description).prefault([]);

/** Ways to reach a person. */
export const notify = z
  .strictObject({
    ntfy: list(
      z.strictObject({
        ...common,
        url: httpUrl('The server.').prefault('https://ntfy.sh'),
        topic: text('Topic; who knows it can read it, so make it long or protect it.', 64),
        token: secret().describe('Access token.').optional(),
        template,
      }),
      'ntfy topics.',
    ),
    gotify: list(
      z.strictObject({
        ...common,
        url: httpUrl('The server.'),
        token: secret().describe('Application token.'),
        template,
      }),
      'Gotify servers.',
    ),
    discord: list(
      z.strictObject({
        ...common,
        url: secret().describe("The webhook's address; it is a secret."),
        template,
      }),
      'Discord webhooks.',
    ),
    slack: list(
      z.strictObject({
        ...common,
        url: secret().describe("The webhook's address; it is a secret."),
        template,
      }),
      'Slack incoming webhooks; Mattermost and Rocket.Chat take the same.',
    ),
    telegram: list(
      z.strictObject({
        ...common,
        token: secret().describe("The bot's token."),
        chat: text('Chat id, or `@channel`.', 128),
        url: httpUrl("The Bot API's server.").prefault('https://api.telegram.org'),
        template,
      }),
      'Telegram bots.',
    ),
    matrix: list(
      z.strictObject({
        ...common,
        url: httpUrl('The home server.'),
        token: secret().describe('Access token of the account that writes.'),
        room: text('Room id, such as `!abc:example.org`; the account must be in it.', 255),
        template,
      }),
      'Matrix rooms.',
    ),
    smtp: list(
      z.strictObject({
        ...common,
        host: text('Mail server.', 253),
        port: port().describe('Its port.').prefault(587),
        security: z
          .enum(['starttls', 'tls', 'none'])
          .describe('`starttls` is required when chosen, never tried; `none` is for loopback.')
          .prefault('starttls'),
        user: text('Login.', 320).optional(),
        password: secret().describe('Password to it.').optional(),
        from: text('Sender.', 320),
        to: z.array(text('Recipient.', 320)).min(1).max(50).describe('Recipients.'),
        ca: text(
          'Authority of the server’s certificate (PEM file), instead of the system’s.',
          4096,
        ).optional(),
        template,
      }),
      'Mail.',
    ),
    webhook: list(
      z.strictObject({
        ...common,
        url: secret().describe('Where the alert is posted; it may be a secret.'),
        authorization: secret().describe('Whole `Authorization` header.').optional(),
        content_type: text('Type of the body.', 128).prefault('application/json'),
        template,
      }),
      'Any address: the alert as JSON, or as the template says.',
    ),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>();
    for (const [kind, channels] of Object.entries(value))
      for (const [index, { name }] of channels.entries()) {
        if (seen.has(name))
          context.addIssue({
            code: 'custom',
            path: [kind, index, 'name'],
            message: 'another channel has this name',
          });
        seen.add(name);
      }
  });
