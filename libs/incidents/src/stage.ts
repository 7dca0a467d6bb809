import type { Detection } from '@suite/event';

/** How far somebody has come, from knocking to damage; ATT&CK's tactics, put together. */
export type Stage =
  | 'attempt'
  | 'access'
  | 'execution'
  | 'privilege'
  | 'persistence'
  | 'evasion'
  | 'credentials'
  | 'discovery'
  | 'control'
  | 'exfiltration'
  | 'impact'
  | 'other';

/** ATT&CK technique (without its sub-technique) to the stage that it speaks of, for techniques with one tactic that matters here. */
const TECHNIQUES: Readonly<Record<Exclude<Stage, 'other'>, string>> = {
  attempt: 'T1110 T1595 T1590 T1591 T1592 T1190 T1498 T1499 T1046 T1018',
  access: 'T1078 T1133 T1021',
  execution: 'T1059 T1203 T1204 T1106 T1609 T1610 T1569 T1072',
  privilege: 'T1548 T1068 T1611 T1055',
  persistence:
    'T1098 T1136 T1543 T1546 T1547 T1556 T1053 T1505 T1574 T1037 T1554 T1525 T1205 T1542 T1176 T1653',
  evasion: 'T1070 T1562 T1027 T1140 T1036 T1564 T1222 T1014 T1553 T1620 T1202 T1218',
  credentials: 'T1003 T1552 T1555 T1056 T1539 T1558 T1040 T1606 T1528',
  discovery:
    'T1082 T1083 T1087 T1016 T1033 T1049 T1057 T1069 T1007 T1135 T1201 T1518 T1124 T1613 T1580 T1040 T1217',
  control: 'T1071 T1095 T1105 T1571 T1572 T1090 T1573 T1219 T1102 T1132 T1008 T1104 T1568',
  exfiltration: 'T1041 T1048 T1567 T1020 T1029 T1030 T1560 T1005 T1074 T1119 T1115 T1113',
  impact: 'T1496 T1485 T1486 T1489 T1490 T1529 T1531 T1561 T1565 T1491 T1657',
};

const STAGE_OF: ReadonlyMap<string, Stage> = new Map(
  Object.entries(TECHNIQUES).flatMap(([stage, ids]) =>
    ids.split(' ').map((id): [string, Stage] => [id, stage as Stage]),
  ),
);

/** Rules whose techniques say two things, or another one than the rule means. */
const RULES: Readonly<Record<string, Stage>> = {
  'ssh-user-enumeration': 'attempt',
  'ssh-success-after-failures': 'access',
  'login-new-key': 'access',
  'su-failures': 'privilege',
  'network-fan-out': 'discovery',
  'container-crash-loop': 'other',
  'node-silent': 'other',
};

/**
 * The stage that a detection speaks of. A login (T1078) wins over the guessing that led to it; a command is run by
 * somebody who is in; anything else is decided by the first technique that is known.
 */
export function stageOf(detection: Detection): Stage {
  const own = RULES[detection.rule];
  if (own !== undefined) return own;
  const stages = detection.techniques.map((id) => STAGE_OF.get(id.split('.', 1)[0]!) ?? 'other');
  if (isCommand(detection)) return stages.find(isInside) ?? 'execution';
  if (stages.includes('access') && stages.every((s) => s === 'access' || s === 'attempt')) return 'access';
  return stages.find((stage) => stage !== 'other') ?? 'other';
}

function isCommand({ rule, entities }: Detection): boolean {
  return rule.startsWith('command-') || entities['process.command_line'] !== undefined;
}

/** Whether it is told of somebody who is in already: neither knocking nor unknown. */
export function isInside(stage: Stage): boolean {
  return stage !== 'attempt' && stage !== 'access' && stage !== 'other';
}
