import { randomUUID } from 'node:crypto';
import { type IdGenerator } from '@qts/core';

/** Random ids (UUID version 4). */
export const systemIds: IdGenerator = () => randomUUID();
