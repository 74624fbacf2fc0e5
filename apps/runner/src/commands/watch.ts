import { type WebSocketTransport, createWsTransport, systemClock, systemRandom } from '@qts/broker-kit';
import {
  type Clock,
  ConfigurationError,
  type Logger,
  type MarketDataStream,
  type OrderStream,
  type Secret,
  symbolCode,
} from '@qts/core';
import { createReplayTransport } from '@qts/market-data';
import { runnerBrokersById } from '../brokers/runner-brokers.ts';
import { type ExitName } from '../cli/exit-codes.ts';
import { loadRunnerConfig } from '../config/config-file.ts';
import { type Environment } from '../config/env-file.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { readRecording, recordFrames } from '../streams/recordings.ts';
import { type WatchLine } from '../streams/watch-lines.ts';
import { watchStreams } from '../streams/watch-streams.ts';
import { openWatchVenue, parseWatchFault } from '../streams/watch-venue.ts';
import { connectOperatorBroker } from './operator-broker.ts';

export interface WatchCommandOptions {
  readonly symbols: readonly string[];
  readonly config?: string;
  readonly mode?: string;
  readonly broker?: string;
  /** A simulated venue that runs already, `http://127.0.0.1:…`, with credentials from the environment. */
  readonly url?: string;
  /** Own orders, too. */
  readonly orders: boolean;
  readonly json: boolean;
  readonly record?: string;
  readonly play?: string;
  readonly seconds?: number;
  /** `W02-cut@5`: faults of the venue that the watch opens itself. */
  readonly faults: readonly string[];
  readonly environment: () => Environment;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly out: (text: string) => void;
  readonly say: (line: string) => void;
}

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
  const { seconds, json, out, say } = options;
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
    const signals = [options.signal, ...(source.over === undefined ? [] : [source.over])];
    if (seconds !== undefined) {
      const timeOver = new AbortController();
      const timer = systemClock.setTimer(() => {
        timeOver.abort();
      }, seconds * 1_000);
      closing.push(() => {
        timer.cancel();
      });
      signals.push(timeOver.signal);
    }
    const end = await watchStreams({
      ...{ market: source.streams.market, symbols, clock: source.clock, framesAlone: source.framesAlone, show },
      signal: AbortSignal.any(signals),
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
    refuse(
      '--fault',
      'Faults are for the venue that a watch opens itself.',
      'Leave --fault, or --mode, --url and --play, out.',
    );
  }
  if (options.play !== undefined && options.record !== undefined) {
    refuse('--record', 'A recording is played already; nothing is left to record.', 'Copy the file instead.');
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
    const { venue, clock } = await openWatchVenue(config, broker, systemClock, options.faults.map(parseWatchFault));
    closing.push(() => venue.close());
    options.say(`SIMULATED: venue (${config.broker}) at ${venue.url}, modelled order flow; no broker, no money`);
    const connected = broker.connectSimulated(venue.url, {
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

function refuse(field: string, why: string, next: string): never {
  throw new ConfigurationError({
    code: 'WATCH_OPTIONS_CONTRADICT',
    summary: `${why} Nothing was started.`,
    facts: { field },
    next,
  });
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
  const { venue, clock } = await openWatchVenue(config, broker, systemClock, []);
  closing.push(() => venue.close());
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
  const connected = broker.connectSimulated(venue.url, { clock, logger, streamTransport: replay });
  closing.push(() => connected.close());
  return { clock, streams: connected.streams, framesAlone: true, over: over.signal };
}
