import { type Exchange, type InstrumentView } from '../exchange/contracts.ts';
import { type DailyBar } from '../venue-settings.ts';

/** The history given to the venue, and the running day once it has traded. Oldest first. */
export function daysOf(
  { tradingDate }: Pick<Exchange, 'tradingDate'>,
  dailyHistory: Readonly<Record<string, readonly DailyBar[]>>,
  view: InstrumentView,
): readonly DailyBar[] {
  const past = (dailyHistory[view.instrument.symbol] ?? []).filter(({ date }) => date < tradingDate);
  if (view.openPriceKrw === undefined) return past;
  return [
    ...past,
    {
      date: tradingDate,
      openKrw: view.openPriceKrw,
      highKrw: view.highPriceKrw ?? view.lastPriceKrw,
      lowKrw: view.lowPriceKrw ?? view.lastPriceKrw,
      closeKrw: view.lastPriceKrw,
      volume: view.volume,
      turnoverKrw: view.turnoverKrw,
    },
  ];
}
