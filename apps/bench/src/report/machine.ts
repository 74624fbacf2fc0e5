import { cpus } from 'node:os';
import { arch, platform, version } from 'node:process';

/** Where figures come from: they carry over to another machine as ratios at best. */
export function describeMachine(): string {
  const processors = cpus();
  const model = (processors[0]?.model ?? 'unknown processor').replace(/\s+/g, ' ').trim();
  return `Node.js ${version}, ${platform} ${arch}, ${processors.length} x ${model}`;
}
