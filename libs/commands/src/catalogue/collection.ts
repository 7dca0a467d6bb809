import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

export const collection: readonly Indicator[] = [
  {
    id: 'databases-hunted',
    family: 'collection',
    techniques: ['T1005'],
    weight: 0.45,
    says: 'looks through files for databases',
    whenLine: ({ calls, raw }) =>
      /SQLite format 3/.test(raw) && calls.some(({ program }) => program === 'find' || program === 'grep'),
  },
  {
    id: 'database-dumped-to-temporary-folder',
    family: 'collection',
    techniques: ['T1005', 'T1213.006'],
    weight: 0.42,
    says: 'dumps all databases into a folder that everyone may read',
    programs: ['mysqldump', 'pg_dumpall', 'mongodump', 'pg_dump'],
    when: ({ program, text, redirects }) =>
      (program === 'pg_dumpall' || program === 'mongodump' || /--all-databases|(?:^|\s)-A/.test(text)) &&
      (redirects.some(({ target }) => TEMPORARY.test(target)) ||
        TEMPORARY.test(/(?:-f|-o|--out)[\s=]*(\S+)/.exec(text)?.[1] ?? '')),
  },
  {
    id: 'secrets-staged',
    family: 'collection',
    techniques: ['T1560.001', 'T1074.001'],
    weight: 0.45,
    says: 'packs homes, keys or system files into a temporary folder',
    programs: ['tar', 'zip', '7z', 'rar', 'cp', 'rsync', 'gcp'],
    when: ({ args, text }) => {
      const places = args.filter((arg) => !arg.startsWith('-'));
      return (
        places.some((arg) => TEMPORARY.test(arg)) &&
        /(?:^|\s)(?:\/etc|\/home|\/root|\/etc\/(?:passwd|shadow|ssh)\S*|~?\S*\/\.ssh|\S*\/\.gnupg|\S*\/\.aws|\/var\/www)\/?(?:\s|$)/.test(
          text,
        ) &&
        !/(?:^|\s)(?:-[a-zA-Z]*x|x)/.test(text)
      );
    },
  },
  {
    id: 'archive-with-password',
    family: 'collection',
    techniques: ['T1560.001'],
    weight: 0.42,
    says: 'packs files under a password that stands in the line',
    programs: ['zip', '7z', '7za', 'rar', 'openssl', 'gpg', 'ccrypt', 'mcrypt'],
    when: ({ program, text }) =>
      program === 'zip'
        ? /(?:^|\s)(?:-[a-zA-Z]*P|--password)[\s=]*\S/.test(text)
        : program === 'openssl'
          ? /^(?:enc|aes\S*|des\S*)\b/.test(text) &&
            /-(?:k|pass)\s*\S|-pass(?:\s|=)pass:/.test(text) &&
            !/(?:^|\s)-d(?:\s|$)/.test(text)
          : program === 'gpg'
            ? /--passphrase[\s=]\S|--passphrase-fd\s*0/.test(text) &&
              /(?:^|\s)(?:-[a-z]*c|--symmetric)/.test(text)
            : /^a\s.*-p\S|-hp\S|^-?e\b.*-K/.test(text),
  },
  {
    id: 'archive-by-code',
    family: 'collection',
    techniques: ['T1560.002'],
    weight: 0.42,
    says: 'packs system files in a line of code',
    programs: ['python', 'perl', 'ruby', 'php'],
    when: ({ text }) =>
      /gzip|bz2|zipfile|tarfile|zlib|lzma|ZipArchive|PharData/.test(text) &&
      /\/etc\/|\/home\/|\/root\/|\.ssh/.test(text),
  },
  {
    id: 'login-records-packed',
    family: 'collection',
    techniques: ['T1560.001'],
    weight: 0.45,
    says: 'packs login records, accounts or keys',
    programs: ['tar', 'zip', '7z', 'gzip', 'bzip2', 'xz'],
    when: ({ text }) =>
      /\/var\/log\/(?:\{?[wb]tmp|lastlog|faillog)|\/etc\/(?:passwd|shadow|gshadow)(?:\s|$)|\.gnupg|\.ssh\/id_/.test(
        text,
      ) && !/(?:^|\s)(?:-[a-zA-Z]*[xt]|[xt])[a-z]*\s/.test(text),
  },
  {
    id: 'documents-gathered',
    family: 'collection',
    techniques: ['T1119', 'T1074.001'],
    weight: 0.45,
    says: 'gathers documents of a kind from everywhere in a temporary folder',
    programs: ['find'],
    when: ({ args, text }) =>
      /^(?:\/|\/home|\/root|\/srv|\/mnt|\/Users)/.test(args[0] ?? '') &&
      /\.(?:docx?|xlsx?|pptx?|pdf|odt|ods|kdbx|csv|sql|sqlite|db|conf|txt)\b/.test(text) &&
      /-exec\s+(?:cp|gcp|mv|rsync|tar|zip)\s/.test(text) &&
      /(?:^|\s)(?:\/var)?\/(?:tmp|dev\/shm)\//.test(text),
  },
  {
    id: 'files-gathered',
    family: 'collection',
    techniques: ['T1119', 'T1074.001', 'T1039', 'T1025'],
    weight: 0.42,
    says: 'gathers files from homes, shares or sticks in a temporary or hidden place',
    programs: ['find', 'tar', 'zip', '7z', 'cp', 'rsync'],
    when: ({ program, args, text, upstream }) => {
      const far = (arg: string) => /^\/(?:home|media|mnt|srv|root|run\/media|export)(?:\/|$)|^\/$/.test(arg);
      const aside = (one: string) =>
        /(?:^|\s)(?:\/var)?\/(?:tmp|dev\/shm)(?:\/|\s|$)|(?:^|\s)\/\S*\/\.(?!\/|\.|snapshots|cache)\w/.test(
          one,
        );
      if (program === 'find')
        return (
          far(args[0] ?? '') &&
          /-exec\s+(?:cp|mv|rsync|gcp|ln)\s/.test(text) &&
          aside(text.slice(text.indexOf('-exec')))
        );
      if (/^(?:tar|zip|7z)$/.test(program) && upstream.length > 0)
        return (
          upstream.some(
            (one) => one.program === 'find' && far(one.args[0] ?? '') && /-i?name|-i?regex/.test(one.text),
          ) && aside(text)
        );
      return (
        /^(?:cp|rsync)$/.test(program) &&
        /^\/(?:mnt|media|srv|run\/media)\//.test(args.find((arg) => !arg.startsWith('-')) ?? '') &&
        /(?:^|\s)(?:\/var)?\/(?:tmp|dev\/shm)\/\.\w/.test(text)
      );
    },
  },
];
