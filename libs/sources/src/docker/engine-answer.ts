/** What the engine answered, not believed yet. */
export type Answer = Readonly<Record<string, unknown>>;

/** The object under a path of names; an empty one where there is none. */
export function objectAt(value: unknown, ...names: readonly string[]): Answer {
  let at: unknown = value;
  for (const name of names) at = isObject(at) ? at[name] : undefined;
  return isObject(at) ? at : {};
}

export function listAt(value: unknown, name: string): readonly unknown[] {
  const list = objectAt(value)[name];
  return Array.isArray(list) ? list : [];
}

/** Texts longer than that are cut: a command line may hold a whole script. */
const TEXT_CHARS = 4_096;

/** The text under a name; undefined where it is none or empty. */
export function textAt(value: unknown, name: string): string | undefined {
  const text = objectAt(value)[name];
  return typeof text === 'string' && text !== '' ? text.slice(0, TEXT_CHARS) : undefined;
}

export function textsAt(value: unknown, name: string): readonly string[] {
  return listAt(value, name).filter((item) => typeof item === 'string');
}

function isObject(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
