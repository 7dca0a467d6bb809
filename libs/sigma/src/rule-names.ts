import type { RuleDocument } from './documents.ts';
import { lineOf } from './metadata.ts';
import { RuleProblem } from './problem.ts';

/** Names and ids are unique; the name of a rule's detections is made from them. */
export class RuleNames {
  readonly #claimed = new Map<string, RuleDocument>();
  readonly #rules = new Map<string, RuleDocument>();

  /** @throws RuleProblem when another document has the name or id. */
  claim(document: RuleDocument): void {
    const { id, name } = document.metadata;
    for (const [key, value] of [
      ['id', id],
      ['name', name],
    ] as const) {
      const other = value === null ? undefined : this.#claimed.get(value);
      if (other && other !== document)
        throw new RuleProblem(lineOf(document.map, key), `has the ${key} of ${other.file}:${other.line}`);
    }
    if (id !== null) this.#claimed.set(id, document);
    if (name !== null) this.#claimed.set(name, document);
  }

  /** From `name`, else from the file's name; a second one of the same name gets a number. */
  of(document: RuleDocument): string {
    const base = kebab(document.metadata.name ?? baseName(document.file)) || 'rule';
    const numbered =
      document.metadata.name === null && document.ordinal > 0 ? `${base}-${document.ordinal + 1}` : base;
    let rule = numbered;
    for (let n = 2; this.#rules.has(rule); n++) rule = `${numbered}-${n}`;
    this.#rules.set(rule, document);
    return rule;
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/i, '');
}

function kebab(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
}
