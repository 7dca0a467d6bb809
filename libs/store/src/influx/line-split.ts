/** Line protocol cut at its points: a newline within a quoted field belongs to the point. */
export function splitPoints(lines: string): string[] {
  const points: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < lines.length; i += 1) {
    const code = lines.charCodeAt(i);
    if (code === 92) i += 1;
    else if (code === 34) quoted = !quoted;
    else if (code === 10 && !quoted) {
      points.push(lines.slice(start, i));
      start = i + 1;
    }
  }
  if (start < lines.length) points.push(lines.slice(start));
  return points;
}
