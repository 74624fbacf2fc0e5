import { createSeededRandom, type SeededRandom } from '../exchange/seeded-random.ts';
import { type SwarmFault, type VenueFaultParameters, type VenueFaultSwarm } from './venue-fault-control.ts';
import { type VenueFault } from './venue-faults.ts';

/**
 * Rates that a swarm draws, parts per million of requests: rare enough to let most through, common enough for one day.
 * A window strikes many requests once it has begun, so it begins ten times as rarely. Quotes are many, so what may strike
 * them is a fiftieth as frequent.
 */
const ratePartsPerMillion = {
  REQUEST: { min: 5000, max: 200_000 },
  WINDOW: { min: 500, max: 20_000 },
} as const;
const quotesPerRequest = 50;
const million = 1_000_000;

/** Faults that come by chance. Every request draws once per fault that applies, in the order of the catalogue. */
export interface FaultSwarm {
  readonly on: readonly SwarmFault[];
  /** The faults that strike a request, each with parameters of its own. */
  strike(applies: (fault: VenueFault) => boolean): readonly StruckFault[];
}

export interface StruckFault {
  readonly fault: VenueFault;
  readonly parameters: VenueFaultParameters;
}

/** Draws a swarm from the candidates: which are on, at which rates, and from then on whom they strike. */
export function createFaultSwarm(
  { seed, rates }: Pick<VenueFaultSwarm, 'seed' | 'rates'>,
  candidates: readonly VenueFault[],
): FaultSwarm {
  const random = createSeededRandom(seed);
  const drawRate = ({ lasts, appliesTo }: VenueFault): number => {
    const isOn = random.wholeUpTo(1) === 1;
    const { min, max } = ratePartsPerMillion[lasts];
    const rate = drawBetween(min, max) / million / (appliesTo.includes('STREAM_QUOTE') ? quotesPerRequest : 1);
    return isOn ? rate : 0;
  };
  const drawBetween = (min: number, max: number): number => min + random.wholeUpTo(max - min);
  const running = candidates
    .map((fault) => ({ fault, rate: rates === undefined ? drawRate(fault) : (rates[fault.id] ?? 0) }))
    .filter(({ rate }) => rate > 0);
  return {
    on: running.map(({ fault, rate }) => ({ fault: fault.id, rate })),
    strike(applies) {
      const struck: StruckFault[] = [];
      for (const { fault, rate } of running) {
        if (!applies(fault) || random.wholeUpTo(million - 1) >= rate * million) continue;
        const drawn = fault.parameters.map(({ name, drawn: [min, max] }) => [name, drawBetween(min, max)] as const);
        struck.push({ fault, parameters: Object.fromEntries(drawn) });
      }
      return chooseOneWhole(struck, random);
    },
  };
}

/** Of several faults that would take the request whole, one, each as likely as the other. */
function chooseOneWhole(struck: readonly StruckFault[], random: SeededRandom): readonly StruckFault[] {
  const whole = struck.filter(({ fault }) => fault.takes === 'WHOLE');
  if (whole.length < 2) return struck;
  const chosen = whole[random.wholeUpTo(whole.length - 1)];
  return struck.filter((each) => each.fault.takes === 'BESIDE' || each === chosen);
}
