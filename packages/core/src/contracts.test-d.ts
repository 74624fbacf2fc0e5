import { expectTypeOf } from 'vitest';
import { type ExecutionIntent, type ExecutionIntentInput } from './execution-intent.ts';
import { type OrderFacts } from './order-facts.ts';
import { type OrderRequest } from './order-request.ts';
import { type OrderResponse } from './order-response.ts';
import { type BrokerOrderId, type ClientOrderId, type IntentId, type Krw, type Shares } from './values.ts';

/* Promises that live in types. The type check of the workspace is the test. */

// A number or a text that was not checked is neither money nor shares nor an id.
expectTypeOf<number>().not.toExtend<Krw>();
expectTypeOf<number>().not.toExtend<Shares>();
expectTypeOf<string>().not.toExtend<IntentId>();
expectTypeOf<Krw>().not.toExtend<Shares>();
expectTypeOf<Shares>().not.toExtend<Krw>();
expectTypeOf<ClientOrderId>().not.toExtend<BrokerOrderId>();
expectTypeOf<IntentId>().not.toExtend<ClientOrderId>();
// …and reads as what it is.
expectTypeOf<Krw>().toExtend<number>();
expectTypeOf<BrokerOrderId>().toExtend<string>();

// What was not checked is not an intent; an intent may always be checked again.
expectTypeOf<ExecutionIntentInput>().not.toExtend<ExecutionIntent>();
expectTypeOf<ExecutionIntent>().toExtend<ExecutionIntentInput>();

// Nothing writes to an intent, a request or facts.
expectTypeOf<ExecutionIntent>().toEqualTypeOf<Readonly<ExecutionIntent>>();
expectTypeOf<OrderRequest>().toEqualTypeOf<Readonly<OrderRequest>>();
expectTypeOf<OrderFacts>().toEqualTypeOf<Readonly<OrderFacts>>();

// An answer has a number exactly when it is a yes, and a safety code exactly when it is not.
expectTypeOf<Extract<OrderResponse, { outcome: 'ACCEPTED' }>>().toHaveProperty('brokerOrderId');
expectTypeOf<Extract<OrderResponse, { outcome: 'ACCEPTED' }>>().not.toHaveProperty('code');
expectTypeOf<Extract<OrderResponse, { outcome: 'UNKNOWN' }>>().toHaveProperty('code');
expectTypeOf<Extract<OrderResponse, { outcome: 'UNKNOWN' }>>().not.toHaveProperty('brokerOrderId');
expectTypeOf<Extract<OrderResponse, { outcome: 'REJECTED' }>>().toHaveProperty('native');
