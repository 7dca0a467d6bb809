import { isInterpreter, isShell } from '../unfold/well-known.ts';
import type { Call, CommandLine } from './line.ts';
import { downloads, downloadsToOutput, isKnownInstaller, TEMPORARY, urlsOf } from './places.ts';
import type { Indicator } from './port.ts';

/** A downloader's output flows into an interpreter, through a pipe or a substitution. */
function runsDownload(call: Call): boolean {
  if (isInterpreter(call.program) && readsProgram(call) && call.upstream.some(downloadsToOutput)) return true;
  const takes =
    isInterpreter(call.program) ||
    call.program === 'eval' ||
    call.program === 'source' ||
    call.program === '.';
  return takes && call.substituted.some(downloadsToOutput);
}

/** Its standard input is the program, not data. */
function readsProgram(call: Call): boolean {
  if (isShell(call.program)) return !call.args.includes('-c');
  const code = call.args.find((arg) => !arg.startsWith('-'));
  return code === undefined || code === '-' || code === '/dev/stdin';
}

function fromKnownMaker(call: Call): boolean {
  const from = [...call.upstream, ...call.substituted].filter(downloads);
  return from.length > 0 && from.every(isKnownInstaller);
}

/** Files that the line downloads, as they are named afterwards. */
export function downloadedFiles(line: CommandLine): string[] {
  const files: string[] = [];
  for (const call of line.calls) {
    if (!downloads(call) || isKnownInstaller(call)) continue;
    for (const { path, call: by, how } of line.written) if (by === call && how === 'output') files.push(path);
    if (call.program === 'wget' || call.args.some((arg) => /^(?:-[a-zA-Z]*O|--remote-name)/.test(arg)))
      for (const url of urlsOf(call)) files.push(url.replace(/[?#].*$/, '').replace(/^.*\//, ''));
  }
  return files.filter((file) => file !== '');
}

export function sameFile(file: string, path: string): boolean {
  const base = (text: string) => text.slice(text.lastIndexOf('/') + 1);
  return base(file) === base(path) && base(file) !== '';
}

export const downloadAndRun: readonly Indicator[] = [
  {
    id: 'download-piped-to-interpreter',
    family: 'download-and-run',
    techniques: ['T1059.004', 'T1105'],
    weight: 0.7,
    says: 'runs what it downloads without keeping a copy',
    needs: 'input',
    when: (call) => runsDownload(call) && !fromKnownMaker(call),
  },
  {
    id: 'download-piped-from-bare-address',
    family: 'download-and-run',
    techniques: ['T1105'],
    weight: 0.3,
    says: 'from an address without a name, or without TLS',
    needs: 'input',
    when: (call) =>
      runsDownload(call) &&
      [...call.upstream, ...call.substituted].some(
        (from) =>
          downloads(from) &&
          urlsOf(from).some((url) => /^(?:(?:https?:\/\/)?(?:\d{1,3}\.){3}\d|http:|ftp:)/i.test(url)),
      ),
  },
  {
    id: 'download-then-run',
    family: 'download-and-run',
    techniques: ['T1105', 'T1059.004'],
    weight: 0.7,
    says: 'downloads a file and runs it at once',
    whenLine(line) {
      const files = downloadedFiles(line);
      if (files.length === 0) return false;
      return line.calls.some((call) => {
        const started = call.started;
        return started !== null && files.some((file) => sameFile(file, started));
      });
    },
  },
  {
    id: 'download-to-memory',
    family: 'download-and-run',
    techniques: ['T1105', 'T1564.001'],
    weight: 0.45,
    says: 'downloads into a folder that is hidden or held in memory',
    programs: ['curl', 'wget', 'aria2c', 'axel', 'nc', 'ncat', 'fetch'],
    when: (call, line) =>
      downloads(call) &&
      line.written.some(
        ({ path, call: by }) =>
          by === call && (/^\/dev\/shm\//.test(path) || /^(?:\/var)?\/tmp\/\./.test(path)),
      ),
  },
  {
    id: 'download-by-odd-program',
    family: 'download-and-run',
    techniques: ['T1105'],
    weight: 0.45,
    says: 'downloads with a program that is not made for it',
    programs: [
      'bash',
      'openssl',
      'whois',
      'finger',
      'php',
      'python',
      'perl',
      'ruby',
      'busybox',
      'tftp',
      'sh',
    ],
    when: (call) => {
      switch (call.program) {
        case 'whois':
          return /(?:^|\s)-h\s+\S+\s+-p\s+\d/.test(call.text);
        case 'finger':
          return call.text.includes('@') && call.redirects.length > 0;
        case 'tftp':
          return /(?:-c\s+get|-g\b|-i\s+get)/.test(call.text);
        case 'python':
          return (
            /urllib|requests\.get|urlopen|urlretrieve/.test(call.text) &&
            /exec|eval|write|system|subprocess|urlretrieve/.test(call.text)
          );
        case 'php':
          return (
            /file_get_contents\(\s*["']https?:/.test(call.text) &&
            /eval|file_put_contents|system|exec/.test(call.text)
          );
        case 'perl':
          return (
            /LWP|HTTP::Tiny|getstore/.test(call.text) && /exec|eval|system|getstore|mirror/.test(call.text)
          );
        case 'ruby':
          return /open-uri|Net::HTTP/.test(call.text) && /eval|exec|system|write/.test(call.text);
        default:
          return false;
      }
    },
  },
  {
    id: 'pipe-variable-to-shell',
    family: 'download-and-run',
    techniques: ['T1059.004'],
    weight: 0.45,
    says: 'feeds a shell with a text that the line does not show',
    needs: 'input',
    when: (call) => {
      if (!isShell(call.program) || call.stdin !== null || !readsProgram(call)) return false;
      const [source, ...rest] = call.upstream;
      return (
        rest.length <= 2 &&
        (source?.program === 'echo' || source?.program === 'printf') &&
        source.args.every((arg) => arg.startsWith('-') || /^\$(?:[A-Za-z_]\w*|\(\))$/.test(arg))
      );
    },
  },
  {
    id: 'run-from-temporary-folder',
    family: 'download-and-run',
    techniques: ['T1059.004', 'T1204.002'],
    weight: 0.2,
    says: 'runs a program out of a folder that everyone may write to',
    needs: 'file',
    when: (call) => TEMPORARY.test(call.started ?? ''),
  },
  {
    id: 'run-binary-from-temporary-folder-as-root',
    family: 'download-and-run',
    techniques: ['T1059.004', 'T1548.003'],
    weight: 0.42,
    says: 'gives root to a program in a folder that everyone may write to',
    needs: 'file',
    when: (call) =>
      TEMPORARY.test(call.path) &&
      call.via.some((by) => by === 'sudo' || by === 'doas') &&
      !/\.(?:sh|run|py|deb|AppImage)$/.test(call.path),
  },
  {
    id: 'run-in-background-from-temporary-folder',
    family: 'download-and-run',
    techniques: ['T1059.004'],
    weight: 0.4,
    says: 'leaves a program from a folder that everyone may write to running in the background',
    needs: 'file',
    when: (call) => call.background && TEMPORARY.test(call.started ?? ''),
  },
  {
    id: 'run-from-hidden-temporary-file',
    family: 'download-and-run',
    techniques: ['T1564.001'],
    weight: 0.6,
    says: 'runs a program that is hidden or held in memory alone',
    needs: 'file',
    when: (call) =>
      /^(?:(?:\/var)?\/tmp\/(?:[^/]+\/)*\.[^./]|\/dev\/shm\/|\/run\/shm\/|\/proc\/self\/fd\/)/.test(
        call.started ?? '',
      ),
  },
  {
    id: 'write-script-by-echo',
    family: 'download-and-run',
    techniques: ['T1059.004'],
    weight: 0.42,
    says: 'writes a script into a folder that everyone may write to, line by line',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, how, content }) =>
          how === 'text' &&
          TEMPORARY.test(path) &&
          (/\.(?:sh|py|pl|php|elf|bin)$/.test(path) || /^["']?#!\//.test(content ?? '')),
      ),
  },
  {
    id: 'run-picture-as-program',
    family: 'download-and-run',
    techniques: ['T1036.008'],
    weight: 0.6,
    says: 'runs a file that claims to be a picture or a document',
    needs: 'file',
    when: (call) => {
      const file = call.started;
      return (
        file !== null &&
        /\.(?:png|jpe?g|gif|bmp|ico|svg|pdf|docx?|xlsx?|mp3|mp4|avi|zip|css|woff2?)$/i.test(file)
      );
    },
  },
  {
    id: 'program-in-temporary-folder',
    family: 'download-and-run',
    techniques: ['T1059.004', 'T1204.002'],
    weight: 0.42,
    says: 'starts a program that lies in a folder that everyone may write to',
    needs: 'file',
    when: ({ path }) =>
      TEMPORARY.test(path) &&
      !/\.(?:sh|run|py|pl|rb|deb|AppImage|bin|js)$|\/(?:configure|install|setup|autogen|gradlew|mvnw|run-installer|test|bin)(?:$|\/)/.test(
        path,
      ),
  },
  {
    id: 'compiled-in-temporary-folder',
    family: 'download-and-run',
    techniques: ['T1027.004'],
    weight: 0.42,
    says: 'compiles a program in a folder that everyone may write to',
    programs: ['gcc', 'cc', 'clang', 'g++', 'tcc', 'go', 'rustc', 'clang++'],
    when: ({ args }) => args.some((arg) => TEMPORARY.test(arg)),
  },
  {
    id: 'code-fetches-and-runs',
    family: 'download-and-run',
    techniques: ['T1059.006', 'T1105'],
    weight: 0.6,
    says: 'fetches something in a line of code and runs it',
    programs: ['python', 'perl', 'ruby', 'php', 'node'],
    when: ({ text }) =>
      /https?:\/\//.test(text) &&
      /os\.system|subprocess|exec\s*\(|eval\s*\(|popen|child_process|\bsystem\s*\(/.test(text),
  },
  {
    id: 'download-made-runnable',
    family: 'download-and-run',
    techniques: ['T1105', 'T1222.002'],
    weight: 0.42,
    says: 'makes something runnable that it has just fetched without TLS or into a temporary folder',
    programs: ['chmod'],
    when: ({ args, text }, line) => {
      if (!/\+\w*x|(?:^|\s)[0-7]?[157][0-7]{2}\s/.test(text)) return false;
      const files = downloadedFiles(line);
      return args.some(
        (arg) =>
          files.some((file) => sameFile(file, arg)) &&
          (TEMPORARY.test(arg) ||
            line.calls.some(
              (call) => downloads(call) && urlsOf(call).some((url) => /^http:|^(?:\d{1,3}\.){3}/.test(url)),
            )),
      );
    },
  },
];
