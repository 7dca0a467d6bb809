import type { FileTouch } from './files.ts';
import type { Call, CommandLine } from './line.ts';
import type { Indicator } from './port.ts';

const SHADOW =
  /(?:^|\/)etc\/(?:g?shadow|security\/passwd|master\.passwd|spwd\.db)-?$|\/\.?shadow\.(?:bak|old)$/;
const CLOUD =
  /(?:^|\/)\.aws\/(?:credentials|config)|\.azure\/(?:accessTokens|msal_token_cache|azureProfile)|\.config\/gcloud\/(?:credentials|access_tokens|application_default)|\.docker\/config\.json$|\.kube\/config$|\.oci\/(?:config|sessions)|\.netrc$|\.git-credentials$|\.pgpass$|\.my\.cnf$|\.vault-token$|\.terraform\.d\/credentials|\.config\/gh\/hosts\.yml|\.npmrc$|\.pypirc$|\.boto$|\.s3cfg$|\.rclone\.conf$/;
const BROWSER =
  /\.mozilla\/firefox|\.config\/(?:google-chrome|chromium|BraveSoftware)|logins\.json|key[34]\.db|Login Data|cookies\.sqlite|\.thunderbird|\.local\/share\/keyrings|\.gnome2\/keyrings|kwallet/;
const SERVICE_TOKEN = /\/run\/secrets\/kubernetes\.io\/serviceaccount|\/var\/run\/secrets\/\S*token/;
/** Names that are looked for by those who want other people's keys. */
const KEY_NAMES =
  /(?:^|[\s"'*/=|])(?:id_(?:rsa|dsa|ecdsa|ed25519)|\*?\.pem|\*?\.ppk|\*?\.p12|\*?\.pfx|\*?\.kdbx?|\*?\.key|\*?\.asc|\*?\.gpg|\*?\.jks|\*?\.keystore|\.?netrc|\.git-credentials|\.pgpass|\.htpasswd|wp-config\.php|msal_token_cache\.json|accessTokens\.json|credentials\.db|access_tokens\.db|\.gnupg|authorized_keys|shadow|\.docker\/config\.json|\.aws|credentials|\.vault-token|known_hosts|\*vnc\*|\*password\*|\*passwd\*|\*secret\*|\*credential\*|\*token\*|\.env)(?:$|[\s"'*|])/;

const HIGH = /^(?:\/|~|\$HOME|\/home|\/root|\/etc|\/var|\/opt|\/Users|\/\/\S*|\/usr|\/srv|\/mnt)\/?$/;

function read(line: CommandLine, path: RegExp, test: (touch: FileTouch) => boolean = () => true): boolean {
  return line.read.some((touch) => path.test(touch.path) && test(touch));
}

const prints = ({ call }: FileTouch) => !/^(?:vi|vim|nano|view|ssh-keygen|diff|rsync)$/.test(call.program);

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

export const credentialAccess: readonly Indicator[] = [
  {
    id: 'shadow-read',
    family: 'credential-access',
    techniques: ['T1003.008'],
    weight: 0.6,
    says: 'reads the password hashes',
    whenLine: (line) =>
      read(line, SHADOW, prints) ||
      line.calls.some(({ program, args }) => program === 'getent' && args[0] === 'shadow'),
  },
  {
    id: 'passwd-copied',
    family: 'credential-access',
    techniques: ['T1003.008', 'T1087.001'],
    weight: 0.45,
    says: 'takes a copy of the account file',
    whenLine: (line) =>
      line.read.some(
        ({ path, call }) =>
          path === '/etc/passwd' &&
          (/^(?:cp|tar|zip|gzip|base64|scp|rsync|curl|nc|dd|7z|xxd|gcp|openssl)$/.test(call.program) ||
            line.written.some(
              (touch) => touch.call === call && /^(?:\/tmp|\/var\/tmp|\/dev\/shm)/.test(touch.path),
            )),
      ) ||
      line.calls.some(
        ({ program, text }) =>
          /^(?:python|perl|ruby|php|node)$/.test(program) && /\/etc\/(?:passwd|shadow)/.test(text),
      ),
  },
  {
    id: 'hashes-dumped',
    family: 'credential-access',
    techniques: ['T1003.008', 'T1110.002'],
    weight: 0.85,
    says: 'dumps or cracks passwords',
    programs: [
      'unshadow',
      'john',
      'hashcat',
      'mimipenguin',
      'mimipenguin.sh',
      'mimipenguin.py',
      'lazagne',
      'lazagne.py',
      'laZagne',
      'laZagne.py',
      'hydra',
      'medusa',
      'ncrack',
      'patator',
      'swaks-crack',
      'crackmapexec',
      'cme',
      'nxc',
      'netexec',
      'secretsdump.py',
      'impacket-secretsdump',
      'kerbrute',
      'truffleHog',
      'trufflehog',
      'gitleaks-hunt',
      'gimmecredz',
      'pypykatz',
      '3snake',
      'tickey',
      'linikatz',
      'keytabextract.py',
      'bruteforce',
      'sucrack',
      'fcrackzip',
      'pdfcrack',
      'ssh2john',
      'ssh2john.py',
      'keepass2john',
      'zip2john',
    ],
    when: () => true,
  },
  {
    id: 'private-key-read',
    family: 'credential-access',
    techniques: ['T1552.004'],
    weight: 0.45,
    says: 'reads a private key',
    needs: 'read',
    whenLine: (line) =>
      read(
        line,
        /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$|\/etc\/ssh\/ssh_host_\w+_key$|(?:^|\/)\.gnupg\/(?:private-keys|secring)/,
        ({ call }) => !/^(?:ssh-keygen|vi|vim|nano|chmod|rsync|mv|sed|install)$/.test(call.program),
      ),
  },
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
    id: 'cloud-credentials-read',
    family: 'credential-access',
    techniques: ['T1552.001'],
    weight: 0.45,
    says: 'reads credentials of cloud services and tools',
    needs: 'read',
    whenLine: (line) =>
      read(
        line,
        CLOUD,
        ({ call }) =>
          /^(?:cat|less|more|head|tail|strings|base64|cp|gcp|tar|zip|curl|nc|xxd|scp|grep|awk|sed|cut|dd)$/.test(
            call.program,
          ) && !line.written.some(({ call: by, path }) => by === call && CLOUD.test(path)),
      ),
  },
  {
    id: 'service-token-read',
    family: 'credential-access',
    techniques: ['T1552.007', 'T1528'],
    weight: 0.6,
    says: 'reads the token with which a container speaks to its cluster',
    whenLine: ({ raw }) => SERVICE_TOKEN.test(raw) && /(?:cat|curl|TOKEN=|head|cp|base64|less)/.test(raw),
  },
  {
    id: 'container-secret-read',
    family: 'credential-access',
    techniques: ['T1552.007'],
    weight: 0.5,
    says: 'reads a secret out of a container',
    programs: ['cat', 'less', 'head', 'tail', 'grep', 'base64', 'ls', 'cp', 'tar'],
    when: ({ program, text, via }) =>
      /^(?:cat|less|head|tail|grep|base64|ls|cp|tar)$/.test(program) &&
      /\/run\/secrets\/\S|\/proc\/(?:1|self)\/environ/.test(text) &&
      (via.some((by) => /^(?:docker|podman|kubectl|nerdctl)$/.test(by)) || program === 'cat'),
  },
  {
    id: 'container-environment-dumped',
    family: 'credential-access',
    techniques: ['T1552.007'],
    weight: 0.42,
    says: 'dumps the environment of a container or a process, where secrets stand',
    programs: ['cat', 'strings', 'tr', 'xargs', 'grep', 'xxd', 'kubectl'],
    when: ({ program, text, args }) =>
      (/^(?:cat|strings|tr|xargs|grep|xxd)$/.test(program) &&
        /\/proc\/(?:\d+|\*|self|\$\S+)\/environ/.test(text)) ||
      (program === 'kubectl' &&
        args.some((arg) => /^secrets?$/.test(arg)) &&
        /-o\s*(?:yaml|json)|-oyaml|-ojson|jsonpath/.test(text) &&
        /(?:^|\s)(?:-A|--all-namespaces)(?:\s|$)/.test(text)),
  },
  {
    id: 'cloud-metadata',
    family: 'credential-access',
    techniques: ['T1552.005'],
    weight: 0.5,
    says: 'asks the cloud’s metadata service for credentials',
    programs: ['curl', 'wget', 'http', 'nc'],
    when: ({ text }) =>
      /169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|100\.100\.100\.200/.test(text) &&
      /iam|credential|token|identity|user-data|security|attributes|meta-data|service-accounts/.test(text),
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
  {
    id: 'memory-searched',
    family: 'credential-access',
    techniques: ['T1003.007'],
    weight: 0.6,
    says: 'reads the memory of another process',
    programs: [
      'dd',
      'cat',
      'grep',
      'strings',
      'xxd',
      'gdb',
      'python',
      'sh',
      'bash',
      'tail',
      'head',
      'cp',
      'gcore',
      'procdump',
    ],
    when: ({ program, text, args }) =>
      /\/proc\/(?:\d+|\$\S*|\*|self)\/(?:mem|maps)\b/.test(text) &&
      /^(?:dd|cat|grep|strings|xxd|gdb|python|sh|bash|tail|head|cp)$/.test(program) &&
      /mem\b|maps.*heap|heap/.test(text)
        ? true
        : (program === 'gcore' && args.length > 0) ||
          (program === 'gdb' && /dump\s+memory|gcore|generate-core/.test(text)) ||
          (program === 'procdump' && args.length > 0),
  },
  {
    id: 'password-in-line',
    family: 'credential-access',
    techniques: ['T1552.003', 'T1078'],
    weight: 0.42,
    says: 'logs in elsewhere with a password that stands in the line',
    programs: ['sshpass', 'ldapsearch', 'smbclient', 'rpcclient', 'xfreerdp', 'rdesktop'],
    when: ({ program, text }) =>
      program === 'sshpass'
        ? /(?:^|\s)-p\s*\S/.test(text)
        : program === 'ldapsearch'
          ? /(?:^|\s)-w\s*\S/.test(text)
          : /%\S|\/p:|-p\s/.test(text),
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
    id: 'histories-of-others-read',
    family: 'credential-access',
    techniques: ['T1552.003'],
    weight: 0.5,
    says: 'reads everybody’s shell history',
    needs: 'read',
    whenLine: (line) => read(line, /^\/home\/\*\/\.\w*_history$/),
  },
  {
    id: 'kerberos-and-domain-secrets',
    family: 'credential-access',
    techniques: ['T1558', 'T1003'],
    weight: 0.5,
    says: 'reads Kerberos or domain secrets',
    whenLine: (line) =>
      read(
        line,
        /krb5\.keytab$|\/tmp\/krb5cc_|\/var\/lib\/sss\/(?:db|secrets)|\/var\/lib\/samba\/private|\/etc\/openvpn\/.*\.(?:key|auth)/,
        prints,
      ) ||
      line.calls.some(
        ({ program, text }) =>
          program === 'tdbdump' ||
          (program === 'find' && /krb5|keytab|ccache/.test(text) && /\/tmp|^\/\s/.test(text)),
      ),
  },
  {
    id: 'wifi-passwords',
    family: 'credential-access',
    techniques: ['T1552.001'],
    weight: 0.45,
    says: 'reads the passwords of wireless networks',
    needs: 'read',
    whenLine: (line) =>
      read(
        line,
        /NetworkManager\/system-connections\/|wpa_supplicant\.conf$/,
        ({ call }) =>
          /^(?:cat|grep|cp|tar|base64)$/.test(call.program) &&
          !line.written.some(({ call: by, how }) => by === call && how !== 'copy'),
      ),
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
      (program !== 'find' || startsHighArgs(args)),
  },
];
