#!/usr/bin/env node
/**
 * Where the program begins. The rest is loaded afterwards: a halt that is sent in the first moments must not be lost, and
 * without a listener the signal would open Node's inspector.
 */
import { keepEarlyHalt } from './cli/early-halt.ts';

keepEarlyHalt();
await import('./qts.ts');
