/** Words of a line that tells of trouble, whole words but for endings. */
const FAILURE =
  /\b(?:fail(?:s|ed|ure|ures|ing)?|errors?|fatal|panic|critical|emergency|corrupt(?:ed|ion)?|segfault|segmentation|out of memory|oom|killed|crash(?:ed)?|abort(?:ed)?|denied|refused|rejected|violation|exception|traceback|unable|cannot|can't|could not|couldn't|timed out|timeout|lost|unreachable|degraded|offline|bad sector|i\/o error|read-only|tampered?|malware|exploit)\b/i;
const NEGATED = /\b(?:no|0|without|zero) (?:errors?|failures?|problems?)\b/i;

/** Severities of syslog up to this one are errors. */
const ERROR = 3;
const WARNING = 4;

/** How much a line of a new kind matters. */
export function levelOf(message: string, severity: number | undefined): 'informational' | 'low' | 'medium' {
  if (severity !== undefined && severity <= ERROR) return 'medium';
  if (FAILURE.test(message) && !NEGATED.test(message)) return 'medium';
  return severity === WARNING || /\bwarn(?:ing)?\b/i.test(message) ? 'low' : 'informational';
}
