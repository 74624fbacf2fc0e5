import { type HttpConnection, type HttpRequest, type HttpTransport } from '@qts/broker-kit';
import { type JournalRecordType, type OrderJournal } from '@qts/core';
import { type CrashPointId } from './crash-points.ts';
import { type PlantedCrashDefect } from './runner-messages.ts';

/** Passes a point: the process may end here. */
export type PassPoint = (point: CrashPointId) => void;

/** Kills this process at the n-th passing of a point, as from outside: nothing is flushed, nothing is said. */
export function createDeath(death: { readonly point: CrashPointId; readonly nth: number } | undefined): PassPoint {
  let left = death?.nth ?? Infinity;
  return (point) => {
    if (point !== death?.point) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

/** Points around the records of a journal. */
const before: Readonly<Partial<Record<JournalRecordType, CrashPointId>>> = {
  'intent-recorded': 'before-intent-recorded',
};
const after: Readonly<Partial<Record<JournalRecordType, CrashPointId>>> = {
  'intent-recorded': 'after-intent-recorded',
  'command-accepted': 'outcome-recorded',
  'command-rejected': 'outcome-recorded',
  'command-unknown': 'outcome-recorded',
  'command-adopted': 'end-recorded',
  'command-absent': 'end-recorded',
  'cancel-sending': 'cancel-noted',
};

export function createMortalJournal(
  journal: OrderJournal,
  pass: PassPoint,
  defect: PlantedCrashDefect | undefined,
): OrderJournal {
  return {
    append(entry, durability) {
      const early = before[entry.type];
      if (early !== undefined) pass(early);
      const durable = journal.append(entry, defect === 'NO_BARRIER' ? 'GROUPED' : durability);
      const late = after[entry.type];
      if (late !== undefined) pass(late);
      return durable;
    },
    read: () => journal.read(),
    close: () => journal.close(),
  };
}

/** What a request is, by what the broker documents; the judge shares no code with the adapters. */
export type WireKind = 'PLACE' | 'CANCEL' | 'LIST' | 'OTHER';

const kinds: Readonly<Record<string, WireKind>> = {
  'order-cash': 'PLACE',
  'order-rvsecncl': 'CANCEL',
  'inquire-daily-ccld': 'LIST',
  kt10000: 'PLACE',
  kt10001: 'PLACE',
  kt10003: 'CANCEL',
  kt00007: 'LIST',
  ka10075: 'LIST',
};

/** KIS names an operation in its path, Kiwoom in a header. */
function kindOf({ path, headers }: HttpRequest): WireKind {
  const apiId = headers[headers.indexOf('api-id') + 1];
  const [plain = ''] = path.split('?', 1);
  const name = headers.includes('api-id') ? (apiId ?? '') : plain.slice(plain.lastIndexOf('/') + 1);
  return kinds[name] ?? 'OTHER';
}

const written: Readonly<Partial<Record<WireKind, CrashPointId>>> = {
  PLACE: 'request-written',
  CANCEL: 'cancel-written',
  LIST: 'list-under-way',
};

export function createMortalTransport(
  transport: HttpTransport,
  pass: PassPoint,
  isOpen: () => boolean,
  defect: PlantedCrashDefect | undefined,
): HttpTransport {
  return {
    open(origin) {
      const inner = transport.open(origin);
      const connection: HttpConnection = {
        get busy() {
          return inner.busy;
        },
        async send(request, options = {}) {
          const kind = kindOf(request);
          const exchange = await inner.send(request, {
            ...options,
            beforeSend: () => {
              const refusal = options.beforeSend?.();
              if (refusal !== undefined) return refusal;
              if (kind === 'PLACE') pass('before-first-byte');
              const point = written[kind];
              // The bytes go out in this turn; the answer cannot be read before the next.
              if (point !== undefined && (kind !== 'LIST' || isOpen())) setImmediate(pass, point);
              return undefined;
            },
          });
          if (kind === 'PLACE' && defect === 'SENDS_TWICE') await inner.send(request);
          if (kind === 'PLACE') pass('answer-heard');
          return exchange;
        },
        warm: () => inner.warm(),
        close: () => inner.close(),
      };
      return connection;
    },
  };
}
