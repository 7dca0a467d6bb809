export { type DetachedReader, type DetachedReaderOptions, openJournalReader } from './detached-reader.ts';
export { openJournal } from './journal.ts';
export { JournalLockedError } from './lock.ts';
export {
  type Appended,
  type Journal,
  type JournalEntry,
  JournalFullError,
  type JournalLoss,
  type JournalOptions,
  type JournalReader,
} from './port.ts';
export { releaseBuffer } from './release-buffer.ts';
