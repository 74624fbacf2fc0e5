import { au10001 } from './auth/au10001.ts';
import { au10002 } from './auth/au10002.ts';
import { ka10001 } from './rest/ka10001.ts';
import { ka10003 } from './rest/ka10003.ts';
import { ka10004 } from './rest/ka10004.ts';
import { ka10007 } from './rest/ka10007.ts';
import { ka10075 } from './rest/ka10075.ts';
import { ka10076 } from './rest/ka10076.ts';
import { ka10080 } from './rest/ka10080.ts';
import { ka10081 } from './rest/ka10081.ts';
import { ka10099 } from './rest/ka10099.ts';
import { ka10100 } from './rest/ka10100.ts';
import { kt00001 } from './rest/kt00001.ts';
import { kt00004 } from './rest/kt00004.ts';
import { kt00005 } from './rest/kt00005.ts';
import { kt00007 } from './rest/kt00007.ts';
import { kt00009 } from './rest/kt00009.ts';
import { kt00010 } from './rest/kt00010.ts';
import { kt00018 } from './rest/kt00018.ts';
import { kt10000 } from './rest/kt10000.ts';
import { kt10001 } from './rest/kt10001.ts';
import { kt10002 } from './rest/kt10002.ts';
import { kt10003 } from './rest/kt10003.ts';
import { type KiwoomOperationInfo, type KiwoomRequestField, type KiwoomResponseField } from './rest/operation.ts';

/** Every operation that this package speaks with a token. `docs` prints the catalogue from here. */
export const kiwoomOperations: readonly KiwoomOperationInfo[] = [
  kt10000,
  kt10001,
  kt10002,
  kt10003,
  ka10075,
  ka10076,
  kt00007,
  kt00009,
  kt00001,
  kt00010,
  kt00018,
  kt00004,
  kt00005,
  ka10001,
  ka10004,
  ka10007,
  ka10003,
  ka10080,
  ka10081,
  ka10099,
  ka10100,
];

/** A request for a token: no token in its headers, the key and the secret in the body. */
export interface KiwoomAuthOperation {
  readonly name: string;
  readonly korean: string;
  readonly source: string;
  readonly evidence: string;
  readonly method: 'POST';
  readonly path: string;
  readonly request: readonly KiwoomRequestField[];
  readonly response: readonly KiwoomResponseField[];
}

/** The requests for tokens. */
export const kiwoomAuthOperations: readonly KiwoomAuthOperation[] = [au10001, au10002];
