import { Random } from './random.ts';

export interface SshLogOptions {
  readonly seed: number;
  readonly lines: number;
  /** First time stamp, epoch milliseconds. */
  readonly startMs: number;
  readonly host?: string;
}

/** What is true of a generated log. */
export interface SshLogTruth {
  /** Addresses that failed at least 8 times within 5 minutes. */
  readonly attackers: readonly string[];
  /** Addresses of people: they log in, some after one or two wrong passwords. */
  readonly honest: readonly string[];
}

/** Lines of the longest burst. */
const BURST_LINES = 160;
const NAMES = ['admin', 'test', 'oracle', 'ubuntu', 'git', 'guest', 'postgres', 'ftp', 'www', 'backup'];
const PEOPLE = ['anna', 'jo', 'pi', 'maria', 'sven'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * An auth.log as Debian's sshd writes it: bursts of password guessing, people who log in and now and then mistype,
 * cron and sudo in between. About one line in eight is of people.
 */
export class SshLog {
  readonly #random: Random;
  readonly #options: SshLogOptions;
  readonly #attackers = new Set<string>();
  readonly #honest = new Set<string>();
  #nowMs: number;
  #pid = 1000;

  constructor(options: SshLogOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#nowMs = options.startMs;
  }

  get truth(): SshLogTruth {
    return { attackers: [...this.#attackers], honest: [...this.#honest] };
  }

  /** The lines, each with its `\n`, some at a time. */
  *chunks(): Generator<string> {
    let left = this.#options.lines;
    while (left > 0) {
      // A burst that the end cuts short would be none: the truth below would not hold.
      const attacked = this.#random.next() < 0.55 && left >= BURST_LINES;
      const part = (attacked ? this.#burst() : this.#person()).slice(0, left);
      left -= part.length;
      yield part.join('');
    }
  }

  /** From 198.18.0.0/15, which belongs to nobody (RFC 2544). */
  #burst(): string[] {
    const random = this.#random;
    const address = `198.${18 + random.int(2)}.${random.int(256)}.${1 + random.int(254)}`;
    const tries = 8 + random.int(25);
    const lines: string[] = [];
    for (let i = 0; i < tries; i++) {
      const port = 1024 + random.int(60_000);
      this.#pid += 1;
      if (random.next() < 0.4) {
        const name = random.pick(NAMES);
        lines.push(
          this.#sshd(`Invalid user ${name} from ${address} port ${port}`),
          this.#sshd('pam_unix(sshd:auth): check pass; user unknown'),
          this.#sshd(
            `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${address} `,
          ),
          this.#sshd(`Failed password for invalid user ${name} from ${address} port ${port} ssh2`),
        );
      } else {
        lines.push(
          this.#sshd(
            `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${address}  user=root`,
          ),
          this.#sshd(`Failed password for root from ${address} port ${port} ssh2`),
        );
      }
      lines.push(
        this.#sshd(`Connection closed by authenticating user root ${address} port ${port} [preauth]`),
      );
      this.#nowMs += 500 + random.int(6_000);
    }
    this.#attackers.add(address);
    return lines;
  }

  #person(): string[] {
    const random = this.#random;
    const user = random.pick(PEOPLE);
    const address = `192.0.2.${1 + PEOPLE.indexOf(user)}`;
    const port = 1024 + random.int(60_000);
    const lines: string[] = [];
    this.#honest.add(address);
    this.#pid += 1;
    // An hour and more between visits, so that slips of several days do not add up.
    this.#nowMs += 600_000 + random.int(3_000_000);
    if (random.next() < 0.3) {
      lines.push(
        this.#sshd(
          `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${address}  user=${user}`,
        ),
        this.#sshd(`Failed password for ${user} from ${address} port ${port} ssh2`),
      );
      this.#nowMs += 4_000;
    }
    lines.push(
      this.#sshd(`Accepted password for ${user} from ${address} port ${port} ssh2`),
      this.#sshd(`pam_unix(sshd:session): session opened for user ${user}(uid=1000) by (uid=0)`),
      this.#line(
        `sudo: ${user.padStart(8)} : TTY=pts/0 ; PWD=/home/${user} ; USER=root ; COMMAND=/usr/bin/apt update`,
      ),
      this.#line(
        `CRON[${this.#pid}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`,
      ),
      this.#sshd(`Received disconnect from ${address} port ${port}:11: disconnected by user`),
      this.#sshd(`Disconnected from user ${user} ${address} port ${port}`),
      this.#sshd(`pam_unix(sshd:session): session closed for user ${user}`),
    );
    return lines;
  }

  #sshd(message: string): string {
    return this.#line(`sshd[${this.#pid}]: ${message}`);
  }

  #line(rest: string): string {
    const t = new Date(this.#nowMs);
    const day = String(t.getUTCDate()).padStart(2, ' ');
    return `${MONTHS[t.getUTCMonth()]} ${day} ${t.toISOString().slice(11, 19)} ${this.#options.host ?? 'node1'} ${rest}\n`;
  }
}
