import type { Indicator } from './port.ts';

const ENGINES = ['docker', 'podman', 'nerdctl', 'ctr', 'crictl', 'kubectl', 'lxc', 'incus'];
const HOST_MOUNT =
  /(?:-v|--volume)[\s=]*["']?\/(?:root|etc|home|boot|dev|proc|usr|lib|var\/run|run|sys)?\/?:|type=bind,(?:source|src)=\/(?:root|etc|home|boot|dev)?\/?(?:,|\s|$)|hostPath/;
const ROOT_MOUNT =
  /(?:-v|--volume)[\s=]*["']?\/:|type=bind,(?:source|src)=\/(?:,|\s|$)|"hostPath":\s*\{\s*"path":\s*"\/"/;

export const containers: readonly Indicator[] = [
  {
    id: 'host-mounted',
    family: 'container-escape',
    techniques: ['T1611', 'T1610'],
    weight: 0.8,
    says: 'gives a container the whole file system of its host',
    programs: ENGINES,
    when: ({ text }) =>
      /\b(?:run|create|exec|apply)\b/.test(text) &&
      ROOT_MOUNT.test(text) &&
      !/:\/(?:host|rootfs|hostfs)(?:\/root)?:ro\b/.test(text),
  },
  {
    id: 'host-root-mounted-read-only',
    family: 'container-escape',
    techniques: ['T1611'],
    weight: 0.2,
    says: 'shows a container the file system of its host',
    programs: ENGINES,
    when: ({ text }) => ROOT_MOUNT.test(text) && /:ro\b/.test(text),
  },
  {
    id: 'host-folder-mounted',
    family: 'container-escape',
    techniques: ['T1611'],
    weight: 0.42,
    says: 'gives a container the host’s own system folders',
    programs: ENGINES,
    when: ({ text }) =>
      HOST_MOUNT.test(text) &&
      !ROOT_MOUNT.test(text) &&
      !/\/(?:etc|dev|proc|sys|lib|usr|run)\/?:[^\s:]*:ro\b/.test(text) &&
      !/(?:-v|--volume)[\s=]*["']?\/(?:dev|run|lib|sys)\/?:/.test(text),
  },
  {
    id: 'privileged-container',
    family: 'container-escape',
    techniques: ['T1610', 'T1611'],
    weight: 0.45,
    says: 'starts a container with all rights of its host',
    programs: ENGINES,
    when: ({ text }) =>
      /\b(?:run|create|exec)\b/.test(text) &&
      /--privileged(?:=true)?(?:\s|$)|--cap-add[\s=]*(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|DAC_READ_SEARCH)|"privileged":\s*true/.test(
        text,
      ),
  },
  {
    id: 'host-namespaces',
    family: 'container-escape',
    techniques: ['T1611'],
    weight: 0.45,
    says: 'puts a container among the processes of its host',
    programs: ENGINES,
    when: ({ text }) =>
      (/--pid[\s=]*host/.test(text) && /--privileged|nsenter|--ipc|--userns[\s=]*host/.test(text)) ||
      /"hostPID":\s*true/.test(text),
  },
  {
    id: 'socket-in-container',
    family: 'container-escape',
    techniques: ['T1611', 'T1610'],
    weight: 0.2,
    says: 'lets a container command the container engine',
    programs: ENGINES,
    when: ({ text }) =>
      /(?:-v|--volume|source|src)[\s=]*["']?(?:\/var)?\/run\/(?:docker|containerd\/containerd|podman\/podman|crio\/crio)\.sock/.test(
        text,
      ) && !/portainer|traefik|watchtower|cadvisor|dozzle|autoheal|diun/.test(text),
  },
  {
    id: 'engine-socket-by-hand',
    family: 'container-escape',
    techniques: ['T1610', 'T1552.007'],
    weight: 0.6,
    says: 'speaks to the container engine’s socket by hand',
    programs: ['curl', 'nc', 'socat', 'ncat', 'wget'],
    when: ({ text }) =>
      /(?:docker|containerd|podman|crio)\.sock/.test(text) &&
      /containers\/(?:create|\S+\/(?:exec|start))|exec\/|images\/create|secrets|POST|TCP-LISTEN/i.test(text),
  },
  {
    id: 'engine-on-network',
    family: 'container-escape',
    techniques: ['T1610', 'T1133'],
    weight: 0.45,
    says: 'opens the container engine to the network, or uses one that is open',
    programs: ['dockerd', 'docker'],
    when: ({ program, text }) =>
      program === 'dockerd'
        ? /-H\s*tcp:\/\//.test(text) && !/tlsverify/.test(text)
        : /(?:^|\s)-H\s*tcp:\/\/\S+:2375/.test(text),
  },
  {
    id: 'steps-out',
    family: 'container-escape',
    techniques: ['T1611'],
    weight: 0.75,
    says: 'steps out of a container into its host',
    programs: ['nsenter', 'mount', 'unshare', 'echo', 'printf', 'cat', 'tee', 'sh', 'bash', 'mkdir', 'sed'],
    when: ({ program, text, via }) =>
      (program === 'nsenter' &&
        /(?:-t|--target)[\s=]*1\b/.test(text) &&
        via.some((by) => /docker|podman|kubectl|nerdctl|sh$/.test(by))) ||
      /\/sys\/fs\/cgroup\/\S*release_agent|notify_on_release/.test(text) ||
      (/^(?:echo|printf|cat)$/.test(program) && /\/proc\/sys\/kernel\/core_pattern/.test(text)) ||
      (program === 'mount' &&
        /(?:-t\s*cgroup|\/dev\/(?:sd|vd|nvme|xvd)\S*\s+\/(?:mnt|tmp|host))/.test(text) &&
        via.some((by) => /docker|podman|kubectl|unshare/.test(by))) ||
      (program === 'unshare' &&
        /-[a-zA-Z]*U[a-zA-Z]*r|-[a-zA-Z]*r[a-zA-Z]*m|--map-root-user/.test(text) &&
        /mount|cgroup|setcap|overlay/.test(text)),
  },
  {
    id: 'enters-init',
    family: 'container-escape',
    techniques: ['T1611'],
    weight: 0.42,
    says: 'enters the namespaces of the machine’s first process',
    programs: ['nsenter'],
    when: ({ text }) => /(?:-t|--target)[\s=]*1(?:\s|$)/.test(text) && /(?:ba)?sh(?:\s|$)|-a\b|-m/.test(text),
  },
  {
    id: 'secrets-listed-through-engine',
    family: 'container-escape',
    techniques: ['T1552.007'],
    weight: 0.2,
    says: 'looks for secrets in container settings',
    programs: ['docker', 'kubectl', 'podman'],
    when: ({ text }) =>
      /^inspect\b.*(?:Env|\.Config\.Env)|^get\s+secrets?\b.*-o\s*(?:yaml|json)|^config\s+view\s+--raw/.test(
        text,
      ),
  },
  {
    id: 'image-built-to-run-a-shell',
    family: 'container-escape',
    techniques: ['T1612'],
    weight: 0.42,
    says: 'builds an image out of a temporary folder',
    programs: ['docker', 'podman', 'buildah'],
    when: ({ text }) => /^build\b.*(?:\/tmp\/|\/dev\/shm\/|https?:\/\/(?:\d{1,3}\.){3})/.test(text),
  },
  {
    id: 'cluster-admin-bound',
    family: 'privilege-escalation',
    techniques: ['T1098.006'],
    weight: 0.45,
    says: 'makes an account the master of the cluster',
    programs: ['kubectl'],
    when: ({ text }) =>
      /create\s+clusterrolebinding\b.*cluster-admin/.test(text) &&
      /serviceaccount=default:|--user=system:anonymous|system:(?:un)?authenticated|--group=/.test(text),
  },
  {
    id: 'core-pattern-runs',
    family: 'container-escape',
    techniques: ['T1611', 'T1546'],
    weight: 0.5,
    says: 'has the kernel start a program of its own when another one crashes',
    programs: ['sysctl'],
    when: ({ text }) =>
      /kernel\.core_pattern\s*=\s*["']?\|(?!\/usr\/(?:share\/apport|lib\/systemd|libexec))/.test(text),
  },
];
