import { createRateLimiter, systemClock } from '@qts/broker-kit';
import { type Contender, measureRatios, quantile } from '../measure/ratios.ts';
import { type Figure, figuresOf } from '../report/figure.ts';
import { type WaitingDemand, runWaitingDemand } from './waiting-demand.ts';

/** Requests a second of the broker's limit. */
const permits = 20;
const freeCalls = 1_000;

/** What stands beside each other: the limiter as the broker packages use it, and what its guard is worth. */
const limiters = [
  { name: 'QTS limiter, guard learnt from the answers', role: 'ours', limiter: {}, answersHeard: true },
  {
    name: 'the same without answers, constant guard of 25 ms',
    role: 'peer',
    limiter: { guardMs: 25 },
    answersHeard: false,
  },
  { name: 'the same without a guard', role: 'peer', limiter: { guardMs: 0 }, answersHeard: false },
] as const satisfies readonly (Pick<WaitingDemand, 'limiter' | 'answersHeard'> &
  Pick<Figure, 'role'> & { name: string })[];

/**
 * B7 and L2: how much of a limit of 20 a second is used while demand always waits, and what a free permit costs. In
 * virtual time, so the shares are those of the seeds and of no machine.
 *
 * @throws when the broker refuses a call of the limiter as it is used: then there is no figure.
 */
export async function runLimiterBenchmark(quick: boolean, tell: (line: string) => void): Promise<readonly Figure[]> {
  return [...(await measureShares(quick, tell)), ...(await measureFreePermits(quick, tell))];
}

async function measureShares(quick: boolean, tell: (line: string) => void): Promise<readonly Figure[]> {
  const seeds = Array.from({ length: quick ? 3 : 9 }, (_, index) => index + 1);
  const calls = quick ? 1_000 : 10_000;
  const figures: Figure[] = [];
  for (const { name, role, ...settings } of limiters) {
    const perSecond: number[] = [];
    let refused = 0;
    for (const seed of seeds) {
      const result = await runWaitingDemand({ permits, calls, seed, ...settings });
      perSecond.push((result.left * 1_000) / result.countedMs);
      refused += result.refusedSliding + result.refusedCalendar;
    }
    if (role === 'ours' && refused > 0) throw new Error(`The broker refused ${refused} calls of the limiter.`);
    tell(`limiter: ${name}`);
    const shareAt = (part: number): number => quantile(perSecond, part) / permits;
    figures.push({
      ...{
        benchmark: 'limiter',
        workload: `B7, ${permits} a second, demand always waiting, ${calls} calls x ${seeds.length} seeds`,
      },
      ...{ contender: `${name}: ${refused} refused`, role, value: quantile(perSecond, 0.5), unit: 'op/s' },
      ...{ ratioTo: `the limit of ${permits} a second`, better: 'HIGHER' },
      ...{ ratio: shareAt(0.5), ratioP25: shareAt(0.25), ratioP75: shareAt(0.75) },
      ...(role === 'ours' ? { target: { must: 0.96, goal: 0.98 } } : {}),
    });
  }
  return figures;
}

/** A thousand at a time: one is too short to be timed. Each permit is free again at once, so none waits. */
async function measureFreePermits(quick: boolean, tell: (line: string) => void): Promise<readonly Figure[]> {
  const limiter = createRateLimiter({ clock: systemClock, limit: { permits, windowMs: 1e-6 }, guardMs: 0 });
  const thousand = (name: string, role: Contender['role'], once: () => unknown): Contender => ({
    name,
    role,
    run: (count) =>
      Promise.resolve(
        Array.from({ length: count }, () => {
          const began = performance.now();
          for (let call = 0; call < freeCalls; call += 1) once();
          return (performance.now() - began) * 1_000;
        }),
      ),
  });
  const contenders = [
    thousand('performance.now()', 'floor', () => performance.now()),
    thousand('QTS acquire', 'ours', () => limiter.acquire('ORDER')),
  ];
  const measured = await measureRatios(contenders, {
    ...{ rounds: quick ? 3 : 15, countPerRound: quick ? 10 : 50, warmUpCount: 50 },
  });
  limiter.close();
  tell('limiter: free permits measured');
  return figuresOf('limiter', 'L2, a thousand free permits', measured);
}
