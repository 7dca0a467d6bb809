/** What names of entities mean, for a person. */
export const ENTITY_WORDS: Readonly<Record<string, string>> = {
  'source.address': 'address',
  'destination.address': 'destination',
  'user.name': 'account',
  'user.effective.name': 'as account',
  'source.user.name': 'by account',
  'host.name': 'node',
  'session.id': 'session',
  'container.id': 'container',
  'container.name': 'container',
  'process.name': 'program',
  'process.command_line': 'command',
};
