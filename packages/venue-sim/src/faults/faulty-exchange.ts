import { type Exchange } from '../exchange/contracts.ts';
import {
  type VenueBytes,
  type VenueDelivery,
  type VenueDialect,
  type VenueRequest,
  type VenueResponse,
} from '../server/venue-exchange.ts';
import { type FaultDesk } from './fault-desk.ts';
import { type StruckFault } from './fault-swarm.ts';
import { type AnswerMemory } from './answer-memory.ts';
import { drawListLagMs } from './list-lag.ts';
import { plainAnswer } from './plain-answers.ts';
import { dialectEdits, dialectRefusals, plainAnswers, rememberedAnswers, type FaultAnswer } from './venue-fault.ts';
import { type VenueFaultId } from './venue-faults.ts';

/** A delivery and the faults that made it what it is. */
export interface FaultyDelivery {
  readonly delivery: VenueDelivery;
  readonly faults: readonly VenueFaultId[];
}

export interface FaultyExchangeParts {
  readonly dialect: VenueDialect;
  readonly desk: FaultDesk;
  readonly exchange: Exchange;
  /** From which the lags of lists are drawn. */
  readonly seed: number;
  readonly memory: AnswerMemory;
}

/**
 * Carries a request through the faults that strike it.
 *
 * ```
 * request → struck by? → enters the exchange: now | never | later → the venue's own answer
 *         → faults beside it (a stranger's order, lists, headers) → the fault that takes it whole → delivery
 * ```
 *
 * A fault that found nothing to happen to (rows of an empty list, a held order that the gateway refuses) is not counted.
 */
export function deliverUnderFaults(parts: FaultyExchangeParts, request: VenueRequest, nowMs: number): FaultyDelivery {
  const { dialect, desk } = parts;
  const operation = dialect.faults.operationOf(request);
  const kind = dialect.faults.operations.get(operation) ?? 'OTHER';
  const struck = desk.choose({ operation, kind, laterPage: dialect.faults.isLaterPage(request) }, nowMs);
  const planned = struck.find(({ fault }) => fault.takes === 'WHOLE');
  const entry = enter(parts, request, nowMs, planned, struck);
  const isHolding = planned?.fault.acceptance === 'LATE' || planned?.fault.acceptance === 'REJECTED';
  const whole = entry.held || !isHolding ? planned : undefined;
  const faults: VenueFaultId[] = [];
  let own = entry.own;
  for (const each of struck) {
    if (each.fault.takes === 'WHOLE') continue;
    const after = strikeBeside(parts, request, nowMs, { each, own, whole });
    if (after === 'NOT_STRUCK') continue;
    own = after;
    faults.push(each.fault.id);
  }
  const due = own ?? dialect.faults.emptySuccess(request, nowMs);
  const answer = whole === undefined ? due : wordAnswer(parts, request, nowMs, whole, due);
  if (whole !== undefined && answer !== undefined) faults.unshift(whole.fault.id);
  if (entry.own !== undefined) parts.memory.keep(request, entry.own);
  for (const id of faults) desk.count(id);
  return { delivery: delivered(whole, answer ?? due, nowMs), faults };
}

interface Entry {
  /** The venue's own answer; absent when it has not acted, or not yet. */
  readonly own: VenueResponse | undefined;
  /** The request lies with the gateway and enters the exchange later. */
  readonly held: boolean;
}

function enter(
  { dialect, exchange, seed }: FaultyExchangeParts,
  request: VenueRequest,
  nowMs: number,
  whole: StruckFault | undefined,
  struck: readonly StruckFault[],
): Entry {
  switch (whole?.fault.acceptance) {
    case 'BEFORE':
      return { own: undefined, held: false };
    case 'LATE':
    case 'REJECTED': {
      const refusal = dialect.faults.gatewayRefusal(request, nowMs);
      if (refusal !== undefined) return { own: refusal, held: false };
      const rejectedByExchange = whole.fault.acceptance === 'REJECTED';
      exchange.schedule(nowMs + (whole.parameters.landsAfterMs ?? 0), () => {
        dialect.handleRequest(request, exchange.nowMs, { passedGateway: true, rejectedByExchange });
      });
      return { own: undefined, held: true };
    }
    case 'AFTER':
    case 'ANY':
    case undefined: {
      const lag = struck.find(({ fault }) => fault.id === 'R39-list-lags');
      if (lag === undefined) return { own: dialect.handleRequest(request, nowMs), held: false };
      const fixedMs = lag.parameters.lagMs ?? 0;
      const listLagMs = (orderNumber: number): number => (fixedMs > 0 ? fixedMs : drawListLagMs(seed, orderNumber));
      return { own: dialect.handleRequest(request, nowMs, { listLagMs }), held: false };
    }
  }
}

interface Beside {
  readonly each: StruckFault;
  readonly own: VenueResponse | undefined;
  readonly whole: StruckFault | undefined;
}

/** The venue's own answer after a fault beside it, or that the fault had nothing to strike. */
function strikeBeside(
  parts: FaultyExchangeParts,
  request: VenueRequest,
  nowMs: number,
  { each: { fault, parameters }, own, whole }: Beside,
): VenueResponse | undefined | 'NOT_STRUCK' {
  const { dialect, exchange } = parts;
  if (fault.id === 'R41-stranger-order') {
    const order = (): void => {
      dialect.handleRequest(request, exchange.nowMs, { passedGateway: true, byHand: true });
    };
    const { delayMs = 0 } = parameters;
    if (delayMs === 0) order();
    else exchange.schedule(nowMs + delayMs, order);
    return own;
  }
  if (own === undefined) return 'NOT_STRUCK';
  if (fault.id === 'R26-token-revoked-after-accept') {
    dialect.faults.revokeToken(request);
    return own;
  }
  if (fault.answer === 'OWN') return own;
  return keepsOwnAnswer(whole) ? (reword(parts, fault.answer, request, own, parameters) ?? 'NOT_STRUCK') : 'NOT_STRUCK';
}

/** Whether the client gets to read what the venue itself answers. */
function keepsOwnAnswer(whole: StruckFault | undefined): boolean {
  if (whole === undefined) return true;
  const { answer, transport } = whole.fault;
  return answer === 'OWN' && !['DROP', 'RESET', 'SILENCE'].includes(transport);
}

/** An answer with something done to it; `undefined` when it could not be done. */
function reword(
  { dialect, memory }: FaultyExchangeParts,
  answer: FaultAnswer,
  request: VenueRequest,
  due: VenueResponse,
  parameters: StruckFault['parameters'],
  status = due.status,
): VenueResponse | undefined {
  if (isOneOf(dialectEdits, answer)) return dialect.faults.edit(answer, due, parameters, request);
  if (isOneOf(rememberedAnswers, answer)) return memory.recall(answer, request, due);
  return isOneOf(plainAnswers, answer) ? plainAnswer(answer, due, status, parameters) : undefined;
}

function wordAnswer(
  parts: FaultyExchangeParts,
  request: VenueRequest,
  nowMs: number,
  { fault, parameters }: StruckFault,
  due: VenueResponse,
): VenueResponse | undefined {
  const { dialect } = parts;
  const { answer, status } = fault;
  if (!isOneOf(dialectRefusals, answer)) return reword(parts, answer, request, due, parameters, status);
  if (answer === 'TOKEN_REVOKED') dialect.faults.revokeToken(request);
  return dialect.faults.refuse(answer, request, nowMs);
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return (names as readonly string[]).includes(name);
}

function delivered(whole: StruckFault | undefined, response: VenueResponse, nowMs: number): VenueDelivery {
  const { delayMs = 0, byteEveryMs = 1, megabytes = 1 } = whole?.parameters ?? {};
  const answered = (bytes?: VenueBytes): VenueDelivery => ({
    kind: 'ANSWERED',
    response,
    atMs: nowMs + delayMs,
    ...(bytes === undefined ? {} : { bytes }),
  });
  const transport = whole?.fault.transport ?? 'WHOLE';
  switch (transport) {
    case 'WHOLE':
      return answered();
    case 'DROP':
      return { kind: 'DROPPED' };
    case 'RESET':
      return { kind: 'DROPPED', reset: true };
    case 'SILENCE':
      return { kind: 'SILENT' };
    case 'SLOW_HEAD':
    case 'SLOW_BODY':
      return answered({ kind: transport, byteEveryMs });
    case 'HUGE_BODY':
      return answered({ kind: transport, megabytes });
    case 'CUT_BODY':
    case 'ENDLESS_BODY':
    case 'TWICE':
    case 'EUC_KR':
      return answered({ kind: transport });
  }
}
