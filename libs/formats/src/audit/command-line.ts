const MAX_ARGUMENTS = 1000;
const MAX_CHARS = 128 * 1024;

/** Anything that a shell would read as more than a letter. */
const PLAIN = /^[\w@%+=:,./~^-]+$/;

/**
 * The command of EXECVE's `a0`, `a1`, …, and of `a1[0]`, `a1[1]` where one is long, each quoted where a shell would
 * need it. What is missing or past 128 KiB is left out.
 */
export function commandLine(records: readonly ReadonlyMap<string, string>[]): string {
  const argument = (index: number): string | undefined => {
    for (const fields of records) {
      const whole = fields.get(`a${index}`);
      if (whole !== undefined) return whole;
    }
    let joined: string | undefined;
    for (let part = 0; ; part++) {
      const piece = records
        .map((fields) => fields.get(`a${index}[${part}]`))
        .find((value) => value !== undefined);
      if (piece === undefined) return joined;
      joined = (joined ?? '') + piece;
    }
  };
  let line = '';
  for (let index = 0; index < MAX_ARGUMENTS && line.length < MAX_CHARS; index++) {
    const value = argument(index);
    if (value === undefined) break;
    line += (index === 0 ? '' : ' ') + quoted(value);
  }
  return line.slice(0, MAX_CHARS);
}

function quoted(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** The name against the working directory, without `.` and `..`; as it is where that is not known. */
export function absolutePath(name: string, cwd: string | undefined): string {
  const path = name.startsWith('/') || cwd === undefined ? name : `${cwd}/${name}`;
  if (!path.startsWith('/') || !/\/\.{0,2}(?:\/|$)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
