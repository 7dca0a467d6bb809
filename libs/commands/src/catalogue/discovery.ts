import { rangeWidth } from '../unfold/braces.ts';
import type { Call } from './line.ts';
import type { Indicator } from './port.ts';

const SECURITY_PRODUCTS =
  /falcon|auditbeat|filebeat|packetbeat|td-agent|crowdstrike|cbagentd|cbdaemon|carbon ?black|mdatp|wdavdaemon|sentinel|sophos|savd|nessusd|osquery|esets|kesl|clamd|rsyslogd?\|auditd|osqueryd|wazuh|ossec|falco\b|sysmon|bitdefender|symantec|nessus|tanium|qualys|cylance|elastic-agent/i;
const MACHINE_NAMES =
  /vmware|virtualbox|\bvbox|qemu|\bkvm\b|hyper-?v|parallels|\bxen\b|hypervisor|bochs|oracle/i;

const HUNTERS: ReadonlySet<string> = new Set(
  (
    'linpeas linpeas.sh linenum linenum.sh lse.sh les.sh linux-exploit-suggester.sh linux-exploit-suggester-2.pl linuxprivchecker.py unix-privesc-check ' +
    'pspy pspy32 pspy64 autosuid.sh suid3num.py deepce.sh amicontained cdk peirates kubeletctl kube-hunter botb traitor beroot beroot.py ' +
    'ldapdomaindump bloodhound-python rusthound sharphound enum4linux enum4linux-ng windapsearch nbtscan netdiscover masscan rustscan zmap unicornscan ' +
    'nikto gobuster dirb dirbuster ffuf feroxbuster wfuzz sqlmap wpscan nuclei responder responder.py ntlmrelayx.py impacket-psexec psexec.py wmiexec.py ' +
    'smbexec.py evil-winrm bettercap ettercap aircrack-ng airodump-ng reaver stratus pacu scoutsuite lsassy fscan fscan_amd64 gxxx hoaxshell p0f arp-scan certipy certipy-ad crowbar bloodyad petitpotam.py coercer dfscoerce.py adidnsdump pkinittools getuserspns.py getnpusers.py ticketer.py getst.py rubeus kubesploit kdigger icmpsh icmpsh_m.py mimikatz ptunnel dnscat2.rb dnscat'
  ).split(' '),
);

function sweeps(call: Call): boolean {
  const { loop } = call;
  if (loop === null) return false;
  const range = /\$\(seq\s+(?:-\S+\s+)*(\d+)\s+(\d+)/.exec(loop);
  const wide =
    rangeWidth(loop) >= 16 ||
    (range !== null && Number(range[2]) - Number(range[1]) >= 16) ||
    /\$\(cat\s|\bhosts?\b|\bips?\b/i.test(loop);
  return wide;
}

export const discovery: readonly Indicator[] = [
  {
    id: 'sweep',
    family: 'discovery',
    techniques: ['T1018', 'T1046'],
    weight: 0.5,
    says: 'tries many addresses or ports one after the other',
    needs: 'loop',
    when: (call) =>
      (call.loop !== null &&
        sweeps(call) &&
        /^(?:ping|ping6|arping|nc|ncat|telnet|nslookup|host|dig)$/.test(call.program) &&
        /\$|\{/.test(call.text)) ||
      (call.loop !== null &&
        sweeps(call) &&
        call.redirects.some(({ target }) => target.startsWith('/dev/tcp/'))),
  },
  {
    id: 'port-scan',
    family: 'discovery',
    techniques: ['T1046'],
    weight: 0.45,
    says: 'scans ports of other machines',
    programs: ['nmap', 'nc', 'ncat', 'netcat', 'masscan', 'hping3', 'nping', 'fping'],
    when: ({ program, text }) => {
      if (program === 'nmap')
        return (
          /(?:^|\s)-(?:s[STUAFNXM]|p-|Pn|T[45])|--script|--top-ports|\/(?:8|16|2[0-9])(?:\s|$).*-p|-p.*\/(?:8|16|2[0-9])(?:\s|$)/.test(
            text,
          ) && !/(?:^|\s)-(?:h|V)(?:\s|$)/.test(text)
        );
      if (program === 'fping') return /-[a-z]*g/.test(text);
      if (program === 'hping3' || program === 'nping' || program === 'masscan') return true;
      return (
        /(?:^|\s)-[a-z]*z/.test(text) && /\s\d+-\d+(?:\s|$)/.test(text) && !/\s(\d+)-\1(?:\s|$)/.test(text)
      );
    },
  },
  {
    id: 'hunting-tool',
    family: 'discovery',
    techniques: ['T1082', 'T1059.004'],
    weight: 0.75,
    says: 'runs a tool that is made to look for a way in',
    when: ({ program, path, args }) =>
      HUNTERS.has(program.toLowerCase()) ||
      program.startsWith('impacket-') ||
      (/^(?:ba|da|z)?sh$|^python$|^perl$|^chmod$|^curl$|^wget$|^git$/.test(program) &&
        args.some(
          (arg) => HUNTERS.has(arg.slice(arg.lastIndexOf('/') + 1).toLowerCase()) && arg.includes('.'),
        )) ||
      HUNTERS.has(path.toLowerCase()),
  },
  {
    id: 'security-software-looked-for',
    family: 'discovery',
    techniques: ['T1518.001'],
    weight: 0.5,
    says: 'looks for the programs that would notice it',
    programs: ['grep', 'egrep', 'pgrep', 'awk', 'rg'],
    when: ({ text, upstream, program }) =>
      SECURITY_PRODUCTS.test(text) &&
      (program === 'pgrep'
        ? text.includes('|')
        : upstream.some((one) =>
            /^(?:ps|systemctl|dpkg|rpm|lsmod|kextstat|pkg|service)$/.test(one.program),
          ) &&
          (text.includes('|') || /falcon|cbagent|mdatp|sentinel|sophos|falco\b|sysmon/i.test(text))),
  },
  {
    id: 'sandbox-looked-for',
    family: 'discovery',
    techniques: ['T1497.001'],
    weight: 0.45,
    says: 'checks whether it runs in a virtual machine',
    programs: ['grep', 'egrep', 'systemd-detect-virt', 'virt-what', 'sysctl'],
    when: ({ program, text, upstream }) =>
      ((program === 'grep' || program === 'egrep') &&
        MACHINE_NAMES.test(text) &&
        (upstream.some((one) =>
          /^(?:dmidecode|lspci|lscpu|cat|dmesg|ioreg|lsmod|kldstat|sysctl|hostnamectl|system_profiler)$/.test(
            one.program,
          ),
        ) ||
          /\/sys\/class\/dmi|\/proc\/(?:scsi|cpuinfo|ide)/.test(text))) ||
      (/^(?:systemd-detect-virt|virt-what)$/.test(program) && !/-h/.test(text)) ||
      (program === 'sysctl' && /kern\.vm_guest|hw\.hv_vendor/.test(text)),
  },
  {
    id: 'password-policy-read',
    family: 'discovery',
    techniques: ['T1201'],
    weight: 0.42,
    says: 'reads the rules for passwords',
    programs: [
      'cat',
      'less',
      'more',
      'head',
      'grep',
      'tail',
      'chage',
      'pwpolicy',
      'authconfig',
      'pam-config',
    ],
    when: ({ program, text }) =>
      (/^(?:cat|less|more|head|grep|tail)$/.test(program) &&
        /\/etc\/(?:security\/pwquality\.conf|pam\.d\/(?:common-password|system-auth|password-auth|passwd)|login\.defs|login\.conf)/.test(
          text,
        )) ||
      (program === 'chage' && /(?:-l|--list)\s/.test(text)) ||
      (program === 'grep' &&
        /\/etc\/(?:security|pam\.d)\b/.test(text) &&
        /minlen|pass|retry|credit|remember|deny/i.test(text)) ||
      (program === 'authconfig' && /--test/.test(text)) ||
      (program === 'pam-config' && /--query/.test(text)) ||
      program === 'pwpolicy',
  },
  {
    id: 'sudo-rights-read',
    family: 'discovery',
    techniques: ['T1069.001', 'T1548.003'],
    weight: 0.45,
    says: 'reads who may become root',
    programs: ['cat', 'grep', 'less', 'more', 'head', 'tail'],
    when: ({ text }) => /\/etc\/sudoers\b/.test(text),
  },
  {
    id: 'shares-looked-for',
    family: 'discovery',
    techniques: ['T1135'],
    weight: 0.42,
    says: 'looks for shares of the network',
    programs: ['smbstatus', 'showmount', 'smbclient', 'smbmap', 'findmnt', 'nbtscan', 'rpcclient', 'smbutil'],
    when: ({ program, text }) =>
      program === 'smbstatus'
        ? /--shares|-S/.test(text)
        : program === 'showmount'
          ? /(?:^|\s)(?:-a|--all)/.test(text)
          : program === 'smbclient'
            ? /(?:^|\s)(?:-L|--list)/.test(text)
            : program === 'findmnt'
              ? /-t\s*(?:nfs|cifs|smb)/.test(text)
              : true,
  },
  {
    id: 'talked-to-looked-for',
    family: 'discovery',
    techniques: ['T1018'],
    weight: 0.42,
    says: 'reads which machines this one has talked to',
    programs: ['ip', 'cat', 'grep', 'awk'],
    when: ({ program, text }) =>
      program === 'ip'
        ? /tcp_metrics/.test(text)
        : /\.ssh\/known_hosts/.test(text) && (program !== 'grep' || /-[a-z]*[oE]/.test(text)),
  },
  {
    id: 'directory-asked',
    family: 'discovery',
    techniques: ['T1087.002', 'T1069.002'],
    weight: 0.45,
    says: 'asks the directory service for its accounts',
    programs: [
      'ldapsearch',
      'rpcclient',
      'net',
      'adidnsdump',
      'getST.py',
      'GetUserSPNs.py',
      'GetNPUsers.py',
      'wbinfo',
      'realm',
      'adcli',
    ],
    when: ({ program, text }) =>
      program === 'ldapsearch'
        ? /objectC(?:lass|ategory)=(?:user|computer|group|person|\*)|memberOf|servicePrincipalName|adminCount|-b\s*["']?(?:CN|DC)=/i.test(
            text,
          )
        : program === 'net'
          ? /ads|rpc|user|group/.test(text)
          : program !== 'realm' && program !== 'adcli',
  },
  {
    id: 'set-uid-hunt',
    family: 'discovery',
    techniques: ['T1548.001', 'T1083'],
    weight: 0.3,
    says: 'looks for a program that would run as root',
    programs: ['find'],
    when: ({ args, text, redirects }) =>
      /^\/(?:usr(?:\/s?bin)?|home|opt)?\/?$/.test(args[0] ?? '') &&
      /-perm\s+[-/+](?:[ug]*[=+]s|0?[2467]000)/.test(text) &&
      redirects.some(({ target }) => target === '/dev/null'),
  },
  {
    id: 'writable-hunt',
    family: 'discovery',
    techniques: ['T1083', 'T1222.002'],
    weight: 0.42,
    says: 'looks for files that anybody may change',
    programs: ['find'],
    when: ({ args, text, redirects }) =>
      args[0] === '/' &&
      /-writable|-perm\s+[-/](?:o[=+]w|0?00?2|2)\b/.test(text) &&
      redirects.some(({ target }) => target === '/dev/null'),
  },
  {
    id: 'cluster-asked',
    family: 'discovery',
    techniques: ['T1613', 'T1069'],
    weight: 0.42,
    says: 'asks the cluster what it may do there',
    programs: ['kubectl'],
    when: ({ text }) => /auth\s+can-i\s+--list/.test(text),
  },
];
