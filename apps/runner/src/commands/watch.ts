import { type WebSocketTransport, createWsTransport, systemClock, systemRandom } from '@qts/broker-kit';
import { type Clock, type MarketDataStream, type OrderStream, type Secret, symbolCode } from '@qts/core';
import { createReplayTransport } from '@qts/market-data';
import { runnerBrokersById } from '../brokers/runner-brokers.ts';
import { type ExitName } from '../cli/exit-codes.ts';
import { loadRunnerConfig } from '../config/config-file.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { readRecording, recordFrames } from '../streams/recordings.ts';
import { type WatchLine } from '../streams/watch-lines.ts';
import { watchStreams } from '../streams/watch-streams.ts';
import { openWatchMarket, parseWatchFault } from '../streams/watch-venue.ts';
import { connectOperatorBroker } from './operator-broker.ts';
import { endOfWatch, refuseOptions, type WatchCommandOptions } from './watch-options.ts';

/** Where live data comes from. */
interface Source {
  readonly clock: Clock;
  readonly streams: { readonly market: MarketDataStream; readonly orders: OrderStream };
  readonly framesAlone: boolean;
  /** Aborts when there is nothing more to come. */
  readonly over?: AbortSignal;
}

/**
 * `qts watch`: shows live quotes, what they are worth, and what was missed. Sends no order.
 *
 * @returns `ok` when it was ended by Ctrl-C, its time or the end of a recording; `broker` when nothing was served
 * @throws {ConfigurationError} for a setting, credentials or a recording that cannot be used
 * @throws {ValidationError} for a symbol that has no shape of one
 */
export async function watchCommand(options: WatchCommandOptions): Promise<ExitName> {
  const { json, out, say } = options;
  const symbols = options.symbols.map(symbolCode);
  const config = loadRunnerConfig(options.config, {
    ...(options.mode === undefined ? {} : { mode: options.mode }),
    ...(options.broker === undefined ? {} : { broker: options.broker }),
  });
  const closing: (() => Promise<void> | void)[] = [];
  const show = ({ text, json: facts }: WatchLine): void => {
    out(json ? `${JSON.stringify(facts)}\n` : `${text}\n`);
  };
  try {
    const source = await openSource(config, options, closing);
    const asked = endOfWatch(options);
    closing.push(asked.cancel);
    const end = await watchStreams({
      ...{ market: source.streams.market, symbols, clock: source.clock, framesAlone: source.framesAlone, show },
      signal: source.over === undefined ? asked.signal : AbortSignal.any([asked.signal, source.over]),
      ...(options.orders ? { orders: source.streams.orders } : {}),
    });
    if (end === 'asked') return 'ok';
    say('Nothing is left to watch: every subscription was refused. The lines above say why.');
    return 'broker';
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function openSource(
  config: RunnerConfig,
  options: WatchCommandOptions,
  closing: (() => Promise<void> | void)[],
): Promise<Source> {
  const isOwnVenue = config.mode === 'sim' && options.url === undefined && options.play === undefined;
  if (options.faults.length > 0 && !isOwnVenue) {
    refuseOptions(
      '--fault',
      'Faults are for the venue that a watch opens itself.',
      'Leave --fault, or --mode, --url and --play, out.',
    );
  }
  if (options.play !== undefined && options.record !== undefined) {
    refuseOptions('--record', 'A recording is played already; nothing is left to record.', 'Copy the file instead.');
  }
  if (options.play !== undefined) return playSource(config, options.play, options, closing);
  const broker = runnerBrokersById[config.broker];
  const plain = createWsTransport({ plainOrigins: broker.plainStreamOrigins });
  let secrets: readonly Secret[] = [];

  function recorded(clock: Clock): WebSocketTransport {
    if (options.record === undefined) return plain;
    const simulated = config.mode === 'sim';
    const feed = simulated ? 'simulated venue on loopback' : `${config.broker} ${config.mode}`;
    const recording = recordFrames({
      ...{ file: options.record, head: { brokerId: config.broker, feed, simulated }, transport: plain, clock },
      secrets: () => secrets,
    });
    closing.push(() => {
      recording.close();
      options.say(`recorded ${recording.frames()} frames in ${options.record ?? ''}`);
    });
    return recording.transport;
  }

  if (isOwnVenue) {
    const market = await openWatchMarket(config, [broker], systemClock, options.faults.map(parseWatchFault));
    const { clock } = market;
    const url = market.venues[0]?.url ?? '';
    closing.push(() => market.close());
    options.say(`SIMULATED: venue (${config.broker}) at ${url}, modelled order flow; no broker, no money`);
    const connected = broker.connectSimulated(url, {
      ...{ clock, logger: options.logger, random: systemRandom, streamTransport: recorded(clock) },
    });
    secrets = connected.secrets;
    closing.push(() => connected.close());
    return { clock, streams: connected.streams, framesAlone: false };
  }
  const connected = connectOperatorBroker({
    ...{ config, environment: options.environment(), clock: systemClock, logger: options.logger },
    ...(options.url === undefined ? {} : { venueUrl: options.url }),
    streamTransport: recorded(systemClock),
  });
  secrets = connected.secrets;
  closing.push(() => connected.close());
  return { clock: systemClock, streams: connected.streams, framesAlone: false };
}

/** A recording in the place of a socket. What an adapter asks by REST is answered by a venue, and not shown. */
async function playSource(
  config: RunnerConfig,
  file: string,
  { logger, say }: WatchCommandOptions,
  closing: (() => Promise<void> | void)[],
): Promise<Source> {
  const { head, frames } = await readRecording(file, config.broker);
  const broker = runnerBrokersById[config.broker];
  const market = await openWatchMarket(config, [broker], systemClock, []);
  const { clock } = market;
  closing.push(() => market.close());
  const incoming = frames.filter(({ way }) => way === 'IN').length;
  const of = head.simulated ? 'SIMULATED, ' : '';
  say(`PLAYED: ${of}${incoming} frames of ${head.brokerId} recorded ${new Date(head.startedAtMs).toISOString()}`);
  const over = new AbortController();
  const replay = createReplayTransport({ frames, clock });
  const lookMs = 200;
  const look = (): void => {
    if (replay.played >= incoming) over.abort();
    else timer = clock.setTimer(look, lookMs);
  };
  let timer = clock.setTimer(look, lookMs);
  closing.push(() => {
    timer.cancel();
  });
  const connected = broker.connectSimulated(market.venues[0]?.url ?? '', { clock, logger, streamTransport: replay });
  closing.push(() => connected.close());
  return { clock, streams: connected.streams, framesAlone: true, over: over.signal };
}
