import type { ApiRecord } from '@suite/api/contract';
import { Untrusted } from '../parts/untrusted.tsx';
import { grouped } from '../text/amount.ts';

/** What a parser made of a line, and where the line stands. */
export function RecordFields({ line }: { readonly line: ApiRecord }) {
  const place = line.line === undefined ? `byte ${grouped(line.offset)}` : `line ${grouped(line.line)}`;
  const fields: (readonly [string, string])[] = [
    ['line', line.raw],
    ['time', line.time],
    ['log.file.path', line.path],
    ['position', place],
    ['format', line.format],
    ...Object.entries(line.event ?? {}).map(([name, value]) => [name, String(value)] as const),
  ];
  return (
    <div class="fields">
      {line.event === null && (
        <p class="quiet">No parser vouches for a meaning of this line; it is kept and searchable.</p>
      )}
      {line.rawLength > line.raw.length && (
        <p class="quiet">
          The first {grouped(line.raw.length)} of {grouped(line.rawLength)} characters.
        </p>
      )}
      <dl>
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt>
              <Untrusted text={name} />
            </dt>
            <dd>
              <Untrusted text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
