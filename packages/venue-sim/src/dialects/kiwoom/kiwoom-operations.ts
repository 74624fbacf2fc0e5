import { type KiwoomOperation } from './kiwoom-operation.ts';
import { ka00001 } from './rest/ka00001.ts';
import { ka10001 } from './rest/ka10001.ts';
import { ka10003 } from './rest/ka10003.ts';
import { ka10004 } from './rest/ka10004.ts';
import { ka10075 } from './rest/ka10075.ts';
import { ka10076 } from './rest/ka10076.ts';
import { ka10080 } from './rest/ka10080.ts';
import { ka10081 } from './rest/ka10081.ts';
import { ka10099, ka10100 } from './rest/ka10099.ts';
import { kt00001 } from './rest/kt00001.ts';
import { kt00004 } from './rest/kt00004.ts';
import { kt00005 } from './rest/kt00005.ts';
import { kt00007 } from './rest/kt00007.ts';
import { kt00009 } from './rest/kt00009.ts';
import { kt00010 } from './rest/kt00010.ts';
import { kt00018 } from './rest/kt00018.ts';
import { kt10000, kt10001 } from './rest/kt10000.ts';
import { kt10002, kt10003 } from './rest/kt10002.ts';

const operations: readonly KiwoomOperation[] = [
  kt10000,
  kt10001,
  kt10002,
  kt10003,
  ka10075,
  ka10076,
  kt00007,
  kt00009,
  ka00001,
  kt00001,
  kt00004,
  kt00005,
  kt00010,
  kt00018,
  ka10001,
  ka10003,
  ka10004,
  ka10080,
  ka10081,
  ka10099,
  ka10100,
];

/** The operations of the broker that this venue answers, by api-id, besides the two of tokens. */
export const kiwoomOperations: ReadonlyMap<string, KiwoomOperation> = new Map(
  operations.map((operation) => [operation.apiId, operation]),
);
