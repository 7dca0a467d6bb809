import type { Script } from './ast.ts';
import { readScript } from './grammar.ts';
import { type Budget, Source } from './source.ts';

/**
 * Parses POSIX shell and bash. Never throws and runs in linear time: what is no shell comes out as the words that
 * it falls into, nesting beyond LIMITS.depth as text, and what lies beyond LIMITS.nodes is left out.
 */
export function parseShell(text: string, budget?: Budget): Script {
  return readScript(new Source(text, budget), null);
}
