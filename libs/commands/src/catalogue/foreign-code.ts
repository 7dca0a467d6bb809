import { TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

const LOADING =
  /^(?:LD_LIBRARY_PATH|PYTHONPATH|PYTHONSTARTUP|PYTHONHOME|PERL5LIB|PERL5OPT|RUBYLIB|RUBYOPT|NODE_PATH|BASH_ENV|ENV|GCONV_PATH|GIT_SSH|GIT_EXTERNAL_DIFF|CLASSPATH|LUA_PATH|LUA_CPATH|GTK_MODULES|QT_PLUGIN_PATH|OPENSSL_CONF|OPENSSL_ENGINES|VIMINIT|LESSOPEN|NODE_OPTIONS|JAVA_TOOL_OPTIONS)=(?:\S*[:=\s])?(?:\/var)?\/(?:tmp|dev\/shm)(?:\/|$|:)/;
const SYSTEM_FILES =
  /^\/(?:usr\/)?(?:local\/)?(?:lib(?:32|64|exec)?|s?bin)\/|^\/boot\/|^\/etc\/(?:profile\.d|init\.d|cron\.[a-z]+|systemd|udev|sudoers\.d|xdg\/autostart|update-motd\.d|ld\.so\.conf\.d|apt|NetworkManager)\//;

const loads = (text: string) => LOADING.test(text);

/** Code that comes into a program from where none should. */
export const foreignCode: readonly Indicator[] = [
  {
    id: 'code-from-temporary-folder-loaded',
    family: 'persistence',
    techniques: ['T1574', 'T1574.007', 'T1546.018'],
    weight: 0.45,
    says: 'has a program load code out of a folder that everyone may write to',
    whenLine: ({ assignments, calls }) =>
      assignments.some(loads) ||
      calls.some(
        ({ environment, program, args }) =>
          environment.some(loads) || (program === 'env' && args.some(loads)),
      ),
  },
  {
    id: 'planted-out-of-temporary-folder',
    family: 'persistence',
    techniques: ['T1554', 'T1574', 'T1543'],
    weight: 0.45,
    says: 'puts a file from a folder that everyone may write to among those of the system',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how, call, content }) =>
          SYSTEM_FILES.test(path.endsWith('/') ? path : `${path}/`) &&
          !/^\/usr\/local\//.test(path) &&
          ((how === 'copy' && call.args.slice(0, -1).some((arg) => TEMPORARY.test(arg))) ||
            (how === 'link' && TEMPORARY.test(content ?? ''))),
      ),
  },
  {
    id: 'library-search-changed',
    family: 'persistence',
    techniques: ['T1574.006'],
    weight: 0.5,
    says: 'has libraries looked for where everyone may put one, or ties one to a program',
    programs: ['patchelf', 'objcopy'],
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, how, content }) =>
          how !== 'remove' &&
          /^\/etc\/ld\.so\.conf/.test(path) &&
          /\/(?:tmp|dev\/shm|home)(?:\/|\s|$)/.test(content ?? ''),
      ) ||
      calls.some(
        ({ program, text }) =>
          (program === 'patchelf' &&
            /--(?:add-needed|replace-needed|set-interpreter)/.test(text) &&
            /(?:^|\s)\/(?:usr\/)?s?bin\/|\/tmp\//.test(text)) ||
          (program === 'objcopy' &&
            /--(?:add-section|update-section)/.test(text) &&
            /\/tmp\/|\/bin\//.test(text)),
      ),
  },
  {
    id: 'memory-turned-into-program',
    family: 'obfuscation',
    techniques: ['T1620', 'T1106'],
    weight: 0.7,
    says: 'runs a program that is held in memory alone',
    programs: ['python', 'perl', 'ruby', 'php', 'node', 'lua', 'bash', 'sh'],
    when: ({ text }) =>
      /memfd_create|syscall\s*\(?\s*(?:319|279|356)\b|\/proc\/(?:self|\$\$|%d)\/fd\/\S*.{0,40}exec|exec.{0,60}\/proc\/(?:self|\$\$)\/fd\/|fexecve|PROT_EXEC|mprotect|\bddexec\b/.test(
        text,
      ),
  },
  {
    id: 'kernel-called-from-code',
    family: 'privilege-escalation',
    techniques: ['T1106', 'T1129'],
    weight: 0.5,
    says: 'calls the C library or a library of its own from a line of code',
    programs: ['python', 'perl', 'ruby', 'php'],
    when: ({ text }) =>
      /ctypes/.test(text) &&
      /CDLL|LoadLibrary|PyDLL/.test(text) &&
      /setuid|setgid|system|exec|ptrace|prctl|mmap|\/tmp\/|\/dev\/shm\//.test(text),
  },
  {
    id: 'ebpf-loaded',
    family: 'persistence',
    techniques: ['T1205.002', 'T1014'],
    weight: 0.5,
    says: 'loads a program of its own into the kernel (eBPF)',
    programs: ['bpftool', 'tc', 'ip'],
    when: ({ program, text }) =>
      program === 'bpftool'
        ? /\bprog\s+load/.test(text)
        : /\bbpf\b.*\bobj(?:ect)?\s|xdp(?:generic|drv)?\s+obj/.test(text),
  },
  {
    id: 'module-at-start',
    family: 'persistence',
    techniques: ['T1547.006'],
    weight: 0.42,
    says: 'has the kernel load an unusual module at each start',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how, content }) =>
          /^\/etc\/modules(?:-load\.d\/|$)/.test(path) &&
          (how === 'text' || (how === 'tee' && content !== null)) &&
          !/^(?:-e\s+)?["']?#|br_netfilter|overlay|ip_?vs|nf_|nft|xt_|ip6?_?tables|ip6?table|vfio|kvm|zfs|btrfs|wireguard|tun|loop|i2c|spi|w1|snd|bonding|8021q|dm[-_]|nbd|fuse|nvme|rbd|ceph|nfs|cifs|softdog|coretemp|it87|nct|drivetemp|v4l2|uvc|bcm|cdc|usb|gre|vxlan|dummy|macvlan|iscsi|target|tcp_bbr|sch_|cls_|act_|cpufreq|acpi|msr|configfs|libcomposite|dwc2|g_/.test(
            content ?? '',
          ),
      ),
  },
  {
    id: 'boot-changed',
    family: 'persistence',
    techniques: ['T1542', 'T1542.003'],
    weight: 0.5,
    says: 'changes what the machine starts from',
    programs: [
      'mokutil',
      'dracut',
      'dd',
      'efibootmgr',
      'flashrom',
      'flash_erase',
      'flash_eraseall',
      'flashcp',
      'nandwrite',
    ],
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, how, content, call }) =>
          how !== 'remove' &&
          ((/^\/boot\/(?:vmlinuz|initr|efi\/.*\.efi)/i.test(path) &&
            call.args.some((arg) => TEMPORARY.test(arg) || /evil|bootkit/i.test(arg))) ||
            (/\/etc\/default\/grub|\/boot\/grub\d?\/|\/boot\/cmdline\.txt/.test(path) &&
              /init=\/bin\/(?:ba)?sh|init=\/tmp|rd\.break|module\.sig_enforce=0|lockdown=none/.test(
                content ?? '',
              )) ||
            (/\/initramfs-tools\/(?:hooks|scripts)\/|\/dracut\/modules\.d\//.test(path) &&
              (how === 'text' || TEMPORARY.test(content ?? '')))),
      ) ||
      calls.some(
        ({ program, text, args }) =>
          (program === 'mokutil' && /--disable-validation|--import\s+\/tmp/.test(text)) ||
          (program === 'dracut' && /--include\s+(?:\/var)?\/(?:tmp|dev\/shm)/.test(text)) ||
          (program === 'dd' &&
            args.some((arg) => TEMPORARY.test(arg.replace(/^if=/, ''))) &&
            /of=\/dev\/(?:sd[a-z]|nvme\d+n\d+|mmcblk\d+|vd[a-z])(?:\s|$)/.test(text) &&
            /bs=(?:446|512)\b|count=1\b/.test(text)) ||
          (program === 'efibootmgr' && /-B\b.*-b|--delete-bootnum/.test(text)) ||
          (program === 'flashrom' && /(?:^|\s)(?:-w|--write|-E|--erase)\b/.test(text)) ||
          (/^(?:flash_erase|flash_eraseall|flashcp|nandwrite)$/.test(program) && args.length > 0) ||
          (program === 'dd' && /of=\/dev\/mtd\d/.test(text)),
      ),
  },
  {
    id: 'generator-planted',
    family: 'persistence',
    techniques: ['T1543.002'],
    weight: 0.5,
    says: 'plants what systemd or a package tool runs before everything else',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how }) =>
          how !== 'remove' &&
          /\/systemd\/(?:system|user)-generators(?:\/|$)|\/(?:yum|dnf|rpm)-?plugins\/|\/var\/lib\/dpkg\/info\/\S+\.(?:post|pre)(?:inst|rm)|\/usr\/lib\/(?:apt\/methods|git-core)\/|\/etc\/ssh\/sshrc$|\.ssh\/rc$/.test(
            path,
          ),
      ),
  },
  {
    id: 'package-runs-on-install',
    family: 'persistence',
    techniques: ['T1546.016'],
    weight: 0.42,
    says: 'builds a package that runs something when it is installed',
    programs: ['fpm', 'dpkg', 'dpkg-deb'],
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, how, content }) =>
          /DEBIAN\/(?:post|pre)(?:inst|rm)$/.test(path) &&
          how === 'text' &&
          /\/tmp\/|curl|wget|nc\s|\/dev\/tcp|bash\s+-[ic]/.test(content ?? ''),
      ) ||
      calls.some(
        ({ program, text }) =>
          (program === 'fpm' && /--(?:after|before)-install\s+(?:\/var)?\/(?:tmp|dev\/shm)/.test(text)) ||
          (/^dpkg(?:-deb)?$/.test(program) &&
            /^(?:-b|--build)\b/.test(text) &&
            calls.some((one) => one.program === 'dpkg' && /^(?:-i|--install)/.test(one.text))),
      ),
  },
  {
    id: 'package-past-its-checks',
    family: 'download-and-run',
    techniques: ['T1195.002', 'T1195.001', 'T1553'],
    weight: 0.42,
    says: 'installs a package without looking who made it',
    programs: ['apt', 'apt-get', 'aptitude', 'yum', 'dnf', 'zypper', 'rpm', 'pip', 'npm', 'gem', 'deno'],
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, how, content }) =>
          how !== 'remove' &&
          /\/sources\.list|\/yum\.repos\.d\//.test(path) &&
          /trusted=yes|allow-insecure=yes|gpgcheck=0/.test(content ?? '') &&
          /http:\/\/|\d+\.\d+\.\d+\.\d+/.test(content ?? ''),
      ) ||
      calls.some(
        ({ program, text }) =>
          (/^(?:apt|apt-get|aptitude)$/.test(program) &&
            /--allow-unauthenticated|--force-yes|AllowUnauthenticated=(?:true|1)/.test(text) &&
            /\binstall\b/.test(text)) ||
          (/^(?:yum|dnf|zypper)$/.test(program) &&
            /--nogpgcheck|--no-gpg-checks/.test(text) &&
            /https?:\/\/|\.rpm/.test(text)) ||
          (program === 'rpm' && /--no(?:signature|digest)/.test(text) && /-[a-zA-Z]*[iUF]/.test(text)) ||
          (program === 'pip' && /--(?:extra-)?index-url[\s=]*http:/.test(text)) ||
          (program === 'npm' && /--registry[\s=]*http:\/\/|install\s+http:\/\//.test(text)) ||
          (program === 'gem' && /--source\s+http:/.test(text)) ||
          (program === 'deno' && /run\b.*(?:--allow-all|-A)\b.*https?:\/\//.test(text)),
      ),
  },
  {
    id: 'desktop-entry-turned',
    family: 'persistence',
    techniques: ['T1547.013', 'T1546'],
    weight: 0.45,
    says: 'makes an icon or the session start something of its own',
    needs: 'written',
    whenLine: ({ written }) =>
      written.some(
        ({ path, how, content }) =>
          (/\.desktop$/.test(path) &&
            (how === 'edit' || how === 'text') &&
            /Exec=/.test(content ?? '') &&
            /\/tmp\/|\/dev\/shm\/|\/\.|sh\s+-c|curl|wget/.test(content ?? '')) ||
          (/\/\.(?:xprofile|xsessionrc|xsession|xinitrc|pam_environment|shrc|inputrc|vimrc|gdbinit|wgetrc|curlrc|gitconfig)$|\/plasma-workspace\/env\//.test(
            path,
          ) &&
            (how === 'text' || how === 'tee') &&
            /\/tmp\/|\/dev\/shm\/|&["']?\s*$|curl|wget|nohup|system\(|\becho\s|!\S*sh\b/.test(content ?? '')),
      ),
  },
  {
    id: 'trap-is-shady',
    family: 'persistence',
    techniques: ['T1546.005'],
    weight: 0.5,
    says: 'has a signal of the shell fetch or start something',
    programs: ['trap'],
    when: ({ args }) =>
      /\b(?:curl|wget|nc|ncat|socat|nohup|setsid|base64)\s|\/dev\/tcp\/|^\s*(?:\/var)?\/(?:tmp|dev\/shm)\//.test(
        args[0] ?? '',
      ) && !/\brm\s/.test(args[0] ?? ''),
  },
];
