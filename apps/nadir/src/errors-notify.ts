import { EXIT, errorEntry } from '@suite/cli';

/** Failures of telling people. */
export const notifyErrors = {
  NADIR_NO_CHANNEL: errorEntry({
    exit: EXIT.usage,
    message: (p: { readonly name: string | null; readonly names: readonly string[] }) =>
      p.name === null ? 'the configuration names no way to reach anybody' : `there is no channel "${p.name}"`,
    hint: (p) =>
      p.names.length === 0
        ? 'Add one under notify, e.g. ntfy with a topic; docs/config/nadir.md has them all.'
        : `There are: ${p.names.join(', ')}.`,
    next: () => 'nadir check',
    doc: {
      cause: 'No channel under `notify` has this name, or there is none at all.',
      action: 'Compare with what `nadir check` prints under `notify`.',
      example: { name: 'phone', names: ['mail', 'matrix'] },
    },
  }),
  NADIR_NOTIFY_FAILED: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly failed: readonly string[]; readonly total: number }) =>
      `${p.failed.length} of ${p.total} channels failed: ${p.failed.join(', ')}`,
    hint: () =>
      'The reason stands beside each above. Alerts wait in the queue and are tried again for three days.',
    next: (p) => `nadir notify test ${p.failed[0] ?? ''}`.trim(),
    doc: {
      cause:
        'The service did not answer, or refused: a wrong token, topic, chat or room, a mail server without TLS where TLS is wanted.',
      action: 'Mend what the reason names and send the test again.',
      example: { failed: ['phone'], total: 2 },
    },
  }),
} as const;
