import {
  type EventStream,
  type OrderEvent,
  type OrderNotice,
  type OrderReference,
  type OrderSnapshot,
  type OrderState,
  type OrderStream,
  type StreamControl,
  brokerOrderId,
  krw,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';

export type Heard = OrderEvent | StreamControl;
type ControlOf<Kind extends StreamControl['kind']> = Extract<StreamControl, { kind: Kind }>;

/** An order stream that says what a test wants. */
export interface MadeUpStream {
  readonly stream: OrderStream;
  push(...events: readonly Heard[]): void;
  /** The stream ends although nobody closed it. */
  end(): void;
  readonly isClosed: boolean;
}

export function createMadeUpStream(): MadeUpStream {
  const waiting: Heard[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;

  function end(): void {
    isOver = true;
    wake();
  }

  async function* events(): AsyncGenerator<Heard> {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (isOver) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }

  const opened: EventStream<Heard> = {
    overflow: 'NEVER_DROP',
    on: () => () => undefined,
    figures: () => ({ received: 0, delivered: 0, queued: waiting.length, conflated: 0, lagMs: 0 }),
    close() {
      end();
      return Promise.resolve();
    },
    [Symbol.asyncIterator]: events,
  };
  return {
    stream: { brokerId: 'kis', open: () => opened },
    push(...given) {
      waiting.push(...given);
      wake();
    },
    end,
    get isClosed() {
      return isOver;
    },
  };
}

const date = tradingDate('2026-09-14');
const samsung = symbolCode('005930');
/** Ten o'clock in Korea. */
const tenMs = Date.UTC(2026, 8, 14, 1, 0, 0, 500);

/** A stamp `atMs` after ten. */
const stampAt = (atMs: number): { readonly receivedMonotonicMs: number; readonly receivedAtMs: number } => ({
  receivedMonotonicMs: atMs,
  receivedAtMs: tenMs + atMs,
});

export function referenceOf(number: string, side: 'BUY' | 'SELL' = 'BUY'): OrderReference {
  return {
    ...{ brokerId: 'kis', tradingDate: date, brokerOrderId: brokerOrderId(number), symbol: samsung, side },
    ...{ orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR', native: {} },
  };
}

/** A row of an order of 10 at 70,000 won, as a list shows it. */
export function rowOf(
  number: string,
  figures: { readonly filled?: number; readonly canceled?: number; readonly ordered?: number } = {},
  side: 'BUY' | 'SELL' = 'BUY',
): OrderSnapshot {
  const { filled = 0, canceled = 0, ordered = 10 } = figures;
  return {
    ...{ reference: referenceOf(number, side), kind: 'NEW', orderedQuantity: shares(ordered), orderedAtMs: tenMs },
    ...{ limitPriceKrw: krw(70_000), filledQuantity: shares(filled), filledAmountKrw: krw(filled * 70_000) },
    ...{ canceledQuantity: shares(canceled), rejectedQuantity: shares(0) },
    leavesQuantity: shares(Math.max(0, ordered - filled - canceled)),
  };
}

/** A read of one order that was received `atMs` after ten. */
export function stateAt(atMs: number, snapshot: OrderSnapshot, provisional = 0): OrderState {
  return {
    ...{ kind: 'order-state', brokerId: 'kis', snapshot, readStartedAtMs: tenMs + atMs },
    ...{ provisionalQuantity: shares(provisional), ...stampAt(atMs) },
  };
}

/** A notice of an order of 10 at 70,000 won that was received `atMs` after ten; of a fill unless it says otherwise. */
export function noticeAt(
  atMs: number,
  number: string,
  provisional: number,
  fields: Partial<OrderNotice> = {},
): OrderNotice {
  return {
    ...{ kind: 'order-notice', brokerId: 'kis', type: 'FILLED', command: 'NEW', tradingDate: date },
    ...{ brokerOrderId: brokerOrderId(number), symbol: samsung, side: 'BUY', orderedQuantity: shares(10) },
    ...{ limitPriceKrw: krw(70_000), proof: 'PROVISIONAL', provisionalQuantity: shares(provisional), native: {} },
    ...(provisional === 0 ? undefined : { fill: { quantity: shares(provisional), priceKrw: krw(70_000) } }),
    ...{ ...stampAt(atMs), ...fields },
  };
}

/** The stream speaks of itself. */
export function controlAt<Kind extends StreamControl['kind']>(
  atMs: number,
  kind: Kind,
  fields: Omit<
    ControlOf<Kind>,
    'kind' | 'brokerId' | 'subscriptions' | 'next' | 'reason' | keyof ReturnType<typeof stampAt>
  >,
): ControlOf<Kind> {
  const about = { kind, brokerId: 'kis', subscriptions: ['order notices'], reason: 'MADE_UP', next: 'Wait.' };
  return { ...about, ...stampAt(atMs), ...fields } as unknown as ControlOf<Kind>;
}
