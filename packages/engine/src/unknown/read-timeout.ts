/**
 * How long a read of orders may take before it is given up, ms: for everything in the engine that reads lists.
 *
 * A list is as slow as its pages: KIS paper has 15 rows on one and takes one request a second, Kiwoom one of each kind, and
 * other reads of the key wait in the same line. A hundred orders were given up at ten seconds every time, so that a start
 * never agreed with the broker. A broker that is silent is noticed earlier, by the deadlines of each request; this bound is
 * for a list that goes on for ever. No rule of evidence depends on it: absence asks for reads that **began** late enough
 * and ended complete, and the time after which a person has to decide ends a read as well.
 */
export const listReadTimeoutMs = 30_000;
