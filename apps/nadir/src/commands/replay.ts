import { AppError, type CommandContext, defineCommand, EXIT } from '@suite/cli';
import { createEngine } from '@suite/detection';
import type { Detection, Incident, LogRecord } from '@suite/event';
import { createIncidents } from '@suite/incidents';
import { type ReplayInput, replay } from '@suite/pipeline';
import type { NadirConfig } from '../config.ts';
import { loadSettings } from '../configuration.ts';
import { detectionLine, detectionView } from '../detection-view.ts';
import { nadirErrors } from '../errors.ts';
import { eventView, isoTime } from '../event-view.ts';
import { checkFormat } from '../format-name.ts';
import { incidentText, incidentView } from '../incident-view.ts';
import { openInput } from '../inputs.ts';
import type { ReplayStore } from '../replay-store.ts';
import { loadConfiguredRules } from '../rule-source.ts';

/** `nadir replay FILE…`: the whole pipeline on the log's own clock. */
export const replayCommand = (clockUs: () => number) =>
  defineCommand({
    name: 'replay',
    summary: 'run logs through parse and detect on their own clock',
    options: {
      format: {
        type: 'string',
        value: 'NAME',
        default: 'auto',
        description: 'format of the logs; found out by itself, per file, unless named',
      },
      year: {
        type: 'integer',
        value: 'YYYY',
        min: 1970,
        max: 2200,
        description: 'year of time stamps that have none',
      },
      events: { type: 'boolean', description: 'print every event too' },
      incidents: {
        type: 'boolean',
        description: 'print what the detections add up to: one incident per story, when it is over',
      },
      store: {
        type: 'string',
        value: 'DIR',
        description: 'also store events and detections in DIR, as the data_dir of `nadir serve`',
      },
    },
    positionals: [
      {
        name: 'FILE',
        description: 'log files, .gz and .zst too, or - for standard input',
        required: true,
        many: true,
      },
    ],
    examples: ['nadir replay /var/log/auth.log', 'nadir replay auth.log.2.gz auth.log.1 auth.log --json'],
    async run(context) {
      const { options, positionals, stdin, json, output, print, signal } = context;
      checkFormat(options.format);
      const settings = await loadSettings(context);
      const { ruleSet } = await loadConfiguredRules(settings.config, context.warn);
      const { inputs, skipped } = await openInputs(
        positionals,
        (file) => openInput(file, stdin, clockUs()),
        context,
      );
      const store = options.store === undefined ? null : await openStore(options.store, settings.config);
      const pending = {
        records: [] as LogRecord[],
        detections: [] as Detection[],
        incidents: [] as Incident[],
      };
      const incidents = options.incidents || store ? createIncidents(settings.incidents) : null;
      const tellIncident = async (incident: Incident) => {
        await output.write(incidentView(incident));
        await print(incidentText(incident));
      };
      /** The rule of each detection: with a hundred thousand of them, their lines would be half of the memory. */
      const rules = new Map<string, string>();
      const progress = context.progress({ label: 'replay', unit: 'B' });
      let bytes = 0;
      try {
        const summary = await replay(inputs, {
          host: 'replay',
          engine: createEngine(settings.detection, { rules: ruleSet }),
          incidents,
          format: options.format,
          signal,
          ...(options.year === undefined ? {} : { year: options.year }),
          onRecord: (record) => {
            if (store || options.events) pending.records.push(record);
          },
          onDetection: (detection) => {
            pending.detections.push(detection);
            rules.set(detection.id, detection.rule);
          },
          onIncident: (incident) => pending.incidents.push(incident),
          async afterChunk(chunkBytes) {
            bytes += chunkBytes;
            progress.update(bytes);
            const found = { ...pending };
            const { records, detections } = found;
            Object.assign(pending, { records: [], detections: [], incidents: [] });
            await store?.commit(found, bytes);
            if (options.events) {
              for (const record of records) {
                const event = { ...eventView(record.event) };
                await output.write({
                  type: 'event',
                  file: record.origin.path,
                  line: record.origin.line,
                  format: record.format,
                  event,
                });
              }
            }
            for (const detection of detections) {
              await output.write(detectionView(detection));
              if (detection.version === 1) await print(detectionLine(detection));
            }
            if (!options.incidents) return;
            for (const incident of found.incidents) if (incident.closed) await tellIncident(incident);
          },
        });
        if (options.incidents) for (const incident of incidents!.open()) await tellIncident(incident);
        progress.stop();
        const { firstUs, lastUs, ...counts } = summary;
        const byRule = countByRule(rules.values());
        await output.write({
          type: 'summary',
          ...counts,
          skipped,
          first: firstUs === null ? null : isoTime(firstUs),
          last: lastUs === null ? null : isoTime(lastUs),
          by_rule: byRule,
        });
        await print(summaryText(summary.lines, summary.parsed, byRule));
        // The summary is the last object; for a program, the exit code and `skipped` say it.
        if (skipped > 0 && json) return EXIT.partial;
        if (skipped > 0) throw nadirErrors.NADIR_INPUT_SKIPPED({ skipped, total: positionals.length });
        return EXIT.ok;
      } finally {
        await store?.stop();
      }
    },
  });

/** Opens what can be opened; the rest is named and counted. @throws when nothing is left. */
async function openInputs(
  files: readonly string[],
  open: (file: string) => Promise<ReplayInput>,
  { warn }: Pick<CommandContext, 'warn'>,
): Promise<{ inputs: ReplayInput[]; skipped: number }> {
  const inputs: ReplayInput[] = [];
  let failure: unknown = null;
  for (const file of files) {
    try {
      inputs.push(await open(file));
    } catch (error) {
      failure = error;
      if (files.length > 1 && error instanceof AppError) warn(error.message);
    }
  }
  if (inputs.length === 0 && failure !== null) throw failure;
  return { inputs, skipped: files.length - inputs.length };
}

function countByRule(rules: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const rule of rules) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

function summaryText(lines: number, parsed: number, byRule: Readonly<Record<string, number>>): string {
  const rules = Object.entries(byRule).map(([rule, count]) => `  ${String(count).padStart(6)}  ${rule}`);
  const total = Object.values(byRule).reduce((sum, count) => sum + count, 0);
  const head = `${lines} lines, ${parsed} understood, ${total} detection${total === 1 ? '' : 's'}`;
  return [head, ...rules].join('\n');
}

/** Loaded when it is asked for: a replay without a store has no need of one in memory. */
async function openStore(dir: string, config: NadirConfig): Promise<ReplayStore> {
  const { openReplayStore } = await import('../replay-store.ts');
  return openReplayStore(dir, config);
}
