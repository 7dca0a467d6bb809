import { messagesOf, refused } from './form.ts';
import { serviceFile } from './service-file.ts';

/** `client [@0x7f… ]ADDRESS#PORT[ (NAME)]: `; the name is the client's and comes after its address. */
const CLIENT =
  '^(?:security: |(?:[\\w-]{1,32}: )?(?:info|error|warning|notice): )*client (?:@0x[0-9a-f]{4,16} )?(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])#(?<port>\\d{1,5})(?: \\([^()\\s]{0,255}\\))?(?: view [\\w.-]{1,64})?: (?:view [\\w.-]{1,64}: )?';
const said = (words: string) => new RegExp(`${CLIENT}${words}$`, 's');

/** BIND 9 (ns/client.c, query.c, update.c, xfrout.c). */
export const named = messagesOf(
  'named',
  ['named', 'bind'],
  [
    refused('query_denied', said("query(?: \\(cache\\))? '[^']*' denied(?: \\([^()]{1,120}\\))?")),
    refused('transfer_denied', said("(?:bad )?zone transfer (?:request: )?'[^']*'.{0,16}denied")),
    refused('transfer_denied', said("bad zone transfer request: '[^']*': .{1,80}")),
    refused('update_denied', said("update '[^']*' denied.*")),
    refused('recursion_denied', said('recursion denied')),
    refused('notify_denied', said("received notify for zone '[^']*': not authoritative")),
    refused('request_refused', said('request (?:has invalid signature|from unauthorized).*')),
    refused('rate_limit', said('rate limit (?:drop|slip) .*')),
  ],
);

export const namedFormat = serviceFile({
  title: 'BIND’s own log files',
  head: /^(?<dmy>\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d\.\d{3}) (?=(?:[\w-]{1,32}: )?(?:(?:info|error|warning|notice|critical|debug \d{1,3}): )?(?:client |zone |received |transfer |query-errors|resolver|network |general|managed-keys|running|loading|all zones|listening|\w))/,
  own: /^(?:[\w-]{1,32}: )?(?:info|error|warning|notice|critical|debug \d{1,3}): |^client /,
  parser: named,
});
