import type { FileTouch } from './files.ts';
import type { CommandLine } from './line.ts';
import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const STORES =
  /\.password-store(?:\/|$)|Bitwarden(?: CLI)?\/data\.json|\.config\/1Password|\.kdbx?$|filezilla\/(?:sitemanager|recentservers|filezilla)\.xml|\.remmina\/|remmina\/\S+\.remmina$|\.purple\/accounts\.xml|\.config\/(?:Slack|Signal|discord|Element|teams)\/|\.local\/share\/(?:keyrings|kwalletd|TelegramDesktop)|\.google_authenticator$|\.config\/(?:gh|hub|glab-cli)\/?(?:hosts\.yml|config\.yml)?$|\.config\/doctl|\.cargo\/credentials|\.gem\/credentials|\.subversion\/auth|\.msmtprc$|\.fetchmailrc$|\.smbcredentials|\.cifs|\.my\.cnf$|\.npmrc$|\.composer\/auth\.json|\.m2\/settings\.xml|\.config\/rclone\/rclone\.conf|\.ssh\/(?:id_|identity)|\.mylogin\.cnf$|\.psql_history$|\.mysql_history$|\.hashicorp|\.terraform\.d|\.jupyter\/jupyter\S*_config/;
const TLS_KEYS =
  /\/etc\/(?:ssl\/private\/|letsencrypt\/(?:live|archive)\/\S*privkey|pki\/tls\/private\/|kubernetes\/pki\/\S*\.key|nginx\/\S*\.key|openvpn\/\S*\.(?:key|p12)|wireguard\/\S+\.conf|ipsec\.secrets|swanctl\/private|docker\/\S*key\.pem)/;
const APP_SECRETS =
  /(?:wp-config\.php|configuration\.php|settings\.php|LocalSettings\.php|config\/database\.yml|config\/secrets\.yml|credentials\.xml|master\.key|hudson\.util\.Secret|tomcat-users\.xml|\/etc\/(?:ppp\/(?:chap|pap)-secrets|samba\/(?:smbpasswd|secrets\.tdb)|postfix\/sasl_passwd|mysql\/debian\.cnf|exim4\/passwd\.client|grafana\/grafana\.ini|ansible\/vault\S*|kubernetes\/admin\.conf|rancher\/k3s\/k3s\.yaml))$/;
const MAIL = /^\/var\/(?:spool\/)?mail\/|\/Maildir(?:\/|$)|\.thunderbird(?:\/|$)|\.mbox$|\/mail\/inbox/i;

const TAKES =
  /^(?:cp|gcp|tar|zip|7z|gzip|scp|rsync|curl|wget|nc|ncat|base64|xxd|strings|dd|openssl|socat|mv|gpg)$/;
const SHOWS = /^(?:cat|less|more|head|tail|grep|egrep|awk|sed|jq|xmllint|cut|strings|od|hexdump|rg|bat)$/;

const has = (line: CommandLine, path: RegExp, test: (touch: FileTouch) => boolean) =>
  line.read.some((touch) => path.test(touch.path) && test(touch));

/** Of somebody else, or many at once. */
const ofOthers = (path: string) => /^\/(?:home\/|root\/|var\/lib\/)|\*/.test(path);

/** The places where programs keep what nobody else should see. */
export const secretStores: readonly Indicator[] = [
  {
    id: 'secret-store-taken',
    family: 'credential-access',
    techniques: ['T1555', 'T1555.005', 'T1552.001'],
    weight: 0.45,
    says: 'takes what a program keeps secret',
    needs: 'read',
    whenLine: (line) =>
      has(line, STORES, ({ call, path }) => {
        const target = call.args.at(-1) ?? '';
        if (STORES.test(target) && call.args.length > 1 && path !== target) return false;
        return (
          (TAKES.test(call.program) &&
            (call.program !== 'cp' && call.program !== 'mv'
              ? true
              : TEMPORARY.test(`${target}/`) || ofOthers(path))) ||
          (SHOWS.test(call.program) &&
            (ofOthers(path) ||
              /sitemanager|recentservers|accounts\.xml|keyrings|kwallet|google_authenticator|Bitwarden|\.cargo|\.gem|\.m2|\.mylogin|\.subversion/.test(
                path,
              )))
        );
      }),
  },
  {
    id: 'many-secrets-shown',
    family: 'credential-access',
    techniques: ['T1552.001'],
    weight: 0.42,
    says: 'reads several files with passwords at once',
    needs: 'read',
    whenLine: (line) =>
      new Set(
        line.read
          .filter(({ path, call }) => STORES.test(path) && SHOWS.test(call.program))
          .map(({ path }) => path),
      ).size > 1,
  },
  {
    id: 'tls-key-taken',
    family: 'credential-access',
    techniques: ['T1552.004', 'T1649'],
    weight: 0.42,
    says: 'takes the private key of a service',
    needs: 'read',
    whenLine: (line) =>
      has(
        line,
        TLS_KEYS,
        ({ call }) =>
          /^(?:base64|curl|wget|nc|ncat|xxd|strings)$/.test(call.program) ||
          (TAKES.test(call.program) && TEMPORARY.test(`${call.args.at(-1)}/`)),
      ),
  },
  {
    id: 'service-secret-shown',
    family: 'credential-access',
    techniques: ['T1552.001'],
    weight: 0.42,
    says: 'looks for the password of a service in its settings',
    needs: 'read',
    whenLine: (line) =>
      has(
        line,
        APP_SECRETS,
        ({ call }) =>
          (/^(?:grep|egrep|rg|awk|sed)$/.test(call.program) && /pass|secret|user|DB_|key/i.test(call.text)) ||
          /^(?:base64|curl|nc|ncat|xxd|strings)$/.test(call.program) ||
          (TAKES.test(call.program) && TEMPORARY.test(`${call.args.at(-1)}/`)),
      ),
  },
  {
    id: 'mail-taken',
    family: 'collection',
    techniques: ['T1114.001'],
    weight: 0.45,
    says: 'takes or searches the mail of others',
    needs: 'read',
    programs: ['doveadm'],
    whenLine: (line) =>
      has(
        line,
        MAIL,
        ({ call, path }) =>
          (TAKES.test(call.program) &&
            (/\*|^\/(?:home|root)\//.test(path) || TEMPORARY.test(`${call.args.at(-1)}/`))) ||
          (SHOWS.test(call.program) && path.includes('*')) ||
          (/^(?:grep|egrep|rg)$/.test(call.program) && /pass|secret|token|login/i.test(call.text)),
      ) ||
      line.calls.some(({ program, text }) => program === 'doveadm' && /^(?:fetch|search|dump)\b/.test(text)),
  },
  {
    id: 'mail-sent-on',
    family: 'collection',
    techniques: ['T1114.003', 'T1564.008'],
    weight: 0.42,
    says: 'has mail forwarded or thrown away without a word',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how, content }) =>
          how !== 'remove' &&
          ((/\/\.forward$/.test(path) && /@|\|/.test(content ?? '')) ||
            (/\/\.procmailrc$/.test(path) && /\/dev\/null|^\s*!|@/.test(content ?? ''))),
      ),
  },
  {
    id: 'password-manager-asked',
    family: 'credential-access',
    techniques: ['T1555.005'],
    weight: 0.45,
    says: 'has a password manager hand out everything',
    programs: [
      'bw',
      'op',
      'keepassxc-cli',
      'kpcli',
      'lpass',
      'rbw',
      'gopass',
      'secret-tool',
      'kwallet-query',
      'seahorse',
    ],
    when: ({ program, text }) =>
      program === 'secret-tool'
        ? /^search\b.*--all/.test(text)
        : program === 'kwallet-query'
          ? /-[lr]\b/.test(text)
          : !/--search/.test(text) &&
            /^(?:list\s+items|export\b|item\s+list|item\s+get|ls\b.*--long|show\b.*--all|list\b)/.test(text),
  },
  {
    id: 'key-ring-asked',
    family: 'credential-access',
    techniques: ['T1555', 'T1555.003'],
    weight: 0.45,
    says: 'asks a key ring or a browser’s store out of the line',
    programs: ['dbus-send', 'gdbus', 'busctl', 'qdbus', 'python', 'nmcli', 'keyctl'],
    whenLine: ({ calls }) =>
      calls.some(({ program, text }) =>
        program === 'dbus-send' || program === 'gdbus' || program === 'busctl' || program === 'qdbus'
          ? /freedesktop\.secrets|kwalletd/.test(text)
          : program === 'python'
            ? /keyring\.get_(?:password|credential)|secretstorage|browser_cookie3|browsercookie|win32crypt|pykeepass/.test(
                text,
              )
            : program === 'nmcli'
              ? /(?:^|\s)(?:-s|--show-secrets)\b/.test(text) && /psk|wifi|connection|con\b/.test(text)
              : program === 'keyctl' && /^(?:print|read|pipe)\b/.test(text),
      ),
  },
  {
    id: 'registry-password-decoded',
    family: 'credential-access',
    techniques: ['T1552.001', 'T1140'],
    weight: 0.45,
    says: 'decodes a password out of a settings file',
    needs: 'input',
    when: ({ program, text, upstream }) =>
      /^(?:base64|openssl)$/.test(program) &&
      /(?:^|\s)-(?:d|D|-decode)\b/.test(text) &&
      upstream.some(
        (one) =>
          /\.docker\/config\.json|\.auths?\b|\.data\.|secret|jsonpath/.test(one.text) &&
          /^(?:cat|jq|grep|kubectl|docker)$/.test(one.program),
      ) &&
      upstream.some((one) => /\.docker\/config\.json|\.kube\/config|-A\b|kube-system/.test(one.text)),
  },
  {
    id: 'tickets-used',
    family: 'credential-access',
    techniques: ['T1558', 'T1550.003'],
    weight: 0.42,
    says: 'uses Kerberos tickets or keys that belong to the machine or to others',
    programs: ['klist', 'kinit', 'ktutil', 'export', 'smbclient', 'ssh', 'ldapsearch', 'impacket-psexec'],
    whenLine: ({ calls, assignments }) => {
      const borrowed = (text: string) => /^KRB5CCNAME=(?:FILE:)?\/tmp\//.test(text);
      return (
        assignments.some(borrowed) ||
        calls.some(
          ({ program, text, environment }) =>
            environment.some(borrowed) ||
            (program === 'klist' && /-[a-zA-Z]*k/.test(text) && /keytab/.test(text)) ||
            (program === 'kinit' && /\/etc\/krb5\.keytab/.test(text)) ||
            (program === 'ktutil' && text !== ''),
        )
      );
    },
  },
  {
    id: 'asks-for-a-password-in-disguise',
    family: 'credential-access',
    techniques: ['T1056.002'],
    weight: 0.42,
    says: 'asks somebody for a password in a window and keeps the answer',
    programs: ['zenity', 'kdialog', 'yad', 'dialog', 'whiptail', 'systemd-ask-password'],
    when: ({ text, redirects }) =>
      /--password(?:box)?\b/.test(text) &&
      (redirects.some(({ operator, fd }) => operator.startsWith('>') && fd !== 2) ||
        /authenti|sudo|system|update|administrator|your password/i.test(text)),
  },
  {
    id: 'database-accounts-read',
    family: 'credential-access',
    techniques: ['T1213.006', 'T1003'],
    weight: 0.45,
    says: 'reads the accounts and password hashes of a database or an application',
    programs: ['mysql', 'mariadb', 'psql', 'sqlite3', 'mongo', 'mongosh', 'sudo', 'redis-cli'],
    when: ({ program, text }) =>
      program === 'redis-cli'
        ? /config\s+get\s+requirepass|acl\s+list/i.test(text)
        : /authentication_string|mysql\.user\b.*pass|pg_shadow|pg_authid|system\.users/i.test(text) ||
          (program === 'sqlite3' &&
            /^\/(?:var|opt|home|etc)\//.test(text) &&
            /select\s.*(?:\*|pass|hash|salt|token|secret).*\bfrom\s+(?:auth_)?(?:users?|accounts?|logins|credentials?|passwords?)\b/i.test(
              text,
            )),
  },
];
