import type { Invocation } from '../unfold/invocation.ts';
import { isInterpreter } from '../unfold/well-known.ts';

/** What the call starts as a program: itself, or the script that a shell is given. */
export function startedFile(call: Invocation): string | null {
  if (call.path.includes('/') && !/^\/(?:usr\/)?(?:local\/)?s?bin\//.test(call.path)) return call.path;
  if (isInterpreter(call.program) || call.program === 'source' || call.program === '.') {
    const script = call.args.find((arg) => !arg.startsWith('-'));
    if (script !== undefined && !call.args.includes('-c') && !call.args.includes('-e')) return script;
  }
  return null;
}
