import { createTransport } from 'nodemailer';
import { DeliveryError, type Notifier, type Render } from '../port.ts';
import { cut, visible } from '../wording.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte (465). `starttls`: required, or nothing is sent (587). `none`: for loopback. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
  readonly to: readonly string[];
  /** PEM of the authority to trust instead of the system's. */
  readonly ca?: string | undefined;
  readonly render: Render;
}

const TIMEOUT_MS = 15_000;

/** Mail by SMTP. Plain text only; an alert keeps its Message-ID over repeated attempts, so that readers show it once. */
export function smtp(settings: SmtpSettings): Notifier {
  const { host, port, security, user, password, ca } = settings;
  const domain =
    settings.from.slice(settings.from.lastIndexOf('@') + 1).replace(/[^a-z0-9.-]/gi, '') || 'nadir';
  return {
    kind: 'smtp',
    async send(alert, signal) {
      const transport = createTransport({
        host,
        port,
        secure: security === 'tls',
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
        ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
        ...(ca === undefined ? {} : { tls: { ca } }),
        connectionTimeout: TIMEOUT_MS,
        greetingTimeout: TIMEOUT_MS,
        socketTimeout: TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const close = () => transport.close();
      signal.addEventListener('abort', close, { once: true });
      try {
        await transport.sendMail({
          from: settings.from,
          to: [...settings.to],
          subject: `[${alert.level}] ${cut(visible(alert.title), 150)}`,
          text: settings.render(alert),
          messageId: `<${alert.id.replace(/[^\w.-]/g, '-')}@${domain}>`,
          headers: { 'auto-submitted': 'auto-generated', 'x-nadir-level': alert.level },
        });
      } catch (error) {
        throw failure(error, user, password);
      } finally {
        signal.removeEventListener('abort', close);
        transport.close();
      }
    },
  };
}

/** SMTP's 4yz replies and connection failures are transient, 5yz and a refused login are not (RFC 5321 4.2.1). */
function failure(error: unknown, user = '', password?: string): DeliveryError {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  // As it is, and as it is sent: AUTH LOGIN and AUTH PLAIN in base64.
  const secrets = password
    ? [password, ...[password, `\0${user}\0${password}`].map((text) => Buffer.from(text).toString('base64'))]
    : [];
  const safe = secrets
    .reduce(
      (words, secret) => words.replaceAll(secret, '***'),
      visible(message ?? 'the mail could not be sent'),
    )
    .slice(0, 200);
  const transient =
    responseCode === undefined ? code !== 'EAUTH' && code !== 'EENVELOPE' : responseCode < 500;
  return new DeliveryError(safe, { transient });
}
