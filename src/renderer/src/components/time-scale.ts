interface TimeScale {
  readonly seconds: number;
  readonly ticks: number;
  /** Labels at the middle and the end. */
  readonly middle: string;
  readonly end: string;
}

const scale = (seconds: number, ticks: number, middle: string, end: string): TimeScale => ({
  seconds,
  ticks,
  middle,
  end,
});

/** Lengths that people know from clocks and calendars, shortest first. */
const SCALES: readonly TimeScale[] = [
  scale(300, 10, '2½ min', '5 min'),
  scale(900, 12, '7½ min', '15 min'),
  scale(1800, 12, '15 min', '30 min'),
  scale(3600, 12, '30 min', '1 h'),
  scale(7200, 8, '1 h', '2 h'),
  scale(14_400, 8, '2 h', '4 h'),
  scale(28_800, 16, '4 h', '8 h'),
  scale(86_400, 24, '12 h', '24 h'),
];
const LONGEST = scale(172_800, 16, '24 h', '48 h');

/** The shortest ruler on which `seconds` fits; 48 h, the longest life of a token, where none does. */
export const scaleFor = (seconds: number): TimeScale =>
  SCALES.find((candidate) => seconds <= candidate.seconds) ?? LONGEST;
