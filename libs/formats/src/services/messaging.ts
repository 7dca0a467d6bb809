import { checked, failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const PEER = '(?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?:\\d{1,5})';
const form = (source: string) => new RegExp(`^${source}$`, 's');

const AT =
  '(?:<\\d{1,4}\\.\\d{1,9}\\.\\d{1,9}>@[\\w:/]{1,120} )?\\((?:\\w{2,16}\\|<[\\d.]{3,30}>|\\{socket_state,\\S{1,160}\\})\\) ';
/** ejabberd (ejabberd_c2s.erl): `(tls|<0.1.0>) ` in front, older ones `({socket_state,…}) `. */
export const ejabberd = messagesOf(
  'ejabberd',
  ['ejabberd'],
  [
    failed(
      'authentication_failure',
      form(
        `${AT}Failed c2s (?<method>[\\w-]{1,32}) authentication for (?<user>\\S{0,512}) from ${ADDR}: .{1,200}`,
      ),
      ' from ',
    ),
    failed(
      'authentication_failure',
      form(
        `${AT}Failed authentication for (?<user>\\S{0,512}) from (?:IP )?${ADDR}(?: \\(\\{.{1,120}\\}\\))?`,
      ),
      ' from ',
    ),
    succeeded(
      form(
        `${AT}Accepted c2s (?<method>[\\w-]{1,32}) authentication for (?<user>\\S{1,512}) by \\w{1,32} backend from ${ADDR}`,
      ),
      ' from ',
    ),
  ],
);

export const ejabberdFormat = serviceFile({
  title: 'ejabberd',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}(?:[+-]\d\d:\d\d)?) \[\w{4,9}\] (?=<\d{1,4}\.\d{1,9}\.\d{1,9}>@)/,
  parser: ejabberd,
});

/** Prosody, with mod_log_auth. */
export const prosody = messagesOf(
  'prosody',
  ['prosody'],
  [
    failed(
      'authentication_failure',
      form(`Failed authentication attempt \\([\\w-]{1,64}\\)(?: for user (?<user>.*))? from IP: ${ADDR}`),
    ),
  ],
);

/** Synapse's access log: the answer to `/login`. The peer obeys `x_forwarded` of its listener. */
const REQUEST =
  ' - \\d{1,5} - \\{[^{}]{1,256}\\} Processed request: [\\d.-]{1,16}sec/[\\d.-]{1,16}sec \\([^()]{1,80}\\) \\([^()]{1,80}\\) \\d{1,12}B';
const LOGIN =
  '"POST /_matrix/client/(?:api/v1|r0|v3|unstable)/login HTTP/[\\d.]{1,3}" ".*" \\[\\d{1,9} dbevts\\]';
export const synapse = messagesOf(
  'synapse',
  ['synapse', 'matrix-synapse'],
  [
    failed('authentication_failure', form(`${ADDR}${REQUEST} 403 ${LOGIN}`)),
    refused('rate_limit', form(`${ADDR}${REQUEST} 429 ${LOGIN}`)),
    succeeded(form(`${ADDR}${REQUEST} 200 ${LOGIN}`)),
  ],
);

export const synapseFormat = serviceFile({
  title: 'Matrix Synapse',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - (?:synapse|twisted)[\w.-]{0,120} - \d{1,6} - (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) - [\w.:@/-]{1,160} - /,
  parser: synapse,
});

const BETWEEN = `${PEER} -> \\[?[0-9A-Fa-f:.]{2,64}\\]?:\\d{1,5}`;
/** RabbitMQ (rabbit_reader.erl): the line with the peer and the one with the account are two; the peer's is the refusal. */
export const rabbitmq = messagesOf(
  'rabbitmq',
  ['rabbitmq', 'rabbitmq-server'],
  [
    succeeded(
      form(
        `connection <[\\d.]{3,32}> \\(${BETWEEN}(?: - [^()]{0,200})?\\): user '(?<user>.*)' authenticated and granted access to vhost '[^']*'`,
      ),
      "): user '",
    ),
    refused(
      'handshake',
      form(`Error on AMQP connection <[\\d.]{3,32}> \\(${BETWEEN}, state: starting\\):.*`),
    ),
    checked(
      'authentication_failure',
      form("(?<method>[\\w-]{1,32}) login refused: user '(?<user>.*)' - invalid credentials"),
    ),
    failed('authentication_failure', form("HTTP access denied: user '(?<user>.*)' - [^']{1,120}")),
  ],
);

export const rabbitmqFormat = serviceFile({
  title: 'RabbitMQ',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}(?:[+-]\d\d:\d\d)?) \[\w{4,9}\] <\d{1,4}\.\d{1,9}\.\d{1,9}> /,
  parser: rabbitmq,
});

/** Mosquitto (src/handle_connect.c): before 2.1 the refusal does not say whom. */
export const mosquitto = messagesOf(
  'mosquitto',
  ['mosquitto'],
  [
    failed('authentication_failure', form(`Client \\S{1,256} \\[${PEER}\\] disconnected: not authorised\\.`)),
    failed('authentication_failure', form('Client \\S{1,256} disconnected, not authorised\\.')),
    refused(
      'bad_protocol',
      form(`Client \\S{1,256} \\[${PEER}\\] disconnected: (?:malformed packet|protocol error)\\.`),
    ),
  ],
);

export const mosquittoFormat = serviceFile({
  title: 'Mosquitto',
  head: /^(?<epoch>\d{10}): (?=mosquitto version|Config loaded|Opening |New (?:client|connection|bridge)|Client |Socket error|Sending |Received |No will|Will message|OpenSSL|Saving |Warning: |Error: |Bridge )/,
  parser: mosquitto,
});
