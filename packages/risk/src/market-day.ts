import { type Quote, type SymbolCode, ValidationError, type Venue } from '@qts/core';
import {
  type AllowedOrderTerms,
  type Denied,
  type SessionDay,
  type TickTable,
  type TradingCalendar,
  dailyPriceLimits,
  orderTermsAllowed,
  sessionWindows,
  tickTable,
} from '@qts/krx';
import { type InstrumentFacts, type MarketView } from './risk-view.ts';

export interface MarketDaySettings {
  /** `YYYY-MM-DD`; explicit, never "today" of the host. */
  readonly tradingDate: string;
  /** The symbol master of the day: an issue that is not in it is not traded. */
  readonly instruments: readonly InstrumentFacts[];
  /** The newest quote of an issue; must answer at once. */
  readonly quote: (symbol: SymbolCode) => Quote | undefined;
  /** Default: the calendar that `@qts/krx` knows. */
  readonly calendar?: TradingCalendar;
}

/**
 * The market's rules on one trading date, each looked up once and then kept: what the checks ask on the way of an order
 * costs a map access.
 *
 * @throws {ValidationError} when the date is not one, or when an instrument is given twice.
 */
export function createMarketDay({ tradingDate, instruments, quote, calendar }: MarketDaySettings): MarketView {
  const master = new Map<SymbolCode, InstrumentFacts>();
  for (const each of instruments) {
    if (master.has(each.symbol)) {
      throw new ValidationError({
        code: 'INSTRUMENT_TWICE',
        summary: 'An instrument is given twice.',
        facts: { symbol: each.symbol },
        next: 'Give each issue of the day once.',
      });
    }
    master.set(each.symbol, each);
  }
  const days = new Map<Venue, SessionDay | Denied>();
  const terms = new Map<string, AllowedOrderTerms | Denied>();
  const ticks = new Map<string, TickTable>();
  const limits = new Map<SymbolCode, LimitsAnswer>();

  return {
    tradingDate,
    quote,
    instrument: (symbol) => master.get(symbol),

    sessionDay(venue) {
      let day = days.get(venue);
      if (day === undefined) {
        day = sessionWindows({ venue, tradingDate, ...(calendar === undefined ? undefined : { calendar }) });
        days.set(venue, day);
      }
      return day;
    },

    terms({ venue, kind: window }, orderType, timeInForce, { productClass, market }) {
      const key = `${venue} ${window} ${orderType} ${timeInForce} ${productClass} ${market}`;
      let answer = terms.get(key);
      if (answer === undefined) {
        answer = orderTermsAllowed({ venue, tradingDate, window, orderType, timeInForce, productClass, market });
        terms.set(key, answer);
      }
      return answer;
    },

    ticks({ productClass, market }) {
      const key = `${productClass} ${market}`;
      let table = ticks.get(key);
      if (table === undefined) {
        table = tickTable(productClass, market, tradingDate);
        ticks.set(key, table);
      }
      return table;
    },

    limitsAgree(instrument, given) {
      const known = limits.get(instrument.symbol);
      if (known?.isAbout(given) === true) return known.agree;
      const answer = compareLimits(instrument, tradingDate, given);
      limits.set(instrument.symbol, answer);
      return answer.agree;
    },
  };
}

interface LimitsAnswer {
  readonly agree: boolean;
  isAbout(quote: Quote): boolean;
}

/** Limits stay the same all day, nearly always: the formula is asked again only when a quote brings other figures. */
function compareLimits(
  { productClass, market, leverage = 1 }: InstrumentFacts,
  tradingDate: string,
  { basePriceKrw, upperLimitKrw, lowerLimitKrw }: Quote,
): LimitsAnswer {
  const computed = dailyPriceLimits({ productClass, market, tradingDate, basePriceKrw, leverage });
  const agree =
    computed.ok &&
    (!computed.limited || (computed.upperLimitKrw === upperLimitKrw && computed.lowerLimitKrw === lowerLimitKrw));
  return {
    agree,
    isAbout: (quote) =>
      quote.basePriceKrw === basePriceKrw &&
      quote.upperLimitKrw === upperLimitKrw &&
      quote.lowerLimitKrw === lowerLimitKrw,
  };
}
