import { failed, messagesOf, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** Roundcube (index.php, rcube_imap): account left, address right; what X-Forwarded-For says in brackets is ignored. */
export const roundcube = messagesOf(
  'roundcube',
  ['roundcube'],
  [
    failed(
      'authentication_failure',
      form(
        `(?:<\\w{1,16}> )?(?:IMAP Error: )?(?:FAILED login|Failed login|Login failed) for (?<user>.*?)(?: against [\\w.:-]{1,255})? from ${ADDR}(?:\\(.*\\))?(?: in session \\w{1,64}.*|\\. .*)?`,
      ),
      ' from ',
    ),
    succeeded(
      form(
        `(?:<\\w{1,16}> )?Successful login for (?<user>.*) \\(ID: \\d{1,10}\\) from ${ADDR}(?:\\(.*\\))? in session \\w{1,64}`,
      ),
      ' from ',
    ),
  ],
);

export const roundcubeFormat = serviceFile({
  title: 'Roundcube’s errors and userlogins logs',
  head: /^\[(?<dmy>\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d)(?:\.\d{1,6})? [+-]\d{4}\]: (?=<\w{1,16}> |IMAP Error|Successful login|Failed login|PHP |DB Error|SMTP Error)/,
  parser: roundcube,
});

/** SOGo (SOGoRootPage.m): the address stands before the name. */
export const sogo = messagesOf(
  'sogo',
  ['sogod', 'sogo'],
  [
    failed(
      'authentication_failure',
      form(`SOGoRootPage Login from '${ADDR}' for user '(?<user>.*)' might not have worked.*`),
    ),
    succeeded(form(`SOGoRootPage successful login from '${ADDR}' for user '(?<user>.*)' - expire = .*`)),
  ],
);
