/** As far as it is needed here: package-lock.json, version 3. */
export interface Lockfile {
  readonly packages: Record<string, LockEntry>;
}

export interface LockEntry {
  version?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface MissingPackage {
  /** Where its entry belongs: `node_modules/@nx/nx-darwin-arm64`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly dev: boolean;
}

/**
 * Optional packages (binaries for other platforms) that a package of the lockfile names and the lockfile lacks. `npm ci`
 * refuses such a lockfile everywhere; `npm install` writes it when the registry at hand lacks a platform's binary.
 */
export function missingPlatformPackages({ packages }: Lockfile): MissingPackage[] {
  const missing = new Map<string, MissingPackage>();
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!/^\d+\.\d+\.\d+[\w.-]*$/.test(version) || resolves(packages, path, name, version)) continue;
      const top = `node_modules/${name}`;
      const place = packages[top] ? `${path}/${top}` : top;
      missing.set(place, { path: place, name, version, dev: entry.dev ?? false });
    }
  }
  return [...missing.values()];
}

/** The entry as npm writes it, but for the hash, which only who has the package knows. */
export function platformEntry({ name, version, dev }: MissingPackage): LockEntry {
  const has = (word: string) => name.split(/[-/]/).includes(word);
  const os = ['android', 'darwin', 'freebsd', 'win32', 'openharmony', 'linux'].filter(has);
  const cpu = ['arm64', 'x64', 'ppc64', 's390x', 'riscv64', 'ia32', 'wasm32'].filter(has);
  if (has('gnueabihf') || has('eabi') || has('armv7') || (cpu.length === 0 && has('arm'))) cpu.push('arm');
  const libc = has('musl') ? ['musl'] : has('gnu') ? ['glibc'] : [];
  if (os.length === 0 && cpu.length === 0) throw new Error(`${name} names no platform`);
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

function resolves(packages: Lockfile['packages'], from: string, name: string, version: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const found = packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`];
    if (found) return found.version === version;
    if (at === '') return false;
    if (!at.includes('/node_modules/')) return packages[`node_modules/${name}`]?.version === version;
  }
}
