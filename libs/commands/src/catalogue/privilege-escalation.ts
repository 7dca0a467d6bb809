import { isShell } from '../unfold/well-known.ts';
import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const SETUID =
  /(?:^|\s)(?:[ugoa]*\+[rwxt]*s[rwxt]*|[ugoa]*=[rwxt]*s[rwxt]*|[246]?[4-7][0-7]{3}|0?[4-6][0-7]{3})(?:\s|$|,)/;

const hijacks = (text: string) => /^PATH=(?:\/tmp|\/var\/tmp|\/dev\/shm|\.)(?:\/[^:]*)?:/.test(text);

export const privilegeEscalation: readonly Indicator[] = [
  {
    id: 'setuid-bit',
    family: 'privilege-escalation',
    techniques: ['T1548.001'],
    weight: 0.45,
    says: 'lets a file run with its owner’s rights whoever starts it (set-uid)',
    programs: ['chmod', 'install'],
    when: ({ program, args, text }) =>
      program === 'chmod'
        ? args.some((arg) =>
            /^(?:u?[ag]?\+[rwx]*s[rwx]*|u=\w*s\w*|[ug]{1,2}\+s|0?[4567][0-7]{3}|u\+xs|\+s)$/.test(arg),
          ) &&
          !/(?:^|\s)g\+s/.test(text) &&
          !/(?:^|\s)(?:-R|--recursive)/.test(text)
        : /-m\s*=?(?:xs|[4-7][0-7]{3}|u\+s)/.test(text),
  },
  {
    id: 'setuid-shell',
    family: 'privilege-escalation',
    techniques: ['T1548.001'],
    weight: 0.85,
    says: 'makes a shell or a file in a temporary folder run as root for everyone',
    programs: ['chmod', 'install'],
    when: ({ args, text }) =>
      SETUID.test(text) && args.some((arg) => TEMPORARY.test(arg) || /(?:^|\/)(?:ba|da|z|k)?sh$/.test(arg)),
  },
  {
    id: 'setgid-bit',
    family: 'privilege-escalation',
    techniques: ['T1548.001'],
    weight: 0.42,
    says: 'lets a program run with its group’s rights whoever starts it (set-gid)',
    programs: ['chmod'],
    when: ({ args }) =>
      /^g\+x?s/.test(args[0] ?? '') &&
      args.slice(1).some((arg) => TEMPORARY.test(arg) || /\/s?bin\//.test(arg)),
  },
  {
    id: 'capabilities-given',
    family: 'privilege-escalation',
    techniques: ['T1548.001'],
    weight: 0.55,
    says: 'gives a program rights of root (capabilities)',
    programs: ['setcap'],
    when: ({ text }) =>
      /cap_(?:setuid|setgid|dac_\w+|sys_\w+|fowner|chown|all)\b|=\s*e?i?p?$|all[+=]/i.test(text) ||
      (!/cap_net_(?:bind_service|raw|admin)/i.test(text) &&
        /\/(?:python|perl|ruby|php|node|bash|sh|vim|tar|gdb)[\d.]*$/.test(text)),
  },
  {
    id: 'sudoers-changed',
    family: 'privilege-escalation',
    techniques: ['T1548.003'],
    weight: 0.5,
    says: 'changes who may become root (sudoers)',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how, content }) =>
          /\/etc\/(?:sudoers(?:\.d\/\S*)?|doas\.conf)$/.test(path) &&
          how !== 'remove' &&
          how !== 'copy' &&
          (how !== 'tee' || content !== null),
      ) ||
      line.calls.some(({ program, args }) => program === 'cp' && /\/etc\/sudoers$/.test(args.at(-1) ?? '')),
  },
  {
    id: 'sudo-for-all',
    family: 'privilege-escalation',
    techniques: ['T1548.003'],
    weight: 0.42,
    says: 'lets somebody become root without a password, or for longer',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(({ content }) =>
        /NOPASSWD|!tty_tickets|timestamp_timeout\s*=\s*-?\d|!authenticate|permit\s+nopass/.test(
          content ?? '',
        ),
      ),
  },
  {
    id: 'sudo-trick',
    family: 'privilege-escalation',
    techniques: ['T1548.003', 'T1068'],
    weight: 0.8,
    says: 'uses a known way around sudo',
    programs: ['sudo', 'sudoedit'],
    when: ({ text, program }) =>
      /(?:^|\s)-u\s*#?-1\b|(?:^|\s)-u\s*#4294967295/.test(text) ||
      (program === 'sudoedit' && /-s\s.*\\$/.test(text)),
  },
  {
    id: 'sudo-password-from-pipe',
    family: 'privilege-escalation',
    techniques: ['T1548.003'],
    weight: 0.42,
    says: 'hands sudo a password that stands in the line',
    programs: ['sudo'],
    when: ({ args, upstream, stdin }) =>
      args.some((arg) => arg === '-S' || /^-[a-zA-Z]*S/.test(arg)) &&
      (stdin !== null ||
        upstream.some((one) => one.program === 'echo' || one.program === 'printf' || one.program === 'cat')),
  },
  {
    id: 'exploit-by-name',
    family: 'privilege-escalation',
    techniques: ['T1068'],
    weight: 0.75,
    says: 'runs something that bears the name of a known exploit',
    needs: 'file',
    when: ({ path }) =>
      /(?:^|\/)(?:dirty[_-]?(?:cow|pipe|c0w|sock)\w*|pwnkit|cve-\d{4}-\d{3,7}\S*|exploit(?:\.\w+)?|overlayfs[_-]\S+|looney\S*|baron[_-]?samedit\S*|polkit[_-]\S*exploit\S*|sudo[_-]?exploit\S*|rootkit\S*|privesc\S*)$/i.test(
        path,
      ),
  },
  {
    id: 'polkit-trick',
    family: 'privilege-escalation',
    techniques: ['T1068'],
    weight: 0.75,
    says: 'asks a system service for an account behind its back',
    programs: ['dbus-send', 'gdbus', 'busctl'],
    when: ({ text }) => /Accounts\.CreateUser|User\.SetPassword/.test(text),
  },
  {
    id: 'become-other-by-chroot',
    family: 'privilege-escalation',
    techniques: ['T1611'],
    weight: 0.5,
    says: 'steps into another root file system',
    programs: ['chroot'],
    when: ({ args, via }) =>
      isShell((args[1] ?? '').replace(/^.*\//, '')) &&
      (args[0] === '/' ||
        /^\/(?:host|hostfs|host-?root|mnt\/host)/.test(args[0] ?? '') ||
        via.some((by) => by === 'docker')),
  },
  {
    id: 'su-password-from-pipe',
    family: 'credential-access',
    techniques: ['T1110.001', 'T1548'],
    weight: 0.45,
    says: 'hands su a password that stands in the line',
    programs: ['su'],
    needs: 'input',
    when: ({ upstream, stdin }) =>
      stdin !== null || upstream.some((one) => /^(?:echo|printf|cat|yes)$/.test(one.program)),
  },
  {
    id: 'search-path-through-temporary-folder',
    family: 'privilege-escalation',
    techniques: ['T1574.007'],
    weight: 0.5,
    says: 'has programs looked for in a folder that everyone may write to',
    whenLine: ({ assignments, calls }) =>
      assignments.some(hijacks) || calls.some(({ environment }) => environment.some(hijacks)),
  },
];
