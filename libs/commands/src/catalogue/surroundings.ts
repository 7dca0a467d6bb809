import type { Indicator } from './port.ts';
import { askedOf, READS } from './reading.ts';

/** Where it is and whether it is watched: what decides for malware whether it runs at all. */
export const surroundings: readonly Indicator[] = [
  {
    id: 'debugger-looked-for',
    family: 'discovery',
    techniques: ['T1622'],
    weight: 0.45,
    says: 'looks whether somebody watches it run',
    programs: ['pgrep', 'pidof', 'ps', 'grep', 'egrep', 'awk', 'cat', 'sed'],
    whenLine: ({ raw, calls }) =>
      (/TracerPid/.test(raw) && calls.length > 0) ||
      calls.some(
        ({ program, text }) =>
          /^(?:pgrep|pidof|ps|grep|egrep)$/.test(program) &&
          (text.match(/\b(?:gdb|strace|ltrace|lldb|radare2|r2|ida|frida\S*)\b/g)?.length ?? 0) > 1,
      ) ||
      calls.filter(
        ({ program, text }) => program === 'pgrep' && /\b(?:gdb|strace|ltrace|lldb|frida)\b/.test(text),
      ).length > 1,
  },
  {
    id: 'container-looked-for',
    family: 'discovery',
    techniques: ['T1611', 'T1497.001', 'T1613'],
    weight: 0.42,
    says: 'looks whether it is inside a container, and how it could get out',
    programs: ['ls', 'test', '[', '[[', 'stat', 'find', 'file', 'capsh', ...READS],
    whenLine: (line) =>
      /\.dockerenv|containerenv|cgroup|--print|\.sock|\/proc\//.test(line.raw) &&
      (line.calls.some(
        ({ program, text }) =>
          (/^(?:ls|test|\[|\[\[|stat|cat|find|file)$/.test(program) &&
            /\/\.dockerenv|\/run\/\.containerenv/.test(text)) ||
          (program === 'capsh' && text === '--print') ||
          (program === 'find' && /docker\.sock|containerd\.sock|crio\.sock/.test(text)) ||
          (READS.includes(program) &&
            /\/proc\/(?:1|self|\$\$)\/(?:cgroup|mountinfo|mounts)/.test(text) &&
            /docker|kubepods|lxc|containerd|^\/proc\/1\/cgroup$/.test(text)),
      ) ||
        (/\/proc\/(?:1|self|\$\$)\/cgroup/.test(line.raw) &&
          /docker|kubepods|lxc|containerd/.test(line.raw)) ||
        (/\/proc\/(?:1|self|\$\$)\/status/.test(line.raw) && /\bCap(?:Eff|Prm|Bnd)?\b/.test(line.raw))),
  },
  {
    id: 'machine-maker-asked',
    family: 'discovery',
    techniques: ['T1497.001', 'T1082'],
    weight: 0.42,
    says: 'asks who made the machine: a way to tell a real one from a virtual one',
    programs: [...READS, 'dmidecode'],
    needs: 'read',
    whenLine: (line) =>
      askedOf(
        line,
        /\/sys\/(?:class|devices\/virtual)\/dmi\/id\/(?:product_name|sys_vendor|bios_vendor|board_vendor|chassis_vendor|chassis_asset_tag|\*)/,
      ) ||
      line.calls.some(
        ({ program, text }) =>
          program === 'dmidecode' &&
          /-s\s*(?:system-(?:product-name|manufacturer)|bios-vendor|baseboard-manufacturer)/.test(text),
      ),
  },
  {
    id: 'place-on-earth-asked',
    family: 'discovery',
    techniques: ['T1614'],
    weight: 0.42,
    says: 'asks in which country the machine stands',
    programs: ['curl', 'wget', 'http', 'lynx'],
    when: ({ text }) =>
      /ip-api\.com|ipapi\.co|ipinfo\.io\/(?:country|city|region|loc|org|json)|geoip|freegeoip|ipgeolocation|ipstack\.com|geolocation-db|ifconfig\.(?:co|me)\/(?:country|city|all|json)|ipwho\.is/.test(
        text,
      ),
  },
  {
    id: 'windows-listed',
    family: 'discovery',
    techniques: ['T1010'],
    weight: 0.42,
    says: 'lists the windows that somebody has open',
    programs: ['xwininfo', 'xlsclients', 'xdotool'],
    when: ({ program, text }) =>
      program === 'xwininfo'
        ? /-root/.test(text) && /-(?:tree|children)/.test(text)
        : program === 'xlsclients'
          ? /-l/.test(text)
          : /search\s.*--name\s+["']?\.?\*?["']?\s.*getwindowname/.test(text),
  },
  {
    id: 'hypervisor-asked',
    family: 'discovery',
    techniques: ['T1673', 'T1059.012'],
    weight: 0.42,
    says: 'asks the hypervisor for its machines, or ends them',
    programs: ['esxcli', 'vim-cmd', 'localcli'],
    when: ({ text }) =>
      /vm\s+process\s+(?:list|kill)|vmsvc\/(?:getallvms|power\.off|snapshot\.removeall)|software\s+vib\s+install|execInstalledOnly|acceptance\s+set|syslog\s+config\s+set|firewall\s+set/.test(
        text,
      ),
  },
  {
    id: 'language-asked',
    family: 'discovery',
    techniques: ['T1614.001'],
    weight: 0.42,
    says: 'asks which language people speak on this machine',
    programs: ['cat', 'grep', 'head', 'setxkbmap', 'localectl', 'egrep'],
    when: ({ program, text, upstream }) =>
      program === 'setxkbmap'
        ? /-query|-print/.test(text)
        : program === 'localectl'
          ? /^(?:status)?$/.test(text)
          : /\/etc\/(?:default\/(?:locale|keyboard)|locale\.conf|vconsole\.conf|sysconfig\/i18n)/.test(
              text,
            ) ||
            (/grep$/.test(program) &&
              /\bLANG|\bLC_/.test(text) &&
              upstream.some((one) => /^(?:env|printenv|locale|localectl|set)$/.test(one.program))),
  },
  {
    id: 'keyboards-looked-for',
    family: 'discovery',
    techniques: ['T1120', 'T1056.001'],
    weight: 0.42,
    says: 'looks for the keyboards of the machine',
    whenLine: (line) => askedOf(line, /\/proc\/bus\/input\/devices|\/dev\/input\/by-(?:id|path)/),
    programs: ['cat', 'grep', 'egrep', 'awk', 'head', 'less'],
    needs: 'read',
  },
  {
    id: 'services-counted-the-old-way',
    family: 'discovery',
    techniques: ['T1007'],
    weight: 0.42,
    says: 'lists all services in the way of older systems',
    programs: ['service', 'chkconfig', 'rc-status', 'initctl', 'sv', 'rcctl'],
    when: ({ program, text }) =>
      program === 'service'
        ? /^--status-all/.test(text)
        : program === 'chkconfig'
          ? /^(?:--list\s*)?$/.test(text)
          : program === 'rc-status'
            ? /--?a(?:ll)?\b/.test(text)
            : program === 'initctl' && text === 'list',
  },
];
