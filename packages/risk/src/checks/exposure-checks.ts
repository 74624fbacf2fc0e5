import { type OrderCheck } from '../check-order.ts';
import { deny } from '../risk-decision.ts';

/** Orders a day, loss of the day, exposure in all and per symbol. A sale of held shares only lowers exposure. */
export const checkExposure: OrderCheck = ({ intent, view: { account }, limits, worstValueKrw }) => {
  const { ordersToday, openingEquityKrw } = account;
  if (ordersToday >= limits.dailyOrdersMax) {
    const facts = { ordersToday, dailyOrdersMax: limits.dailyOrdersMax };
    return deny('G_EXE_DAILY_ORDER_LIMIT', `${ordersToday} orders were sent today`, facts);
  }
  if (intent.side === 'SELL') return undefined;

  const { equityKrw } = account; // Asked for once, and only here: it walks every holding.
  const lossKrw = openingEquityKrw - equityKrw;
  if (lossKrw * 10_000 >= openingEquityKrw * limits.dailyLossMaxBps) {
    const facts = { lossKrw, openingEquityKrw, dailyLossMaxBps: limits.dailyLossMaxBps };
    return deny('GR020', `the day has lost ${lossKrw} won: no order may add risk`, facts);
  }
  const exposureKrw = account.exposureKrw + worstValueKrw;
  if (exposureKrw * 10_000 > equityKrw * limits.exposureMaxBps) {
    const facts = { exposureKrw, equityKrw, exposureMaxBps: limits.exposureMaxBps };
    return deny('GR001', `the exposure would be ${exposureKrw} won of ${equityKrw} won`, facts);
  }
  const symbolExposureKrw = account.symbolExposureKrw(intent.symbol) + worstValueKrw;
  if (symbolExposureKrw * 10_000 > equityKrw * limits.symbolExposureMaxBps) {
    const facts = {
      symbol: intent.symbol,
      symbolExposureKrw,
      equityKrw,
      symbolExposureMaxBps: limits.symbolExposureMaxBps,
    };
    return deny(
      'GR010',
      `the exposure in ${intent.symbol} would be ${symbolExposureKrw} won of ${equityKrw} won`,
      facts,
    );
  }
  return undefined;
};
