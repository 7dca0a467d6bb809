import { authorization, type InfluxConnection } from './connection.ts';

export type InfluxRow = Record<string, string | number | boolean | null>;

interface Answer {
  readonly error?: string;
  readonly results?: readonly {
    readonly error?: string;
    readonly series?: readonly {
      readonly tags?: Record<string, string>;
      readonly columns: readonly string[];
      readonly values?: readonly (readonly (string | number | boolean | null)[])[];
    }[];
  }[];
}

/** InfluxQL over `/query`, which 1.x, 2.x and 3 Core answer alike. */
export class InfluxQuery {
  readonly #connection: InfluxConnection;
  readonly #fetch: typeof fetch;
  readonly #timeoutMs: number;

  constructor(connection: InfluxConnection, fetchWith: typeof fetch, timeoutMs: number) {
    this.#connection = connection;
    this.#fetch = fetchWith;
    this.#timeoutMs = timeoutMs;
  }

  /** Rows of all series, tags of a GROUP BY included. @throws with the server's own words. */
  async run(query: string): Promise<InfluxRow[]> {
    const { url, database, auth } = this.#connection;
    const response = await this.#fetch(`${url.replace(/\/+$/, '')}/query`, {
      method: 'POST',
      headers: { ...authorization(auth), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ db: database, q: query }).toString(),
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    const text = await response.text();
    let answer: Answer;
    try {
      answer = JSON.parse(text) as Answer;
    } catch {
      throw new Error(`InfluxDB answered ${response.status}: ${text.slice(0, 200)}`);
    }
    const error = answer.error ?? answer.results?.find((result) => result.error !== undefined)?.error;
    if (error !== undefined) throw new Error(`InfluxDB answered ${response.status}: ${error.slice(0, 500)}`);
    if (!response.ok) throw new Error(`InfluxDB answered ${response.status}`);
    const rows: InfluxRow[] = [];
    for (const result of answer.results ?? []) {
      for (const { tags, columns, values } of result.series ?? []) {
        for (const value of values ?? []) {
          const row: InfluxRow = { ...tags };
          for (let i = 0; i < columns.length; i += 1) row[columns[i]!] = value[i] ?? null;
          rows.push(row);
        }
      }
    }
    return rows;
  }
}
