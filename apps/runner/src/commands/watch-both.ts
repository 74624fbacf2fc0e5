import { systemClock, systemRandom } from '@qts/broker-kit';
import { symbolCode } from '@qts/core';
import { runnerBrokersById } from '../brokers/runner-brokers.ts';
import { type ExitName } from '../cli/exit-codes.ts';
import { loadRunnerConfig } from '../config/config-file.ts';
import { watchBrokers } from '../streams/watch-brokers.ts';
import { type WatchLine } from '../streams/watch-lines.ts';
import { openWatchMarket, parseWatchFault } from '../streams/watch-venue.ts';
import { endOfWatch, refuseOptions, type WatchCommandOptions } from './watch-options.ts';

/**
 * `qts watch --broker kis,kiwoom`: the same symbols by each broker, from one simulated market. The fresher price counts,
 * and where the brokers differ is told.
 *
 * @returns `ok` when it was ended by Ctrl-C or its time; `broker` when nothing was served
 * @throws {ConfigurationError} for a setting that cannot be used, and for what only one broker can be watched with
 * @throws {ValidationError} for a symbol that has no shape of one
 */
export async function watchBothCommand(options: WatchCommandOptions & { readonly broker: string }): Promise<ExitName> {
  const { json, logger, out, say } = options;
  const symbols = options.symbols.map(symbolCode);
  const configs = [...new Set(options.broker.split(','))].map((broker) =>
    loadRunnerConfig(options.config, { broker, ...(options.mode === undefined ? {} : { mode: options.mode }) }),
  );
  const [config] = configs;
  if (config?.mode !== 'sim') refuseOptions('--mode', 'Several brokers are watched in a simulated market.', oneBroker);
  for (const field of ['url', 'play', 'record'] as const) {
    if (options[field] !== undefined) refuseOptions(`--${field}`, 'This is of one broker.', oneBroker);
  }
  if (options.orders) refuseOptions('--orders', 'Orders are of one broker.', oneBroker);
  const brokers = configs.map(({ broker }) => runnerBrokersById[broker]);
  const market = await openWatchMarket(config, brokers, systemClock, options.faults.map(parseWatchFault));
  const { clock, venues } = market;
  const connected = venues.flatMap(
    ({ url }, index) => brokers[index]?.connectSimulated(url, { clock, logger, random: systemRandom }) ?? [],
  );
  const end = endOfWatch(options);
  try {
    const where = venues.map(({ url }, index) => `${brokers[index]?.id ?? ''} at ${url}`).join(', ');
    say(`SIMULATED: one market, ${where}, modelled order flow; no broker, no money`);
    const { nothingServed, firsts, differences } = await watchBrokers({
      ...{ markets: connected.map(({ streams }) => streams.market), symbols, clock, signal: end.signal },
      show: ({ text, json: facts }: WatchLine) => {
        out(json ? `${JSON.stringify(facts)}\n` : `${text}\n`);
      },
    });
    const counts = Object.entries(firsts).map(([brokerId, count]) => `${brokerId} ${count}`);
    say(`First with a price or a volume: ${counts.join(', ')}. Differences: ${differences}.`);
    if (!nothingServed) return 'ok';
    say('Nothing is left to watch: every subscription was refused. The lines above say why.');
    return 'broker';
  } finally {
    end.cancel();
    for (const each of connected) await each.close();
    await market.close();
  }
}

const oneBroker = 'Name one broker with --broker, or leave this option out.';
