/** Alerts of one day. Plain data. */
export interface Spent {
  date: string;
  total: number;
  /** Those about mere attempts. */
  attempts: number;
}

/**
 * Takes one out of the day's budget, if there is one left. Attempts get half of it at most: the internet knocks all
 * day, and must not be able to spend what a login is told with.
 *
 * @param always it is told whatever is left.
 */
export function spend(
  spent: Spent,
  budgetPerDay: number,
  date: string,
  what: { readonly attempt: boolean; readonly always: boolean },
): boolean {
  if (spent.date !== date) Object.assign(spent, { date, total: 0, attempts: 0 });
  const left = budgetPerDay - spent.total;
  const leftForAttempts = Math.ceil(budgetPerDay / 2) - spent.attempts;
  if (!what.always && (left <= 0 || (what.attempt && leftForAttempts <= 0))) return false;
  spent.total += 1;
  if (what.attempt) spent.attempts += 1;
  return true;
}
