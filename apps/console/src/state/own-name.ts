const KEY = 'nadir.name';

/** The reader's name as this browser remembers it; what is done is logged with it. */
export function rememberedName(): string {
  try {
    return localStorage.getItem(KEY)?.slice(0, 64) ?? '';
  } catch {
    return '';
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name.slice(0, 64));
  } catch {
    // A browser that keeps nothing asks again.
  }
}
