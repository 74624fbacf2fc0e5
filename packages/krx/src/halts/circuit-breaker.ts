import { checkDate, checkOneOf } from '../rules/checks.ts';
import { type DatedRule, isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { timeOfDay } from '../rules/kst-time.ts';

/** Stages of the market-wide halt (서킷브레이커). Each happens once a day, one after the other. */
export const circuitBreakerStages = [1, 2, 3] as const;
export type CircuitBreakerStage = (typeof circuitBreakerStages)[number];

/** When a falling index halts its whole market (KOSPI or KOSDAQ, each on its own index), and what is allowed meanwhile. */
export interface CircuitBreakerRule extends DatedRule {
  readonly stage: CircuitBreakerStage;
  /** Fall from the previous close, in percent, or more. */
  readonly fallPercent: number;
  /** Further fall, in percent of the index level at which the stage before was called. */
  readonly furtherFallPercent: number;
  /** How long the fall must last. */
  readonly lastsMs: number;
  /** After this time of day (`HH:MM`) the stage is not called any more. Absent: until the close. */
  readonly notAfter?: string;
  /** Absent: the market stays closed for the day. */
  readonly haltMs?: number;
  /** Call auction after the halt. */
  readonly auctionMs?: number;
  readonly newOrdersAllowed: false;
  readonly cancelsAllowed: boolean;
  readonly source: string;
}

/** The three stages since 2015-06-15. */
export const circuitBreakerRules: readonly CircuitBreakerRule[] = [
  {
    stage: 1,
    effectiveFrom: '2015-06-15',
    confidence: 'CONFIRMED',
    fallPercent: 8,
    furtherFallPercent: 0,
    lastsMs: 60_000,
    notAfter: '14:50',
    haltMs: 1_200_000,
    auctionMs: 600_000,
    newOrdersAllowed: false,
    cancelsAllowed: true,
    source: 'exchange pages on circuit breakers',
  },
  {
    stage: 2,
    effectiveFrom: '2015-06-15',
    confidence: 'CONFIRMED',
    fallPercent: 15,
    furtherFallPercent: 1,
    lastsMs: 60_000,
    notAfter: '14:50',
    haltMs: 1_200_000,
    auctionMs: 600_000,
    newOrdersAllowed: false,
    cancelsAllowed: true,
    source: 'exchange pages on circuit breakers',
  },
  {
    stage: 3,
    effectiveFrom: '2015-06-15',
    confidence: 'SINGLE_SOURCE', // that cancels are refused too stands in one place only
    fallPercent: 20,
    furtherFallPercent: 1,
    lastsMs: 60_000,
    newOrdersAllowed: false,
    cancelsAllowed: false,
    source: 'exchange pages on circuit breakers',
  },
];

/** The rule of a stage on a date. */
export function circuitBreakerRule(query: {
  readonly tradingDate: string;
  readonly stage: CircuitBreakerStage;
}): { readonly ok: true; readonly rule: CircuitBreakerRule } | Denied {
  const { tradingDate, stage } = query;
  checkDate('tradingDate', tradingDate);
  checkOneOf('stage', String(stage), circuitBreakerStages.map(String));
  const rule = circuitBreakerRules.find((each) => each.stage === stage && isInForce(each, tradingDate));
  return rule === undefined
    ? deny('DATE_NOT_COVERED', `No circuit breaker rule is held for ${tradingDate}.`)
    : { ok: true, rule };
}

/** The state of an index that {@link isCircuitBreakerDue} judges. Index levels in points, in any one scale. */
export interface IndexFall {
  readonly previousClose: number;
  readonly level: number;
  /** Level at which the stage before was called. Needed from stage 2 on. */
  readonly levelAtPreviousStage?: number;
  /** For how long the level has been this low. */
  readonly lastedMs: number;
  /** Milliseconds since Korean midnight. */
  readonly timeOfDayMs: number;
}

/** Whether the rule's stage is called. The caller keeps count: each stage once a day, in order. */
export function isCircuitBreakerDue(rule: CircuitBreakerRule, fall: IndexFall): boolean {
  if (rule.notAfter !== undefined && fall.timeOfDayMs > timeOfDay(rule.notAfter)) return false;
  if (fall.lastedMs < rule.lastsMs) return false;
  const fallen = (fall.previousClose - fall.level) * 100;
  if (fallen < fall.previousClose * rule.fallPercent) return false;
  if (rule.stage === 1) return true;
  if (fall.levelAtPreviousStage === undefined) return false;
  const further = (fall.levelAtPreviousStage - fall.level) * 100;
  return further >= fall.levelAtPreviousStage * rule.furtherFallPercent;
}
