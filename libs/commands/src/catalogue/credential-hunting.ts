import type { Call } from './line.ts';
import type { Indicator } from './port.ts';

const BROWSER =
  /\.mozilla\/firefox|\.config\/(?:google-chrome|chromium|BraveSoftware)|logins\.json|key[34]\.db|Login Data|cookies\.sqlite|\.thunderbird|\.local\/share\/keyrings|\.gnome2\/keyrings|kwallet/;

/** Names that are looked for by those who want other people's keys. */
const KEY_NAMES =
  /(?:^|[\s"'*/=|])(?:id_(?:rsa|dsa|ecdsa|ed25519)|\*?\.pem|\*?\.ppk|\*?\.p12|\*?\.pfx|\*?\.kdbx?|\*?\.key|\*?\.asc|\*?\.gpg|\*?\.jks|\*?\.keystore|\*?\.ovpn|\*?\.rdp|\.?netrc|\.git-credentials|\.pgpass|\.htpasswd|wp-config\.php|msal_token_cache\.json|accessTokens\.json|credentials\.db|access_tokens\.db|\.gnupg|authorized_keys|shadow|\.docker\/config\.json|\.aws|credentials|\.vault-token|known_hosts|\*vnc\*|\*password\*|\*passwd\*|\*secret\*|\*credential\*|\*token\*|\.env)(?:$|[\s"'*|])/;

const HIGH = /^(?:\/|\/home|\/root|\/etc|\/var|\/opt|\/Users|\/\/\S*|\/usr|\/srv|\/mnt)\/?$/;

/** Where find begins to look: everything before its first test. */
function startsHigh({ args }: Call): boolean {
  for (const arg of args) {
    if (arg.startsWith('-') || arg === '!' || arg === '(') return false;
    if (HIGH.test(arg) || arg.startsWith('//') || arg.startsWith('/home')) return true;
  }
  return false;
}

function startsHighArgs(args: readonly string[]): boolean {
  return HIGH.test(args[0] ?? '') || (args[0] ?? '').startsWith('/home');
}

export const credentialHunting: readonly Indicator[] = [
  {
    id: 'key-hunt',
    family: 'credential-access',
    techniques: ['T1552.001', 'T1552.004'],
    weight: 0.5,
    says: 'looks through the machine for keys and passwords',
    programs: ['find', 'locate', 'fd', 'plocate', 'mlocate'],
    when: (call) =>
      call.program === 'find'
        ? startsHigh(call) &&
          /-i?(?:name|path|regex|wholename)/.test(call.text) &&
          KEY_NAMES.test(call.text) &&
          !/-(?:perm|newer|mtime|delete|empty|size)/.test(call.text)
        : KEY_NAMES.test(call.text),
  },
  {
    id: 'key-hunt-copies',
    family: 'credential-access',
    techniques: ['T1552.004', 'T1005'],
    weight: 0.3,
    says: 'and copies what it finds',
    programs: ['find'],
    when: (call) =>
      KEY_NAMES.test(call.text) && /-exec\s+(?:cp|gcp|rsync|tar|cat|scp|mv|base64|curl|nc)\s/.test(call.text),
  },
  {
    id: 'password-hunt',
    family: 'credential-access',
    techniques: ['T1552.001'],
    weight: 0.5,
    says: 'searches files for passwords and keys',
    programs: ['grep', 'egrep', 'fgrep', 'rg', 'zgrep', 'ack', 'ag', 'xargs', 'git'],
    when: ({ args, text, program }) => {
      if (program === 'xargs' || program === 'git') return false;
      const wants =
        /(?:^|[\s"'|(\\])(?:pass(?:word|wd|phrase)?s?|pwd|secrets?|api[_-]?keys?|credentials?|private[_ -]key|BEGIN [A-Z ]*PRIVATE KEY|aws_(?:secret|access)\w*|AKIA|token|db_pass\w*)(?:$|[\s"'|=:)\\.*[])/i;
      const recursive =
        args.some((arg) => /^-[a-zA-Z]*[rR]/.test(arg) || arg === '--recursive') || program === 'rg';
      return (
        recursive &&
        wants.test(text) &&
        args.some((arg) =>
          /^(?:\/|~\/?|\/home\S*|\/etc\/?|\/root\S*|\/var(?:\/www|\/log|\/lib)?\/?|\/opt\/?|\/usr\/?|\/srv\/?|\$HOME\/?|\/Users\S*|\/mnt\/?)$/.test(
            arg,
          ),
        )
      );
    },
  },
  {
    id: 'history-hunt',
    family: 'credential-access',
    techniques: ['T1552.003'],
    weight: 0.5,
    says: 'searches shell histories for passwords',
    programs: ['grep', 'egrep', 'fgrep', 'zgrep', 'rg', 'awk'],
    when: ({ text, upstream }) =>
      /pass|pwd|secret|token|key|ssh/i.test(text) &&
      (/_history\b|\.history\b/.test(text) ||
        upstream.some((one) =>
          one.program === 'history'
            ? /pass|secret|token/i.test(text)
            : /_history\b|\.history\b/.test(one.text),
        )),
  },
  {
    id: 'credential-folder-hunt',
    family: 'credential-access',
    techniques: ['T1552.001'],
    weight: 0.5,
    says: 'looks into the folders where tools keep their credentials',
    programs: ['find'],
    when: ({ args, text }) =>
      /(?:^|\/)\.(?:aws|azure|oci|kube|gnupg|ssh|docker|config\/gcloud|mozilla|thunderbird)(?:\/|$)/.test(
        args[0] ?? '',
      ) &&
      /-i?name/.test(text) &&
      /token|cred|key|secret|pass|\.db|json|id_/.test(text) &&
      !/^(?:~|\$HOME)/.test(args[0] ?? ''),
  },
  {
    id: 'browser-history-hunt',
    family: 'credential-access',
    techniques: ['T1217', 'T1555.003'],
    weight: 0.45,
    says: 'looks for what people did in their browsers',
    programs: ['find', 'sqlite3', 'cp', 'cat', 'strings'],
    when: ({ text, program, args }) =>
      /places\.sqlite|(?:chrome|chromium|BraveSoftware|Edge)\S*\/(?:\S*\/)?(?:Bookmarks|History|Login Data|Cookies|Web Data)/i.test(
        text,
      ) &&
      (program !== 'find' || startsHighArgs(args))
        ? true
        : program === 'find' &&
          startsHighArgs(args) &&
          /-i?name\s+["']?(?:Bookmarks|History|Cookies|Login Data|Web Data|cookies\.sqlite|formhistory\.sqlite|Maildir|\*?\.mbox|\*?\.pst|\*?\.eml)(?:["'\s]|$)/.test(
            text,
          ),
  },
  {
    id: 'browser-secrets',
    family: 'credential-access',
    techniques: ['T1555.003', 'T1539'],
    weight: 0.5,
    says: 'reads what a browser or a key ring keeps secret',
    programs: [
      'cat',
      'cp',
      'tar',
      'zip',
      'sqlite3',
      'strings',
      'find',
      'grep',
      'scp',
      'rsync',
      'gcp',
      'python',
      'secret-tool',
      '7z',
      'base64',
    ],
    when: (call) =>
      /^(?:cat|cp|tar|zip|sqlite3|strings|find|grep|scp|rsync|gcp|python|secret-tool|7z|base64)$/.test(
        call.program,
      ) &&
      (BROWSER.test(call.text) || (call.program === 'secret-tool' && /search|lookup/.test(call.text))) &&
      (call.program !== 'find' || startsHigh(call)),
  },
];
