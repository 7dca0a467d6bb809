import type { Indicator } from './port.ts';

/** Words that people who attack, and those who rehearse it, put into the names of their programs. */
const TELLING =
  /(?:^|[\W_])(?:shellcode|backdoor|back_?door|keylog(?:ger)?|rootkit|malware|ransom\w*|stealer|dropper|implant|bindshell|revshell|reverse_?shell|got_injection|injector|inject(?:ion)?|instruction_overwrite\w*|return_address_overwrite\w*|overwrite_jump|rop_?chain\w*|privesc|payload|c2|beacon|evil\w*|malicious\w*|pwn\w*|trojan|botnet|ddos|brute_?force\w*|\w*hijack(?:er|ing)?|\w*stager|agent_x64|hack\w*)(?:$|[\W_])/i;
const HUNTING =
  /linpeas|winpeas|linenum\.sh|peass-ng|\bpspy(?:32|64)?\b|lazagne|mimipenguin|linux-exploit-suggester|linux-smart-enumeration|GTFOBins|deepce|unix-privesc|beroot|suid3num|chisel_\d|ligolo-ng|frp_\d|xmrig-\d/i;
const ROOTKITS =
  /^(?:diamorphine|reptile(?:_module)?|suterusu|adore(?:-ng)?|knark|kbeast|azazel|bdvl|bedevil|jynx2?|beurk|vlany|umbreon|phalanx2?|enyelkm|drovorub|syslogk|krasue|puszek|nuk3gh0st|honeypots|rooty|caraxes|singularity|kovid|melofee|father)(?:\.k?o|\.so)?$/i;

export const tellingNames: readonly Indicator[] = [
  {
    id: 'telling-name',
    family: 'download-and-run',
    techniques: ['T1204.002', 'T1059.004'],
    weight: 0.5,
    says: 'starts a program whose name speaks of an attack',
    needs: 'file',
    when(call) {
      const file = call.started ?? (call.path.includes('/') ? call.path : '');
      return file !== '' && TELLING.test(file.slice(file.lastIndexOf('/') + 1).replace(/\.\w{1,4}$/, ''));
    },
  },
  {
    id: 'hunting-tool-named',
    family: 'discovery',
    techniques: ['T1082', 'T1105'],
    weight: 0.5,
    says: 'names a tool that is made to look for a way in',
    whenLine: ({ raw, calls }) =>
      HUNTING.test(raw) &&
      calls.some(
        ({ program }) => !/^(?:grep|man|apt|apt-cache|less|which|locate|find|vi|vim|nano|rm)$/.test(program),
      ),
  },
  {
    id: 'known-rootkit',
    family: 'persistence',
    techniques: ['T1014', 'T1547.006'],
    weight: 0.85,
    says: 'loads a rootkit by its name',
    programs: ['insmod', 'modprobe', 'make', 'kldload', 'depmod', 'cp', 'git', 'wget', 'curl'],
    when: ({ args }) =>
      args.some((arg) =>
        ROOTKITS.test(
          arg
            .slice(arg.replace(/\/+$/, '').lastIndexOf('/') + 1)
            .replace(/\/$/, '')
            .replace(/\.git$/, ''),
        ),
      ),
  },
  {
    id: 'signal-of-a-rootkit',
    family: 'persistence',
    techniques: ['T1014'],
    weight: 0.45,
    says: 'sends a signal that only rootkits listen to',
    programs: ['kill'],
    when: ({ args }) => /^-(?:31|SYS|SIGSYS|6[0-4])$/.test(args[0] ?? '') && args.length > 1,
  },
  {
    id: 'loot',
    family: 'collection',
    techniques: ['T1074.001'],
    weight: 0.45,
    says: 'puts what it finds into a file that is called loot',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how }) =>
          how !== 'remove' &&
          /(?:^|[/_.-])(?:loot|exfil\w*|stolen|dumped_?creds?|stolen_\w+)(?:$|[/_.-])/i.test(path),
      ),
  },
];
