import type { FileTouch } from './files.ts';
import type { CommandLine } from './line.ts';
import type { Indicator } from './port.ts';

const SHADOW =
  /(?:^|\/)etc\/(?:g?shadow|security\/passwd|master\.passwd|spwd\.db)-?$|\/\.?shadow\.(?:bak|old)$/;

const CLOUD =
  /(?:^|\/)\.aws\/credentials|\.azure\/(?:accessTokens|msal_token_cache|azureProfile)|\.config\/gcloud\/(?:credentials|access_tokens|application_default)|\.oci\/(?:config|sessions)|\.netrc$|\.git-credentials$|\.pgpass$|\.vault-token$|\.terraform\.d\/credentials|\.pypirc$|\.boto$|\.s3cfg$/;
/** Everybody looks into their own of these now and then; those of others are another matter. */
const TOOLS_OF_OTHERS =
  /^\/(?:root|home\/[^/]+|var\/[^/]+(?:\/[^/]+)?)\/(?:\.aws\/config|\.docker\/config\.json|\.kube\/config|\.my\.cnf|\.config\/gh\/hosts\.yml|\.npmrc|\.config\/rclone\/rclone\.conf)$/;

const SERVICE_TOKEN = /\/run\/secrets\/kubernetes\.io\/serviceaccount|\/var\/run\/secrets\/\S*token/;

function read(line: CommandLine, path: RegExp, test: (touch: FileTouch) => boolean = () => true): boolean {
  return line.read.some((touch) => path.test(touch.path) && test(touch));
}

const prints = ({ call }: FileTouch) => !/^(?:vi|vim|nano|view|ssh-keygen|diff|rsync)$/.test(call.program);

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
    id: 'cloud-credentials-read',
    family: 'credential-access',
    techniques: ['T1552.001'],
    weight: 0.45,
    says: 'reads credentials of cloud services and tools',
    needs: 'read',
    whenLine: (line) =>
      line.read.some(
        ({ path, call }) =>
          (CLOUD.test(path) || TOOLS_OF_OTHERS.test(path)) &&
          /^(?:cat|less|more|head|tail|strings|base64|cp|gcp|tar|zip|curl|nc|xxd|scp|grep|awk|sed|cut|dd)$/.test(
            call.program,
          ) &&
          // A backup beside it, or an edit in place.
          !line.written.some(
            (touch) =>
              touch.call === call &&
              (CLOUD.test(touch.path) || TOOLS_OF_OTHERS.test(touch.path) || touch.path.startsWith(path)),
          ),
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
    when: ({ program, text, args, substituted }) =>
      /\/proc\/(?:\d+|\$\S*|\*|self)\/(?:mem|maps)\b/.test(text) &&
      /^(?:dd|cat|grep|strings|xxd|gdb|python|sh|bash|tail|head|cp)$/.test(program) &&
      /mem\b|maps.*heap|heap/.test(text)
        ? true
        : (/^(?:cat|grep|strings|head)$/.test(program) &&
            /\/proc\/\$\(\)\/maps/.test(text) &&
            substituted.some((one) => /^(?:pgrep|pidof|ps)$/.test(one.program))) ||
          (program === 'gcore' && args.length > 0) ||
          (program === 'gdb' && /dump\s+memory|gcore|generate-core/.test(text)) ||
          (program === 'procdump' && args.length > 0),
  },
  {
    id: 'password-in-line',
    family: 'credential-access',
    techniques: ['T1552.003', 'T1078'],
    weight: 0.42,
    says: 'logs in elsewhere with a password that stands in the line',
    programs: [
      'sshpass',
      'ldapsearch',
      'ldapadd',
      'ldapmodify',
      'smbclient',
      'rpcclient',
      'xfreerdp',
      'rdesktop',
    ],
    when: ({ program, text }) =>
      program === 'sshpass'
        ? /(?:^|\s)-p\s*\S/.test(text)
        : program.startsWith('ldap')
          ? /(?:^|\s)-w\s*\S/.test(text)
          : /%\S|\/p:|-p\s/.test(text),
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
];
