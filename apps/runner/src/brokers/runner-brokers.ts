import { type RunnerBrokerId } from '../config/runner-config.ts';
import { kis } from './kis.ts';
import { kiwoom } from './kiwoom.ts';
import { type RunnerBroker } from './runner-broker.ts';

/** Every broker that the runner can trade at. */
export const runnerBrokersById: Readonly<Record<RunnerBrokerId, RunnerBroker>> = { kis, kiwoom };
