import { openJournal } from './journal.ts';

/** Appends numbered records for ever and writes each number to standard output once it is durable. */
const journal = await openJournal({ dir: process.argv[2]!, segmentBytes: 200_000 });
let next = Number(process.argv[3]);
const appendOn = async (): Promise<void> => {
  for (;;) {
    const number = next++;
    await journal.append([Buffer.from(`${number} `), Buffer.alloc((number * 7919) % 5000, 'x')]);
    process.stdout.write(`${number}\n`);
  }
};
await Promise.all([appendOn(), appendOn(), appendOn()]);
