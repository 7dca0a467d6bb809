import { isInterpreter } from './well-known.ts';

/** What the call starts as a program: itself, or the script that a shell is given. */
export function startedFile(path: string, program: string, args: readonly string[]): string | null {
  if (path.includes('/') && !/^\/(?:usr\/)?(?:local\/)?s?bin\//.test(path)) return path;
  if (isInterpreter(program) || program === 'source' || program === '.') {
    const script = args.find((arg) => !arg.startsWith('-'));
    if (script !== undefined && !args.includes('-c') && !args.includes('-e')) return script;
  }
  return null;
}
