import { rangeWidth } from '../unfold/braces.ts';
import type { Indicator } from './port.ts';

const borrows = (text: string) => /^SSH_AUTH_SOCK=\/tmp\/ssh-/.test(text);

export const lateralMovement: readonly Indicator[] = [
  {
    id: 'ssh-over-many-hosts',
    family: 'lateral-movement',
    techniques: ['T1021.004'],
    weight: 0.45,
    says: 'tries to log in to every machine that this one knows',
    needs: 'loop',
    when: ({ program, loop, text }) =>
      (program === 'ssh' || program === 'scp' || program === 'sshpass') &&
      loop !== null &&
      ((program === 'scp' && rangeWidth(loop) >= 16) ||
        /known_hosts|\.ssh\/config|_history/.test(loop) ||
        (/BatchMode|StrictHostKeyChecking=no/.test(text) && /curl|wget|\|\s*(?:ba)?sh/.test(text))),
  },
  {
    id: 'ssh-agent-borrowed',
    family: 'lateral-movement',
    techniques: ['T1563.001'],
    weight: 0.6,
    says: 'uses somebody else’s key agent',
    whenLine: ({ assignments, calls }) =>
      assignments.some(borrows) || calls.some(({ environment }) => environment.some(borrows)),
  },
  {
    id: 'terminal-of-others',
    family: 'lateral-movement',
    techniques: ['T1563'],
    weight: 0.5,
    says: 'takes over somebody else’s terminal',
    programs: ['screen', 'tmux', 'reptyr', 'teleport_tty'],
    when: ({ program, text }) =>
      (program === 'screen' && /-x\s+\w+\//.test(text)) ||
      /^(?:reptyr|teleport_tty)$/.test(program) ||
      (program === 'tmux' && /-S\s*\/tmp\/\S+\s+attach/.test(text)),
  },
  {
    id: 'remote-run-tools',
    family: 'lateral-movement',
    techniques: ['T1021', 'T1570'],
    weight: 0.6,
    says: 'runs commands on other machines with an attacker’s tool',
    programs: [
      'psexec.py',
      'wmiexec.py',
      'smbexec.py',
      'atexec.py',
      'dcomexec.py',
      'evil-winrm',
      'winexe',
      'impacket-wmiexec',
      'impacket-smbexec',
      'pth-winexe',
    ],
    when: () => true,
  },
  {
    id: 'administrative-share',
    family: 'lateral-movement',
    techniques: ['T1021.002'],
    weight: 0.5,
    says: 'opens the administrative share of a Windows machine',
    programs: ['smbclient', 'mount', 'mount.cifs', 'smbget', 'smbmap'],
    when: ({ text }) => /\/(?:[A-Z]|ADMIN|IPC)\$(?:[\s/"']|$)/i.test(text),
  },
];
