/** An operation with what belongs to it but is not timed. */
export interface TimedOperation<Input, Output> {
  /** Makes what the operation needs. */
  prepare(): Input;
  /** The only part that is timed, to the end of its promise. */
  run(input: Input): Promise<Output>;
  /** Throws when the operation did not do what it should: a figure of a failure is no figure. */
  finish(output: Output): void;
}

/** Times an operation `count` times, one after the other, in microseconds. */
export async function timeOneByOne<Input, Output>(
  count: number,
  operation: TimedOperation<Input, Output>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const input = operation.prepare();
    const began = performance.now();
    const output = await operation.run(input);
    times.push((performance.now() - began) * 1_000);
    operation.finish(output);
  }
  return times;
}
