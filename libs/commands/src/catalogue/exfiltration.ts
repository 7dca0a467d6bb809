import { isDecoder, TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const SENSITIVE =
  /\/etc\/(?:passwd|shadow|ssh|ssl)|\.ssh\b|\.aws\b|\.gnupg\b|id_(?:rsa|ed25519|ecdsa)|\/root\b|\.kube\b|\.docker\/config|\.bash_history|\/home\/?(?:\s|$)/;
const DROP_HOSTS =
  /transfer\.sh|file\.io|0x0\.st|ix\.io|termbin\.com|bashupload\.com|pastebin\.com|paste\.ee|hastebin|anonfiles|gofile\.io|catbox\.moe|tmpfiles\.org|oshi\.at|temp\.sh|requestbin|webhook\.site|pipedream\.net|burpcollaborator|oastify\.com|interact\.sh|oast\.(?:fun|pro|live|site|online|me)|api\.telegram\.org\/bot\S+\/sendDocument|discord(?:app)?\.com\/api\/webhooks|mega\.nz|ngrok\.io|ngrok-free\.app|trycloudflare\.com|canarytokens|sprunge\.us|paste\.rs|clbin\.com|dpaste\.(?:org|com)|rentry\.co|ghostbin|envs\.sh|sendspace|wetransfer|litterbox|uguu\.se|api\.github\.com\/gists/i;

export const exfiltration: readonly Indicator[] = [
  {
    id: 'upload-of-secrets',
    family: 'exfiltration',
    techniques: ['T1048', 'T1041'],
    weight: 0.75,
    says: 'sends system files or keys to another machine',
    programs: [
      'curl',
      'wget',
      'nc',
      'ncat',
      'scp',
      'rsync',
      'ftp',
      'sftp',
      'socat',
      'tftp',
      'openssl',
      'rclone',
      'http',
      'busybox',
      'lftp',
      'aws',
      'gsutil',
      's3cmd',
      'mc',
      'mail',
      'mutt',
      'swaks',
      'sendmail',
      'telnet',
      'ssh',
    ],
    when: ({ program, args, text, upstream, redirects, stdin }) => {
      const before = upstream
        .map((one) => `${one.program} ${one.text}`)
        .join('\n')
        .replace(/\S{0,200}\.pub\b/g, '');
      switch (program) {
        case 'curl':
          return (
            /(?:-T|--upload-file|-F|--form|-d|--data\S*)/.test(text) &&
            (/(?:@|-T\s*|--upload-file[\s=]*)\S*(?:\/etc\/(?:passwd|shadow)|\.ssh|id_rsa|id_ed25519|\.aws|\.kube|_history|\.gnupg)/.test(
              text,
            ) ||
              (/(?:@-|-T\s*-|\$\(\)|@\/dev\/stdin)/.test(text) && SENSITIVE.test(before)))
          );
        case 'wget':
          return /--post-file[\s=]\S/.test(text);
        case 'nc':
        case 'ncat':
        case 'socat':
        case 'openssl':
        case 'telnet':
          return (
            (SENSITIVE.test(before) ||
              redirects.some(({ operator, target }) => operator === '<' && SENSITIVE.test(target))) &&
            (program !== 'openssl' || args[0] === 's_client') &&
            args.length > 0
          );
        case 'scp':
        case 'rsync':
        case 'sftp':
        case 'rclone':
        case 'aws':
        case 'gsutil':
        case 's3cmd':
        case 'mc':
          return (
            /(?:^|\s)\S*(?:\/etc\/(?:passwd|shadow)|\.ssh\/?(?:id_\w+)?(?:\s|$)|\.aws\/credentials|\.gnupg\b)/.test(
              text,
            ) &&
            /:|s3/.test(text) &&
            !/\.pub(?:\s|$)/.test(text) &&
            !/authorized_keys|\.ssh\/config/.test(text)
          );
        case 'ftp':
        case 'lftp':
        case 'tftp':
          return /\b(?:put|mput|mirror -R)\b/.test(`${text} ${stdin ?? ''}`);
        case 'ssh':
          return (
            /(?:^|\n)(?:cat|tar|zip|gzip|base64)\b.*/.test(before) &&
            /\/etc\/(?:passwd|shadow)|\.ssh|\.aws|\.gnupg/.test(before) &&
            /cat\s*>|dd\s+of=|tee/.test(text)
          );
        case 'mail':
        case 'mutt':
        case 'swaks':
        case 'sendmail':
          return (
            SENSITIVE.test(`${before} ${text}`) || redirects.some(({ target }) => SENSITIVE.test(target))
          );
        default:
          return false;
      }
    },
  },
  {
    id: 'drop-host',
    family: 'exfiltration',
    techniques: ['T1567'],
    weight: 0.45,
    says: 'sends a file to a public drop box',
    programs: ['curl', 'wget', 'nc', 'ncat', 'http', 'telnet', 'socat', 'openssl'],
    when: ({ text, upstream }) =>
      DROP_HOSTS.test(text) &&
      (/(?:-T|--upload-file|-F|--form|-d|--data\S*|-X\s*P(?:OST|UT)|--post-(?:data|file)|@)/.test(text) ||
        upstream.length > 0),
  },
  {
    id: 'encoded-and-sent',
    family: 'exfiltration',
    techniques: ['T1132.001', 'T1048.003'],
    weight: 0.55,
    says: 'encodes what it has read and sends it away',
    needs: 'input',
    when: (call) =>
      /^(?:curl|wget|nc|ncat|telnet|socat|dig|nslookup|host)$/.test(call.program) &&
      [...call.upstream, ...call.substituted].some(
        (one) => /^(?:base64|base32|xxd|od|hexdump|openssl)$/.test(one.program) && !isDecoder(one),
      ) &&
      !/Authorization|auth/i.test(call.text),
  },
  {
    id: 'data-to-netcat',
    family: 'exfiltration',
    techniques: ['T1048.003'],
    weight: 0.45,
    says: 'pours files into a bare network connection',
    programs: ['nc', 'ncat', 'netcat'],
    when: ({ text, upstream, redirects }) =>
      !/(?:^|\s)-[a-z]*[lz]/.test(text) &&
      /\s\d{2,5}(?:\s|$)/.test(text) &&
      (upstream.some((one) => /^(?:tar|zip|gzip|dd|mysqldump|pg_dump|find|7z)$/.test(one.program)) ||
        redirects.some(({ operator }) => operator === '<')),
  },
  {
    id: 'archive-streamed-away',
    family: 'exfiltration',
    techniques: ['T1048.002', 'T1560.001'],
    weight: 0.42,
    says: 'packs files and sends them away in one go',
    programs: ['curl', 'openssl'],
    when: ({ program, args, text, upstream }) =>
      upstream.some((one) => /^(?:tar|zip|gzip|mysqldump|7z)$/.test(one.program)) &&
      (program === 'curl' ? /@-|-T\s*-/.test(text) : args[0] === 's_client'),
  },
  {
    id: 'web-server-over-files',
    family: 'exfiltration',
    techniques: ['T1048', 'T1567'],
    weight: 0.2,
    says: 'offers the files of a folder to the network',
    programs: ['python', 'php', 'ruby', 'busybox', 'npx', 'updog'],
    when: ({ text, program }) =>
      /-m\s*(?:http\.server|SimpleHTTPServer|pyftpdlib|uploadserver)|-S\s+0\.0\.0\.0|-run\s+-e\s*httpd|httpd\s+-f/.test(
        text,
      ) || program === 'updog',
  },
  {
    id: 'remote-copy-tool',
    family: 'exfiltration',
    techniques: ['T1567.002'],
    weight: 0.42,
    says: 'copies the machine’s own files to storage in the cloud',
    programs: ['rclone', 'aws', 'gsutil', 'megatools', 'megaput', 'azcopy'],
    when: ({ program, text }) =>
      program === 'megaput'
        ? true
        : /\b(?:copy|sync|cp|move|mv)\b/.test(text) &&
          /(?:^|\s)(?:\/etc|\/root|\/home|~\/\.ssh|\/var\/lib|\/)\/?(?:\s|$)/.test(text) &&
          /mega|transfer|pcloud|http/.test(text),
  },
  {
    id: 'split-for-sending',
    family: 'exfiltration',
    techniques: ['T1030'],
    weight: 0.42,
    says: 'cuts a file into small pieces in a temporary folder',
    programs: ['split'],
    when: ({ args, text }) => /(?:^|\s)(?:-b|--bytes)/.test(text) && args.some((arg) => TEMPORARY.test(arg)),
  },
  {
    id: 'data-in-host-name',
    family: 'exfiltration',
    techniques: ['T1132.001', 'T1048.003'],
    weight: 0.5,
    says: 'hides data in the name of a host',
    programs: ['curl', 'wget', 'ping', 'dig', 'nslookup', 'host'],
    when: ({ args }) =>
      args.some(
        (arg) =>
          /^(?:https?:\/\/)?[A-Za-z0-9+_-]{8,}={1,2}\.[a-z0-9-]+\.[a-z]{2,}/.test(arg) ||
          /^(?:https?:\/\/)?(?:[0-9a-f]{24,}|[A-Z2-7]{24,})\.[a-z0-9.-]+\.[a-z]{2,}/.test(arg),
      ),
  },
  {
    id: 'archive-through-ssh',
    family: 'exfiltration',
    techniques: ['T1048.002'],
    weight: 0.45,
    says: 'packs system folders or homes and sends them through SSH',
    programs: ['ssh'],
    when: ({ text, upstream }) =>
      upstream.some(
        (one) => one.program === 'tar' && /(?:^|\s)(?:\/etc|\/home|\/root|\/Users)(?:\/|\s|$)/.test(one.text),
      ) && /cat\s*>|dd\s+of=/.test(text)
        ? true
        : /cd\s+\/(?:etc|root|home)\s*(?:&&|;)\s*tar\s/.test(text),
  },
  {
    id: 'cloud-drop',
    family: 'exfiltration',
    techniques: ['T1567.002'],
    weight: 0.42,
    says: 'copies files to a storage service that asks nobody for a name',
    programs: ['rclone', 'megatools', 'mega-put'],
    when: ({ program, text }) =>
      program === 'mega-put' ||
      /^(?:copy|sync|move|copyto)\b.*\s(?:mega|anon\w*|temp|exfil\w*|pcloud|mailru|putio):/.test(text),
  },
  {
    id: 'gist-of-system-files',
    family: 'exfiltration',
    techniques: ['T1567.001'],
    weight: 0.45,
    says: 'publishes files of the system',
    programs: ['gh', 'glab', 'pastebinit', 'fpaste', 'wgetpaste'],
    when: ({ program, text, upstream }) =>
      (/^(?:gh|glab)$/.test(program) ? /^(?:gist|snippet)\s+create\b/.test(text) : true) &&
      (/(?:^|\s)\/(?:etc|root|home|tmp|var\/lib)\//.test(text) ||
        upstream.some((one) => SENSITIVE.test(one.text))),
  },
  {
    id: 'host-name-worked-out',
    family: 'tunnel',
    techniques: ['T1568.002', 'T1071.001'],
    weight: 0.5,
    says: 'works out the name of the host that it talks to',
    needs: 'input',
    when: ({ program, args, substituted }) =>
      /^(?:curl|wget|dig|nslookup|host|ping)$/.test(program) &&
      args.some((arg) => /^(?:https?:\/\/)?\$\(\)\.?[a-z]/.test(arg)) &&
      substituted.some((one) =>
        /^(?:md5sum|sha\d+sum|cksum|date|shuf|tr|rev|base32|openssl)$/.test(one.program),
      ),
  },
];
