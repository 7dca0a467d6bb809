import { failed, messagesOf, refused, succeeded } from './form.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

export const phpmyadmin = messagesOf(
  'phpmyadmin',
  ['phpMyAdmin', 'phpmyadmin'],
  [
    failed(
      'authentication_failure',
      form(
        `user denied: (?<user>.*) \\((?:mysql-denied|root-denied|allow-denied|empty-denied)\\) from ${ADDR}`,
      ),
    ),
    succeeded(form(`user authenticated: (?<user>.*) from ${ADDR}`)),
  ],
);

/** The WP fail2ban plugin, which speaks as `wordpress(SITE)`. */
export const wordpress = messagesOf(
  'wordpress',
  ['wordpress', 'wp'],
  [
    failed('authentication_failure', form(`Authentication failure for (?<user>.*) from ${ADDR}`)),
    failed('invalid_user', form(`Authentication attempt for unknown user (?<user>.*) from ${ADDR}`)),
    failed(
      'authentication_failure',
      form(`(?:REST|XML-RPC) authentication failure for (?<user>.*) from ${ADDR}`),
    ),
    failed(
      'invalid_user',
      form(`(?:REST|XML-RPC) authentication attempt for unknown user (?<user>.*) from ${ADDR}`),
    ),
    failed('multicall', form(`XML-RPC multicall authentication failure (?:for (?<user>.*) )?from ${ADDR}`)),
    succeeded(form(`Accepted password for (?<user>.*) from ${ADDR}`)),
    refused('blocked', form(`Blocked authentication attempt for (?<user>.*) from ${ADDR}`)),
    refused('user_enumeration', form(`Blocked user enumeration attempt from ${ADDR}`)),
    refused(
      'xmlrpc',
      form(
        `(?:XML-RPC request blocked from|Untrusted X-Forwarded-For header from|Pingback (?:error .{1,200} generated|requested) from|Spam comment \\d{1,12} from|Spammed comment from) ${ADDR}`,
      ),
    ),
  ],
);

/** Drupal's syslog module: `SITE|TIME|TYPE|ADDRESS|URI|REFERER|UID|LINK|MESSAGE`, the address before URI and name. */
const DRUPAL = `[^|]{1,255}\\|\\d{9,11}\\|user\\|${ADDR}\\|[^|]*\\|[^|]*\\|\\d{1,12}\\|[^|]*\\|`;
export const drupal = messagesOf(
  'drupal',
  ['drupal'],
  [
    failed(
      'authentication_failure',
      form(`${DRUPAL}Login attempt failed (?:for (?<user>.*)|from [0-9A-Fa-f:.]{2,64})\\.`),
    ),
    succeeded(form(`${DRUPAL}Session opened for (?<user>.*)\\.`)),
  ],
);
