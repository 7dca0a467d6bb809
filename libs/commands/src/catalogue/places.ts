import { DECODERS } from '../unfold/decoders.ts';
import type { Invocation } from '../unfold/invocation.ts';
import { optionValue } from '../unfold/options.ts';

/** Folders that everyone may write to. */
export const TEMPORARY = /^(?:\/tmp\/|\/var\/tmp\/|\/dev\/shm\/|\/run\/shm\/|\/dev\/mqueue\/)/;
/** The same, inside a longer text. */
export const MENTIONS_TEMPORARY = /(?:^|[\s"'=(;|&])(?:\/var)?\/(?:tmp|dev\/shm)\/[^\s"']/;
/** A hidden file or folder with a path, but for the usual ones of a home. */
export const HIDDEN =
  /\/\.(?!(?:\/|\.|local|config|cargo|nvm|rbenv|pyenv|venv|bun|deno|npm|yarn|volta|asdf|sdkman|dotnet|go|git|oh-my-zsh|poetry|rustup|krew|pulumi|fly|virtualenvs|env|vscode|cursor|nix|acme\.sh|fzf|tfenv|tool|bin|husky|github|ci|composer|linuxbrew|kube|docker|ansible)(?:\/|-|$))[^/\s]+/;

const DOWNLOADERS: ReadonlySet<string> = new Set(
  'curl wget aria2c axel lynx lwp-download lwp-request GET fetch http https xh ftp tftp wget2 links elinks w3m'.split(
    ' ',
  ),
);

/** A program that brings something from elsewhere to its output or a file. */
export function downloads(call: Invocation): boolean {
  if (DOWNLOADERS.has(call.program)) return true;
  if (call.program === 'nc' || call.program === 'ncat' || call.program === 'socat')
    return call.args.length > 1;
  return call.program === 'openssl' && call.args[0] === 's_client';
}

/** Its output goes to the pipe, as far as its options tell. */
export function downloadsToOutput(call: Invocation): boolean {
  if (!downloads(call)) return false;
  if (call.program === 'wget') {
    const file = optionValue(call.args, '-O', '--output-document');
    return file === '-' || file === '/dev/stdout' || call.args.some((arg) => /^-[a-zA-Z]*O-$/.test(arg));
  }
  if (call.program === 'curl')
    return !call.args.some(
      (arg) => arg === '-O' || arg === '--remote-name' || arg === '-I' || arg === '--head',
    );
  return true;
}

/** The addresses that its arguments name. */
export function urlsOf(call: Invocation): string[] {
  return call.args.filter((arg) =>
    /^(?:[a-z]+:\/\/|(?:\d{1,3}\.){3}\d{1,3}[:/]|[\w-]+(?:\.[\w-]+)+\/)/i.test(arg),
  );
}

/** Installers that their makers tell people to pipe into a shell: host and beginning of the path, over TLS alone. */
const INSTALLERS: readonly string[] = [
  'get.docker.com',
  'sh.rustup.rs',
  'get.k3s.io',
  'get.rke2.io',
  'get.pnpm.io/install.sh',
  'get.sdkman.io',
  'get.volta.sh',
  'tailscale.com/install.sh',
  'starship.rs/install.sh',
  'install.python-poetry.org',
  'install.pi-hole.net',
  'bun.sh/install',
  'deno.land/install.sh',
  'astral.sh/uv/',
  'pyenv.run',
  'ollama.com/install.sh',
  'nixos.org/nix/install',
  'install.determinate.systems/',
  'fly.io/install.sh',
  'deb.nodesource.com/',
  'rpm.nodesource.com/',
  'getcomposer.org/installer',
  'bootstrap.pypa.io/',
  'get.netdata.cloud/',
  'repos.influxdata.com/',
  'download.docker.com/',
  'packagecloud.io/install/',
  'raw.githubusercontent.com/nvm-sh/nvm/',
  'raw.githubusercontent.com/creationix/nvm/',
  'raw.githubusercontent.com/Homebrew/install/',
  'raw.githubusercontent.com/ohmyzsh/ohmyzsh/',
  'raw.githubusercontent.com/helm/helm/',
  'raw.githubusercontent.com/k3d-io/k3d/',
  'raw.githubusercontent.com/docker/docker-install/',
  'raw.githubusercontent.com/kubernetes-sigs/',
];

export function isKnownInstaller(call: Invocation): boolean {
  const urls = call.args.filter(
    (arg) => /^https?:\/\//.test(arg) || INSTALLERS.some((known) => arg.startsWith(known)),
  );
  return (
    urls.length > 0 &&
    urls.every((url) => {
      const place = url.startsWith('https://') ? url.slice(8).replace(/^www\./, '') : url;
      return INSTALLERS.some(
        (known) => place === known || place.startsWith(known.includes('/') ? known : `${known}/`),
      );
    })
  );
}

export function isDecoder(call: Invocation): boolean {
  if (!DECODERS.has(call.program)) return false;
  switch (call.program) {
    case 'base64':
    case 'base32':
    case 'basenc':
    case 'gzip':
    case 'bzip2':
    case 'xz':
      return call.args.some((arg) => /^(?:-[a-zA-Z]*[dD]|--decode|--decompress)/.test(arg));
    case 'xxd':
      return call.args.some((arg) => /^-[a-z]*r/.test(arg));
    case 'openssl':
      return call.args.includes('-d');
    case 'hex':
    case 'od':
      return false;
    default:
      return true;
  }
}
