/**
 * Times `count` slices of frames; each time is that of one frame, the mean of a slice, in microseconds.
 *
 * @param volumes what `read` adds up to: a decoder that reads wrongly is not measured.
 * @throws (rejects) when a frame is not read rightly.
 */
export function timeSlices<Frame>(
  count: number,
  frames: readonly Frame[],
  read: (frame: Frame) => number,
  volumes: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let slice = 0; slice < count; slice += 1) {
    let sum = 0;
    const began = performance.now();
    for (const frame of frames) sum += read(frame);
    times.push(((performance.now() - began) * 1_000) / frames.length);
    if (sum !== volumes) return Promise.reject(new Error('A frame was not read rightly.'));
  }
  return Promise.resolve(times);
}
