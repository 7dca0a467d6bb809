import { expect, it } from 'vitest';
import { takeLoginToken } from './login-link.ts';

function page(hash: string) {
  const replaced: string[] = [];
  const window = {
    location: { hash, pathname: '/' },
    history: { replaceState: (_state: unknown, _title: string, url: string) => replaced.push(url) },
  };
  return { replaced, window: window as unknown as Pick<Window, 'location' | 'history'> };
}

it('takes the token and leaves nothing of it in the address bar', () => {
  const { window, replaced } = page('#token=a-b_c');
  expect(takeLoginToken(window)).toBe('a-b_c');
  expect(replaced).toEqual(['/']);
});

it('leaves other addresses alone', () => {
  const { window, replaced } = page('#tail');
  expect(takeLoginToken(window)).toBeNull();
  expect(replaced).toEqual([]);
});
