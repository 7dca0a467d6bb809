/** One address that is not to be let in, until when, and why. What a bouncer enforces. */
export interface Decision {
  /** Grows; never given twice. */
  readonly id: number;
  readonly scope: 'Ip' | 'Range';
  /** An address, or a network in CIDR notation. */
  readonly value: string;
  readonly type: 'ban';
  /** `nadir`: from a detection; `operator`: by hand. */
  readonly origin: 'nadir' | 'operator';
  /** The rule that it rests on, or what the operator wrote. */
  readonly scenario: string;
  /** Detection that it rests on; empty when it was made by hand. */
  readonly detectionId: string;
  readonly reason: string;
  readonly createdUs: number;
  /** It holds until then, by NADIR's clock, unless it was ended before. */
  readonly untilUs: number;
  /** When it was taken back or replaced by a longer one; null while it holds or ran out by itself. */
  readonly endedUs: number | null;
}

/** A decision that is wanted, before the book gave it a number. */
export type Wanted = Omit<Decision, 'id' | 'endedUs'> & {
  /** Wanting the same again changes nothing: the detection and its version, or empty for one made by hand. */
  readonly key: string;
};
