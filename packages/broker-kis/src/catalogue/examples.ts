import { type OperationExample } from '@qts/broker-kit';
import chkHoliday from '../../test/fixtures/rest/chk-holiday.live.page.json' with { type: 'json' };
import index from '../../test/fixtures/rest/index.json' with { type: 'json' };
import inquireBalance from '../../test/fixtures/rest/inquire-balance.live.empty.json' with { type: 'json' };
import inquireDailyCcld from '../../test/fixtures/rest/inquire-daily-ccld.live.one-fill.json' with { type: 'json' };
import inquirePrice from '../../test/fixtures/rest/inquire-price.live.005930.json' with { type: 'json' };
import inquirePsblOrder from '../../test/fixtures/rest/inquire-psbl-order.published.json' with { type: 'json' };
import orderCash from '../../test/fixtures/rest/order-cash.live.sor.accepted.json' with { type: 'json' };
import orderRvsecncl from '../../test/fixtures/rest/order-rvsecncl.published.json' with { type: 'json' };

/** Answers by their file in test/fixtures/rest. The build puts their content into the package, so none can differ. */
const answers: Readonly<Record<string, unknown>> = {
  'chk-holiday.live.page.json': chkHoliday,
  'inquire-balance.live.empty.json': inquireBalance,
  'inquire-daily-ccld.live.one-fill.json': inquireDailyCcld,
  'inquire-price.live.005930.json': inquirePrice,
  'inquire-psbl-order.published.json': inquirePsblOrder,
  'order-cash.live.sor.accepted.json': orderCash,
  'order-rvsecncl.published.json': orderRvsecncl,
};

/** What KIS really sent, or printed in its documents, for an operation; empty when nobody has published anything. */
export function examplesOf(operation: string): readonly OperationExample[] {
  return index
    .filter(({ file }) => file.startsWith(`${operation}.`) && answers[file] !== undefined)
    .map(({ file, kind, env, origin }) => ({ origin: `${kind}, ${env}: ${origin}`, answer: answers[file] }));
}
