/** What travels on a stream. */
export const streamKinds = [
  'STREAM_REQUEST', // a message of the client: login, registration
  'ORDER_NOTICE',
  'STREAM_QUOTE',
  'STREAM_PING', // the broker's ping in text
  'PROTOCOL_PING', // the client's ping of RFC 6455
] as const;
export type StreamKind = (typeof streamKinds)[number];

/** Messages of the broker that are not quite right. */
export const streamEdits = [
  'COLUMN_APPENDED',
  'COLUMN_INSERTED',
  'COUNT_WRONG',
  'CIPHER_GARBLED',
  'KEY_CHANGED',
  'TWO_EQUAL_FILLS',
] as const;
export type StreamEdit = (typeof streamEdits)[number];

/** Refusals of a registration, in the broker's own words. */
export const streamRefusals = ['KEY_INVALID', 'LIMIT_REACHED'] as const;
export type StreamRefusal = (typeof streamRefusals)[number];

/** What happens to a stream or to one of its messages. `NONE`: it is a fault of requests. */
export type StreamAct =
  | 'NONE'
  | 'CLOSE'
  | 'CUT'
  | 'GAP'
  | 'HALF_OPEN'
  | 'THROWN_OUT'
  | 'DUPLICATE'
  | 'REORDER'
  | 'DELAY'
  | 'AT_ONCE'
  | 'WITHHELD'
  | 'IN_FRAGMENTS'
  | 'FLOOD'
  | 'GARBAGE'
  | 'HUGE'
  | 'BINARY'
  | 'STRANGER'
  | 'ANSWER_LOST'
  | 'MUTED'
  | StreamEdit
  | StreamRefusal;
