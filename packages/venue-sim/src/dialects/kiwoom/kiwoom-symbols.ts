import { type Instrument, type InstrumentView } from '../../exchange/contracts.ts';
import { fieldOf, type KiwoomAnswer, type KiwoomCall } from './kiwoom-operation.ts';

/** Letters in front of codes of the ledger (kt000xx), by class. */
const prefixes: Readonly<Record<Instrument['productClass'], string>> = { STOCK: 'A', ETF: 'A', ETN: 'Q', ELW: 'J' };

/** The code as orders, quotes and lists of today have it: without a letter in front. */
export function bareCode({ symbol }: Pick<Instrument, 'symbol'>): string {
  return symbol.length === 7 ? symbol.slice(1) : symbol;
}

/** The code as the ledger has it: `A005930`. */
export function ledgerCode(instrument: Instrument): string {
  return `${prefixes[instrument.productClass]}${bareCode(instrument)}`;
}

type Found = { readonly kind: 'FOUND'; readonly view: InstrumentView } | Extract<KiwoomAnswer, { kind: 'GATEWAY' }>;

/** The issue of a bare code, or what the gateway says when there is none. */
export function findIssue(call: KiwoomCall, code: string): Found {
  const { exchange } = call.context;
  const view = exchange.getInstrument(code) ?? exchange.getInstrument(`Q${code}`);
  return view === undefined || bareCode(view.instrument) !== code
    ? { kind: 'GATEWAY', result: 'SYMBOL_UNKNOWN', detail: code }
    : { kind: 'FOUND', view };
}

/** The issue that a quote is asked for. `_AL` shows KRX, the only venue here; `_NX` has nothing to show. */
export function quotedIssue(call: KiwoomCall): Found {
  const [code = '', venue = ''] = fieldOf(call, 'stk_cd').split('_');
  const found = findIssue(call, code);
  if (found.kind !== 'FOUND' || venue === '' || venue === 'AL') return found;
  return { kind: 'GATEWAY', result: 'SYMBOL_NOT_ON_VENUE', detail: fieldOf(call, 'stk_cd') };
}

/** Whether a code of a list filter, with or without its letter, means the symbol; an empty one means all. */
export function meansSymbol(code: string, symbol: string): boolean {
  return code === '' || (code.length === 7 ? code.slice(1) : code) === bareCode({ symbol });
}
