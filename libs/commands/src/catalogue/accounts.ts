import type { Indicator } from './port.ts';

export const accounts: readonly Indicator[] = [
  {
    id: 'account-with-root-rights',
    family: 'accounts',
    techniques: ['T1136.001', 'T1098'],
    weight: 0.8,
    says: 'makes an account that is root under another name',
    programs: ['useradd', 'adduser', 'usermod', 'pw'],
    when: ({ text }) =>
      /(?:^|\s)(?:-[a-zA-Z]*u|--uid)[\s=]*0(?:\s|$)|(?:^|\s)(?:-[a-zA-Z]*g|--gid)[\s=]*(?:0|root)(?:\s|$)/.test(
        text,
      ),
  },
  {
    id: 'account-made-powerful',
    family: 'accounts',
    techniques: ['T1136.001', 'T1098.007'],
    weight: 0.45,
    says: 'makes a new account that may become root',
    programs: ['useradd', 'adduser', 'pw'],
    when: ({ text }) =>
      /(?:-[a-zA-Z]*[gG]|--groups?|--ingroup)[\s=]*\S*\b(?:sudo|wheel|admin|root|docker|shadow|disk)\b/.test(
        text,
      ),
  },
  {
    id: 'account-with-password-in-line',
    family: 'accounts',
    techniques: ['T1136.001'],
    weight: 0.5,
    says: 'makes an account with its password in the line',
    programs: ['useradd', 'usermod', 'adduser', 'samba-tool', 'smbldap-useradd', 'net'],
    when: ({ program, args, text }) =>
      program === 'samba-tool'
        ? /^user\s+(?:create|add|setpassword)\b/.test(text) &&
          args.filter((arg) => !arg.startsWith('-')).length > 3
        : program === 'net'
          ? /^(?:ads|rpc)\s+user\s+add\b/.test(text)
          : /(?:^|\s)(?:-p|--password)[\s=]*\S/.test(text) || /openssl passwd|mkpasswd/.test(text),
  },
  {
    id: 'quiet-account',
    family: 'accounts',
    techniques: ['T1136.001', 'T1564.002'],
    weight: 0.45,
    says: 'makes an account with a shell but without a home, as intruders do',
    programs: ['useradd'],
    when: ({ text }) =>
      /(?:^|\s)(?:-[a-zA-Z]*M|--no-create-home)\b/.test(text) &&
      !/nologin|\/bin\/false|(?:^|\s)-[a-zA-Z]*r/.test(text),
  },
  {
    id: 'system-account-with-shell',
    family: 'accounts',
    techniques: ['T1136.001', 'T1564.002'],
    weight: 0.42,
    says: 'makes a system account that people can log in to',
    programs: ['useradd'],
    when: ({ text }) =>
      /(?:^|\s)(?:-[a-zA-Z]*r|--system)\b/.test(text) &&
      /\/(?:ba|z|k|c)?sh(?:\s|$)/.test(text) &&
      !/nologin/.test(text),
  },
  {
    id: 'passwd-file-edited',
    family: 'accounts',
    techniques: ['T1136.001', 'T1098'],
    weight: 0.85,
    says: 'writes the account files by hand',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how }) =>
          /^\/etc\/(?:passwd|shadow|gshadow|group)$/.test(path) && how !== 'read' && how !== 'remove',
      ),
  },
  {
    id: 'password-from-pipe',
    family: 'accounts',
    techniques: ['T1098', 'T1531'],
    weight: 0.45,
    says: 'sets an account’s password from a script',
    programs: ['chpasswd', 'passwd', 'pw'],
    when: ({ program, upstream, stdin, text }) =>
      program === 'passwd'
        ? /--stdin/.test(text) || upstream.some((one) => one.program === 'echo' || one.program === 'printf')
        : program === 'chpasswd' && (upstream.length > 0 || stdin !== null),
  },
  {
    id: 'account-without-password',
    family: 'accounts',
    techniques: ['T1098'],
    weight: 0.45,
    says: 'takes the password off an account',
    programs: ['passwd'],
    when: ({ args }) => args.some((arg) => arg === '-d' || arg === '--delete'),
  },
  {
    id: 'root-account-opened',
    family: 'accounts',
    techniques: ['T1078.003', 'T1098'],
    weight: 0.42,
    says: 'opens an account that is closed on purpose',
    programs: ['passwd', 'usermod', 'chsh'],
    when: ({ program, text }) =>
      program === 'passwd'
        ? /(?:^|\s)(?:-u|--unlock)(?:\s|$)/.test(text)
        : program === 'usermod'
          ? /(?:^|\s)(?:-U|--unlock)(?:\s|$)|(?:-s|--shell)\s*\S*sh\s+(?:nobody|www-data|daemon|bin|sys|games|man|mail|news|backup|sshd|sync|lp)$/.test(
              text,
            )
          : /(?:-s|--shell)\s*\S*sh\s+(?:nobody|www-data|daemon|bin|sys|games|man|mail|news|backup|sshd|sync|lp)$/.test(
              text,
            ),
  },
  {
    id: 'accounts-removed',
    family: 'accounts',
    techniques: ['T1531'],
    weight: 0.45,
    says: 'takes away somebody’s account together with their files',
    programs: ['userdel', 'deluser'],
    when: ({ text }) => /(?:-[a-z]*f[a-z]*|--force|--remove-all-files)/.test(text) || /\broot\b/.test(text),
  },
  {
    id: 'account-locked-out',
    family: 'accounts',
    techniques: ['T1531'],
    weight: 0.42,
    says: 'shuts the administrator out of the machine',
    programs: ['passwd', 'usermod', 'chage'],
    when: ({ program, text }) =>
      /\broot\b/.test(text) &&
      (program === 'chage'
        ? /-E\s*[01-]/.test(text)
        : program === 'usermod'
          ? /-e\s*[01]\b/.test(text)
          : false),
  },
];
