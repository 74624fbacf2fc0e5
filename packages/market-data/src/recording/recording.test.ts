import { ConfigurationError } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createFrameRecorder, sanitiseWith } from './frame-recorder.ts';
import { playRecording } from './play-recording.ts';
import { recordingVersion } from './recording-format.ts';

const head = { brokerId: 'kis', feed: 'ws://127.0.0.1:1', simulated: true };

function start(secrets: readonly string[] = ['SECRET-KEY']) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const recorder = createFrameRecorder({
    head,
    clock,
    write: (line) => lines.push(line),
    sanitise: sanitiseWith(secrets, (text) => text.startsWith('1|')),
  });
  return { clock, lines, recorder };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function framesOf(lines: readonly string[], brokerId?: string) {
  const { frames } = await playRecording(lines, brokerId === undefined ? {} : { brokerId });
  return collect(frames);
}

async function errorOf(lines: readonly string[], brokerId?: string): Promise<ConfigurationError> {
  try {
    await framesOf(lines, brokerId);
  } catch (error) {
    if (ConfigurationError.isInstance(error)) return error;
  }
  throw new Error('expected a ConfigurationError');
}

describe('a recording', () => {
  it('plays back what was recorded, with its times', async () => {
    const { clock, lines, recorder } = start();
    recorder.record('IN', '0|H0STCNT0|001|005930^1^');
    await clock.advance(250);
    recorder.record('OUT', '{"tr_id":"PINGPONG"}');
    expect(await framesOf(lines, 'kis')).toEqual([
      { afterMs: 0, way: 'IN', text: '0|H0STCNT0|001|005930^1^' },
      { afterMs: 250, way: 'OUT', text: '{"tr_id":"PINGPONG"}' },
    ]);
    expect((await playRecording(lines)).head).toMatchObject({ simulated: true, version: recordingVersion });
  });

  it('keeps no frame with a secret in it, and no encrypted notice', async () => {
    const { lines, recorder } = start();
    recorder.record('OUT', '{"approval_key":"SECRET-KEY"}');
    recorder.record('IN', '1|H0STCNI0|001|kM7rZ==');
    recorder.record('IN', 'kept');
    expect(await framesOf(lines)).toEqual([{ afterMs: 0, way: 'IN', text: 'kept' }]);
    expect(recorder.frames).toBe(1);
  });

  it('refuses secrets so short that they would drop frames by chance', () => {
    expect(() => sanitiseWith(['abc'])).toThrow(RangeError);
  });

  it('hears both ways of a transport and changes neither', () => {
    const { lines, recorder } = start();
    const heard: Uint8Array[] = [];
    const sent: string[] = [];
    let push: (message: Uint8Array) => void = () => undefined;
    const transport = recorder.listenTo({
      open(_url: string, handlers: { onMessage(message: Uint8Array): void }) {
        push = (message) => {
          handlers.onMessage(message);
        };
        return { send: (text: string) => void sent.push(text) };
      },
    });
    transport.open('ws://127.0.0.1:1', { onMessage: (message) => void heard.push(message) }).send('out');
    const messages = [Uint8Array.of(0x69, 0x6e), Uint8Array.of(0x69, 0xbb)];
    messages.forEach(push);
    expect(sent).toEqual(['out']);
    expect(heard).toEqual(messages);
    expect(lines.slice(1).map((line) => (JSON.parse(line) as { readonly text: string }).text)).toEqual([
      ...['out', 'in', 'i\uFFFD'],
    ]);
  });

  it('of another broker is refused', async () => {
    const { lines } = start();
    expect(await errorOf(lines, 'kiwoom')).toMatchObject({
      code: 'RECORDING_OF_ANOTHER_BROKER',
      facts: { recorded: 'kis', wanted: 'kiwoom' },
    });
  });

  it('of a newer layout is refused', async () => {
    const line = JSON.stringify({ ...head, format: 'qts-frames', version: recordingVersion + 1 });
    expect(await errorOf([line])).toMatchObject({ code: 'RECORDING_TOO_NEW' });
  });

  it.each([
    ['an empty file', []],
    ['other JSON', ['{"a":1}']],
    ['no JSON', ['hello']],
    ['null', ['null']],
  ])('is not %s', async (_what, lines) => {
    expect(await errorOf(lines)).toMatchObject({ code: 'RECORDING_UNREADABLE', facts: { line: 1 } });
  });

  it('plays up to a line that was cut, and names it', async () => {
    const { lines, recorder } = start();
    recorder.record('IN', 'whole');
    const { frames } = await playRecording([...lines, '{"afterMs":3,"way":"IN","te']);
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const { text } of frames) seen.push(text);
      })(),
    ).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE', facts: { line: 3 } });
    expect(seen).toEqual(['whole']);
  });
});
