import { type SafetyRefusal } from './safety-layer.ts';
import { type SafetyState } from './safety-machine.ts';

/** What stands in the way of an order, in words that end a sentence which begins with "denied:". */
export function whyRefused(refusal: SafetyRefusal, state: SafetyState): string {
  switch (refusal) {
    case 'G_EXE_KILLSWITCH_ON':
      return 'the kill switch is on';
    case 'G_EXE_SAFE_MODE_ON':
      return 'safe mode is on';
    case 'G_EXE_SAFETY_BLOCKED':
      return `the safety state is ${state}`;
  }
}
