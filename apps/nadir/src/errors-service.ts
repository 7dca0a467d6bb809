import { EXIT, errorEntry } from '@suite/cli';

const check = (config: string | null) => `nadir check${config ? ` --config ${config}` : ''}`;

/** Failures of the service: starting, listening, storing. */
export const serviceErrors = {
  NADIR_CONFIG_INVALID: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly config: string | null; readonly problems: readonly string[] }) =>
      `the configuration does not hold\n${p.problems.join('\n')}`,
    hint: () => 'Mend each line above; the reference is docs/config/nadir.md.',
    next: (p) => check(p.config),
    doc: {
      cause:
        'The configuration file, a variable or a secret file has something that NADIR does not understand. All problems are listed at once, each with file, line and column, what was found and what was expected.',
      action:
        'Mend each of them and run `nadir check`, which prints the configuration that holds. An editor that knows `schemas/nadir.schema.json` marks the same while you type.',
      example: {
        config: 'nadir.yml',
        problems: ['nadir.yml:12:3: unknown key "retension" under "store.sqlite"; did you mean "retention"?'],
      },
    },
  }),
  NADIR_PORT_IN_USE: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly address: string; readonly port: number; readonly key: string }) =>
      `another program listens on ${p.address} (${p.key})`,
    hint: (p) => `Stop the other program, or set another port as ${p.key}.`,
    next: (p) => `ss -lntup 'sport = :${p.port}'`,
    doc: {
      cause: 'The port is taken: by another NADIR, or by a program that uses the same number.',
      action:
        'See with `ss` who has it. Stop that one, or choose another port: `http.port` (`NADIR_HTTP_PORT`), `syslog.udp.listen`, `syslog.tcp.listen`.',
      example: { address: '127.0.0.1:7070', port: 7070, key: 'http.port' },
    },
  }),
  NADIR_PORT_NOT_ALLOWED: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly address: string; readonly key: string }) =>
      `this account may not listen on ${p.address} (${p.key})`,
    hint: (p) => `Ports below 1024 need a right of their own; set a higher one as ${p.key}.`,
    next: () => 'sysctl net.ipv4.ip_unprivileged_port_start',
    doc: {
      cause: 'Linux lets only root, or who has CAP_NET_BIND_SERVICE, listen on ports below 1024.',
      action:
        'Choose a higher port (5514 for syslog), let Docker or the firewall map the low one, or give the unit `AmbientCapabilities=CAP_NET_BIND_SERVICE`.',
      example: { address: '0.0.0.0:514', key: 'syslog.udp.listen' },
    },
  }),
  NADIR_ADDRESS_UNAVAILABLE: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly address: string; readonly key: string }) =>
      `this machine has no address ${p.address} (${p.key})`,
    hint: (p) => `Set ${p.key} to an address of this machine.`,
    next: () => 'ip -brief address',
    doc: {
      cause:
        'The address to listen on belongs to no interface of this machine, or its name does not resolve.',
      action: 'Take one that `ip -brief address` lists, or 0.0.0.0 for all of them (with TLS).',
      example: { address: '192.168.7.7:7070', key: 'http.host' },
    },
  }),
  NADIR_TLS_INVALID: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly path: string; readonly reason: string }) =>
      `${p.path} does not serve for TLS: ${p.reason}`,
    hint: () => 'Certificate and key must be PEM and belong together.',
    next: (p) => `openssl x509 -noout -subject -dates -in ${p.path}`,
    doc: {
      cause:
        'The certificate, the key or the client authority under `http.tls` cannot be read, is no PEM, or the two do not belong together.',
      action: 'Look at the file with `openssl`; the account that NADIR runs as must be able to read it.',
      example: { path: '/etc/nadir/tls.pem', reason: 'no such file' },
    },
  }),
  NADIR_DATA_DIR_NOT_WRITABLE: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly dir: string; readonly user: string }) => `${p.user} may not write to ${p.dir}`,
    hint: () =>
      'NADIR keeps its journal and store there: make the folder its own, or set another with NADIR_DATA_DIR.',
    next: (p) => `sudo install -d -m 700 -o ${p.user} ${p.dir}`,
    doc: {
      cause: 'Journal, store and token lie in `data_dir`, and this account cannot make or write files there.',
      action:
        'Give the folder to the account that NADIR runs as, or name another one as `data_dir` or `NADIR_DATA_DIR`.',
      example: { dir: '/var/lib/nadir', user: 'nadir' },
    },
  }),
  NADIR_JOURNAL_LOCKED: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly dir: string; readonly pid: number | null }) =>
      `another NADIR${p.pid === null ? '' : ` (process ${p.pid})`} works in ${p.dir}`,
    hint: () => 'Stop the other one, or give this one a data_dir of its own.',
    next: (p) => (p.pid === null ? `ls -l ${p.dir}` : `ps -p ${p.pid} -o pid,user,args`),
    doc: {
      cause: 'A journal has one writer, so the folder is locked by the first.',
      action:
        'Stop the other NADIR, or start this one with another `NADIR_DATA_DIR`. A lock that a killed process left behind is taken over by itself.',
      example: { dir: '/var/lib/nadir', pid: 4242 },
    },
  }),
  NADIR_JOURNAL_FULL: errorEntry({
    exit: EXIT.partial,
    message: (p: { readonly dir: string; readonly size: string }) =>
      `the journal in ${p.dir} is full (${p.size})`,
    hint: () =>
      'Senders are told to wait and keep what they have; it drains as soon as the store takes more.',
    next: () => 'nadir check',
    doc: {
      cause:
        'The store takes less than comes in, or takes nothing at all, for longer than `journal.max_size` holds.',
      action:
        'See whether the store is reachable and fast enough; give the journal more room. Agents keep their lines in their own spools meanwhile.',
      example: { dir: '/var/lib/nadir/journal', size: '4GiB' },
    },
  }),
  NADIR_STORE_UNREACHABLE: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly url: string }) => `the store at ${p.url} does not answer`,
    hint: () =>
      'Events wait in the queue on disk and are written once it answers; look whether the address is right.',
    next: (p) => `curl -v ${p.url}/ping`,
    doc: {
      cause:
        'InfluxDB is down, its address is wrong, or a firewall is in between. The line after the message says which.',
      action:
        'Bring it back, or mend `store.influx.url`. Nothing is lost while the queue has room (`store.influx.queue_size`).',
      example: { url: 'http://influxdb:8086' },
    },
  }),
  NADIR_STORE_REFUSED: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly url: string; readonly status: number }) =>
      `the store at ${p.url} refuses us (HTTP ${p.status})`,
    hint: () => 'Token, account, organisation or database is not what it knows.',
    next: () => 'nadir check',
    doc: {
      cause:
        '401 and 403: the token or password is wrong or may not write. 404: there is no such database, bucket or organisation, or `store.influx.version` is not the one that runs.',
      action:
        'Compare what `nadir check` prints under `store.influx` with InfluxDB. 1.x takes `username` and `password`, 2.x `org` and `token`.',
      example: { url: 'http://influxdb:8086', status: 401 },
    },
  }),
  NADIR_STORE_CORRUPT: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly path: string }) => `${p.path} is no database that NADIR can use`,
    hint: () => 'Move it away; a new one is made at the next start.',
    next: (p) => `mv ${p.path} ${p.path}.broken`,
    doc: {
      cause: 'The file is damaged, was made by a newer NADIR, or is no SQLite database at all.',
      action:
        'Keep the file: `sqlite3 FILE .recover` often saves its rows. Without it NADIR begins anew with what its journal still holds.',
      example: { path: '/var/lib/nadir/nadir.db' },
    },
  }),
  NADIR_DISK_FULL: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly path: string }) => `there is no room left on the disk of ${p.path}`,
    hint: () => 'Make room, or lower store.sqlite.retention.size; NADIR goes on by itself where it stopped.',
    next: (p) => `df -h ${p.path}`,
    doc: {
      cause: 'The file system refused a write (ENOSPC, EDQUOT).',
      action:
        'Make room or move `data_dir` to a larger disk. What was acknowledged is in the journal; senders keep the rest.',
      example: { path: '/var/lib/nadir' },
    },
  }),
} as const;
