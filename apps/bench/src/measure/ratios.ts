/** One contender of a benchmark: does its work `count` times and gives the time of each in microseconds. */
export interface Contender {
  readonly name: string;
  /** `floor`: what cannot be beaten honestly; `peer`: what people use today; `ours`. */
  readonly role: 'floor' | 'peer' | 'ours';
  run(count: number): Promise<readonly number[]>;
}

/** What a contender's rounds came to. Times are microseconds; ratios are to the floor of the same round. */
export interface Measured {
  readonly name: string;
  readonly role: Contender['role'];
  readonly p50Us: number;
  readonly p99Us: number;
  /** Median over the rounds of p50 ÷ the floor's p50, with its quartiles. */
  readonly ratio: number;
  readonly ratioP25: number;
  readonly ratioP75: number;
  /** Median over the rounds of p99 ÷ the floor's p99. */
  readonly p99Ratio: number;
}

export interface RoundSettings {
  readonly rounds: number;
  readonly countPerRound: number;
  readonly warmUpCount: number;
  /** Told after each round, for progress. */
  readonly onRound?: (round: number) => void;
}

interface Round {
  readonly p50Us: number;
  readonly p99Us: number;
}

/**
 * Measures contenders in one process: slices interleaved in rotating order, so that a slow moment of the machine falls on
 * all of them. The first contender with role `floor` is the measure of the rest.
 */
export async function measureRatios(
  contenders: readonly Contender[],
  settings: RoundSettings,
): Promise<readonly Measured[]> {
  const floor = contenders.find(({ role }) => role === 'floor');
  if (floor === undefined) throw new Error('A benchmark needs a floor.');
  for (const contender of contenders) await contender.run(settings.warmUpCount);
  const rounds = new Map<Contender, Round[]>(contenders.map((each) => [each, []]));
  const all = new Map<Contender, number[]>(contenders.map((each) => [each, []]));
  for (let round = 0; round < settings.rounds; round += 1) {
    for (let step = 0; step < contenders.length; step += 1) {
      const contender = contenders[(round + step) % contenders.length] ?? floor;
      const times = await contender.run(settings.countPerRound);
      rounds.get(contender)?.push({ p50Us: quantile(times, 0.5), p99Us: quantile(times, 0.99) });
      all.get(contender)?.push(...times);
    }
    settings.onRound?.(round + 1);
  }
  const floorRounds = rounds.get(floor) ?? [];
  return contenders.map((contender) => {
    const own = rounds.get(contender) ?? [];
    const ratios = own.map(({ p50Us }, round) => p50Us / (floorRounds[round]?.p50Us ?? NaN));
    const p99Ratios = own.map(({ p99Us }, round) => p99Us / (floorRounds[round]?.p99Us ?? NaN));
    const times = all.get(contender) ?? [];
    return {
      name: contender.name,
      role: contender.role,
      p50Us: quantile(times, 0.5),
      p99Us: quantile(times, 0.99),
      ratio: quantile(ratios, 0.5),
      ratioP25: quantile(ratios, 0.25),
      ratioP75: quantile(ratios, 0.75),
      p99Ratio: quantile(p99Ratios, 0.5),
    };
  });
}

/** The value below which `share` of the values lie; between two values, the nearer one. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] ?? NaN;
}
