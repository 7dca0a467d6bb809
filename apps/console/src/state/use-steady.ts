import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { steadyOrder } from './steady-order.ts';

export interface SteadyList<T> {
  readonly shown: readonly T[];
  readonly waiting: number;
  /** Shows what waits. */
  readonly showAll: () => void;
}

/**
 * Keeps a list still under the reader's hand: while the pointer or the focus is in it, or its top is scrolled away,
 * nothing moves in it and what is new is counted.
 *
 * @param key another one is another list, which is shown at once.
 */
export function useSteady<T extends { readonly id: string }>(
  box: RefObject<HTMLElement | null>,
  wanted: readonly T[],
  key: string,
): SteadyList<T> {
  const [held, setHeld] = useState(false);
  const read = useRef<{ readonly key: string; readonly items: readonly T[] }>({ key, items: wanted });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = (): void => {
      const away = element.getBoundingClientRect().top < 0;
      setHeld(away || element.matches(':hover') || element.contains(document.activeElement));
    };
    const inside = ['pointerenter', 'pointerleave', 'focusin', 'focusout'] as const;
    // The focus has moved only after the event.
    const soon = (): void => void setTimeout(look);
    for (const name of inside) element.addEventListener(name, soon);
    window.addEventListener('scroll', look, { passive: true });
    return () => {
      for (const name of inside) element.removeEventListener(name, soon);
      window.removeEventListener('scroll', look);
    };
  }, []);

  const still = held && read.current.key === key && read.current.items.length > 0;
  const { shown, waiting } = still ? steadyOrder(read.current.items, wanted) : { shown: wanted, waiting: 0 };
  read.current = { key, items: shown };
  return {
    shown,
    waiting,
    showAll: () => {
      read.current = { key, items: [] };
      setHeld(false);
    },
  };
}
