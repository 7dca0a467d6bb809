import type { CountModel } from '@suite/anomaly';
import { fold, type Habit, modelOf } from './habit.ts';
import type { ClockState } from './host-clock.ts';
import { type Source, startSource } from './source.ts';

const HOSTS = 256;
const SOURCES = 512;
const HABITS = 4_096;
/** Times seen from which on something is counted by hour, and how many such there may be. */
const COUNTED_FROM = 30;
const COUNTED = 1_024;
/** Lines, or times seen, from which on something is kept longer than what came by once. */
const PROVEN_LINES = 500;
const PROVEN_COUNT = 16;
const FORGET_SHARE = 4;

/** What is known of one host. */
export interface Host extends ClockState {
  readonly name: string;
  bucket: number;
  lines: number;
  readonly sources: Map<string, Source>;
}

/**
 * What is usual of each program of each host: 256 hosts, 512 programs, 4,096 templates of theirs at most, in all. When
 * one is full a quarter of it is forgotten: first what was seen fewer than 16 times (programs: fewer than 500 lines)
 * and of that, as of the rest, what was quiet longest. A flood of new kinds so pushes out only its own.
 */
export class HabitBook {
  readonly #hosts = new Map<string, Host>();
  #sources = 0;
  #habits = 0;
  #counted = 0;

  get size(): { hosts: number; sources: number; habits: number; counted: number } {
    return { hosts: this.#hosts.size, sources: this.#sources, habits: this.#habits, counted: this.#counted };
  }

  /** The habit's counts by hour; null where it is seen too rarely, or there is no room for more. */
  model(habit: Habit): CountModel | null {
    if (habit.model === null) {
      if (habit.count < COUNTED_FROM || this.#counted >= COUNTED) return null;
      this.#counted += 1;
    }
    return modelOf(habit);
  }

  host(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    if (this.#hosts.size >= HOSTS) this.#forgetHosts();
    const host: Host = {
      name,
      nowUs: 0,
      odd: 0,
      gapUs: 0,
      backUs: 0,
      bucket: 0,
      lines: 0,
      sources: new Map(),
    };
    this.#hosts.set(name, host);
    return host;
  }

  source(host: Host, program: string, nowUs: number): Source {
    const known = host.sources.get(program);
    if (known !== undefined) return known;
    if (this.#sources >= SOURCES) this.#forgetSources();
    const source = startSource(program, nowUs);
    host.sources.set(program, source);
    this.#sources += 1;
    return source;
  }

  add(source: Source, habit: Habit): void {
    if (this.#habits >= HABITS) this.#forgetHabits();
    source.habits.set(habit.id, habit);
    this.#habits += 1;
  }

  /** The miner found that one template is another's. */
  merge(fromId: string, intoId: string): void {
    for (const host of this.#hosts.values()) {
      for (const source of host.sources.values()) {
        const from = source.habits.get(fromId);
        if (from === undefined) continue;
        const into = source.habits.get(intoId);
        source.habits.delete(fromId);
        if (into === undefined) source.habits.set(intoId, { ...from, id: intoId });
        else {
          for (const { model } of [from, into]) if (model !== null) this.#counted -= 1;
          fold(from, into);
          this.#habits -= 1;
        }
      }
    }
  }

  snapshot(): unknown {
    return [...this.#hosts.values()].map((host) => ({
      ...host,
      sources: [...host.sources.values()].map((source) => ({
        ...source,
        habits: [...source.habits.values()],
      })),
    }));
  }

  restore(state: unknown): void {
    this.#hosts.clear();
    this.#sources = 0;
    this.#habits = 0;
    this.#counted = 0;
    for (const { sources, ...host } of structuredClone(state) as HostState[]) {
      const kept = new Map<string, Source>();
      for (const { habits, ...source } of sources) {
        kept.set(source.program, { ...source, habits: new Map(habits.map((habit) => [habit.id, habit])) });
        this.#habits += habits.length;
        for (const { model } of habits) if (model !== null) this.#counted += 1;
      }
      this.#sources += kept.size;
      this.#hosts.set(host.name, { ...host, sources: kept });
    }
  }

  #forgetHosts(): void {
    const hosts = [...this.#hosts.values()].sort((a, b) =>
      rank(a.lines, PROVEN_LINES, a.nowUs, b.lines, b.nowUs),
    );
    for (const host of hosts.slice(0, HOSTS / FORGET_SHARE)) {
      this.#hosts.delete(host.name);
      for (const source of host.sources.values()) this.#drop(source);
    }
  }

  #forgetSources(): void {
    const all = [...this.#hosts.values()].flatMap((host) =>
      [...host.sources.values()].map((source) => ({ host, source })),
    );
    all.sort((a, b) => rank(a.source.lines, PROVEN_LINES, a.source.lastUs, b.source.lines, b.source.lastUs));
    for (const { host, source } of all.slice(0, SOURCES / FORGET_SHARE)) {
      host.sources.delete(source.program);
      this.#drop(source);
    }
  }

  #forgetHabits(): void {
    const all = [...this.#hosts.values()].flatMap((host) =>
      [...host.sources.values()].flatMap((source) =>
        [...source.habits.values()].map((habit) => ({ source, habit })),
      ),
    );
    all.sort((a, b) => rank(a.habit.count, PROVEN_COUNT, a.habit.lastUs, b.habit.count, b.habit.lastUs));
    for (const { source, habit } of all.slice(0, HABITS / FORGET_SHARE)) {
      source.habits.delete(habit.id);
      this.#forgot(habit);
    }
  }

  #forgot(habit: Habit): void {
    this.#habits -= 1;
    if (habit.model !== null) this.#counted -= 1;
  }

  #drop(source: Source): void {
    this.#sources -= 1;
    for (const habit of source.habits.values()) this.#forgot(habit);
  }
}

interface HostState extends Omit<Host, 'sources'> {
  sources: (Omit<Source, 'habits'> & { habits: Habit[] })[];
}

/** The unproven before the proven, then the one that was quiet longest. */
function rank(countA: number, proven: number, lastA: number, countB: number, lastB: number): number {
  return Number(countA >= proven) - Number(countB >= proven) || lastA - lastB;
}
