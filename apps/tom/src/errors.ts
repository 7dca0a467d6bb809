import { defineErrors, EXIT, errorEntry } from '@suite/cli';

const check = (config: string | null) => `tom check${config ? ` --config ${config}` : ''}`;

/** What can go wrong in TOM. Codes are stable; each has a page in docs/errors. */
export const tomCatalogue = defineErrors({
  TOM_CONFIG_INVALID: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly config: string | null; readonly problems: readonly string[] }) =>
      `the configuration does not hold\n${p.problems.join('\n')}`,
    hint: () => 'Mend each line above; the reference is docs/config/tom.md.',
    next: (p) => check(p.config),
    doc: {
      cause:
        'The configuration file, a variable or a secret file has something that TOM does not understand. All problems are listed at once, each with file, line and column, what was found and what was expected.',
      action:
        'Mend each of them and run `tom check`, which prints the configuration that holds. An editor that knows `schemas/tom.schema.json` marks the same while you type.',
      example: {
        config: '/etc/tom/tom.yml',
        problems: ['/etc/tom/tom.yml:7:3: unknown key "max_sise" under "spool"; did you mean "max_size"?'],
      },
    },
  }),
  TOM_STATE_DIR_NOT_WRITABLE: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly dir: string; readonly user: string }) => `${p.user} may not write to ${p.dir}`,
    hint: () =>
      'TOM keeps its spool and positions there: make the folder its own, or set another with TOM_STATE_DIR.',
    next: (p) => `sudo install -d -m 700 -o ${p.user} ${p.dir}`,
    doc: {
      cause:
        'TOM keeps what it has read and not yet delivered in `state_dir`, and the positions up to which it has read. Without them it would lose lines or send them twice, so it does not start.',
      action:
        'Give the folder to the account that TOM runs as, or name another one as `state_dir` or `TOM_STATE_DIR`. On a read-only file system mount a volume there.',
      example: { dir: '/var/lib/tom', user: 'tom' },
    },
  }),
  TOM_ALREADY_RUNNING: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly dir: string; readonly pid: number | null }) =>
      `another TOM${p.pid === null ? '' : ` (process ${p.pid})`} works in ${p.dir}`,
    hint: () => 'Stop the other one, or give this one a state_dir of its own.',
    next: () => 'tom status',
    doc: {
      cause: 'Two agents with one spool would write over each other, so the folder is locked by the first.',
      action:
        'Look with `tom status` what the other one does. Stop it, or start this one with another `TOM_STATE_DIR`. A lock that a killed process left behind is taken over by itself.',
      example: { dir: '/var/lib/tom', pid: 4242 },
    },
  }),
  TOM_NOT_RUNNING: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly dir: string }) => `no TOM works in ${p.dir}`,
    hint: () => 'Start it, or name its folder with TOM_STATE_DIR.',
    next: () => 'tom run',
    doc: {
      cause: '`tom status` asks the agent that has locked `state_dir`, and there is none.',
      action: 'Start TOM. If it runs with another configuration, pass the same one with `--config`.',
      example: { dir: '/var/lib/tom' },
    },
  }),
  TOM_NADIR_UNREACHABLE: errorEntry({
    exit: EXIT.found,
    message: (p: { readonly url: string }) => `NADIR does not answer at ${p.url}`,
    hint: () =>
      'TOM keeps what it reads in its spool and delivers it once NADIR answers; look whether the address is right.',
    next: (p) => `curl -v ${p.url}/api/v1/health`,
    doc: {
      cause:
        'The host name does not resolve, nothing listens on the port, a firewall drops the packets, or the certificate is not signed by the authority in `nadir.tls.ca`. The line after the message says which.',
      action:
        'Nothing is lost in the meantime until the spool is full (`spool.max_size`); then sources wait. Check `nadir.url`, that NADIR listens beyond its own machine (`http.host`), and the certificate.',
      example: { url: 'https://nadir.lan:7070' },
    },
  }),
  TOM_TOKEN_REFUSED: errorEntry({
    exit: EXIT.found,
    message: (p: { readonly url: string; readonly agent: string }) =>
      `NADIR at ${p.url} refuses the token of ${p.agent}`,
    hint: () => 'The token must be the one that NADIR knows for this agent (`agents`), or its own (`token`).',
    next: () => 'tom check',
    doc: {
      cause: 'NADIR answered 401 or 403: the token is unknown, belongs to another agent, or was changed.',
      action:
        'Compare the file that `tom check` names as the source of `nadir.token` with the one that NADIR reads. TOM goes on trying and loses nothing in the meantime.',
      example: { url: 'https://nadir.lan:7070', agent: 'node-1' },
    },
  }),
  TOM_TOKEN_MISSING: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly url: string }) => `there is no token to show to NADIR at ${p.url}`,
    hint: () => 'Set nadir.token_file, or TOM_NADIR_TOKEN_FILE, to the file that holds it.',
    next: () => 'tom check',
    doc: {
      cause:
        'NADIR takes nothing from who shows no token, and none is configured. Only on the machine of NADIR itself is the token found without being told.',
      action:
        'Put the token of this agent in a file that only TOM may read (mode 0600) and name it as `nadir.token_file`.',
      example: { url: 'https://nadir.lan:7070' },
    },
  }),
  TOM_NOTHING_TO_FOLLOW: errorEntry({
    exit: EXIT.found,
    message: () => 'there is nothing to follow: no file, no journal, no history that may be read',
    hint: () => 'Put the account into the groups adm and systemd-journal, or name files of its own.',
    next: () => 'sudo usermod -aG adm,systemd-journal "$USER"',
    doc: {
      cause:
        'On Debian the logs belong to the group `adm` and the journal to `systemd-journal`; other accounts may not read them.',
      action:
        'Put the account into both groups and log in again, run TOM as root, or name files that it may read in `files`.',
      example: {},
    },
  }),
  TOM_INPUT_UNREADABLE: errorEntry({
    exit: EXIT.partial,
    message: (p: { readonly path: string }) => `${p.path} cannot be read`,
    hint: () => 'TOM goes on with the others and tries this one again; it is counted in the ledger.',
    next: () => 'tom status',
    doc: {
      cause: 'The file is there and TOM may not open it, or reading it fails.',
      action:
        'Give TOM the group that the file belongs to (often `adm`), or leave the file out with `exclude`.',
      example: { path: '/var/log/auth.log' },
    },
  }),
  TOM_SPOOL_FULL: errorEntry({
    exit: EXIT.partial,
    message: (p: { readonly dir: string; readonly size: string }) =>
      `the spool in ${p.dir} is full (${p.size})`,
    hint: () => 'Sources wait and the oldest lines are kept; it drains by itself once NADIR answers.',
    next: () => 'tom ledger',
    doc: {
      cause:
        'NADIR was away for longer than `spool.max_size` holds. TOM reads no further, so that nothing that was read is dropped; what is rotated away and deleted meanwhile is counted as lost.',
      action:
        'Bring NADIR back, or give the spool more room. `tom ledger` tells what was seen, spooled, acknowledged and lost.',
      example: { dir: '/var/lib/tom/spool', size: '1GiB' },
    },
  }),
  TOM_DISK_FULL: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly path: string }) => `there is no room left on the disk of ${p.path}`,
    hint: () => 'Make room; TOM goes on by itself where it stopped.',
    next: (p) => `df -h ${p.path}`,
    doc: {
      cause: 'The file system refused a write (ENOSPC, EDQUOT).',
      action:
        'Make room, or move `state_dir` to a larger disk. Positions and lines are written together, so nothing is skipped.',
      example: { path: '/var/lib/tom' },
    },
  }),
  TOM_JOURNALCTL_MISSING: errorEntry({
    exit: EXIT.failed,
    message: () => 'journald.enabled is true and there is no journalctl here',
    hint: () => 'Install systemd, or set journald.enabled to auto.',
    next: () => 'tom check',
    doc: {
      cause: 'The journal is read through `journalctl`, which is not in the path.',
      action: 'With `auto`, the default, TOM follows the journal where it can and says so where it cannot.',
      example: {},
    },
  }),
});

export const tomErrors = tomCatalogue.errors;
