import { kstDate, kstInstantMs, timeOfDay } from '@qts/krx';

/** Korean time (UTC+9, no daylight saving) in the forms that brokers write. */

const kstOffsetMs = 9 * 3_600_000;
const daySeconds = 86_400;

function kstClock(atMs: number): string {
  return new Date(atMs + kstOffsetMs).toISOString().slice(11, 19);
}

/** `20261120`. */
export function kstDate8(atMs: number): string {
  return kstDate(atMs).replaceAll('-', '');
}

/** `094414`. */
export function kstTime6(atMs: number): string {
  // By arithmetic: streams write several times into every record, and a Date for each of them costs more than the rest.
  const second = Math.floor((atMs + kstOffsetMs) / 1000) % daySeconds;
  const minute = Math.floor(second / 60);
  return String(Math.floor(minute / 60) * 10_000 + (minute % 60) * 100 + (second % 60)).padStart(6, '0');
}

/** `2026-11-20 09:44:14`. */
export function kstDateTime(atMs: number): string {
  return `${kstDate(atMs)} ${kstClock(atMs)}`;
}

/** The instant of a Korean date (`2026-11-20`) and a time of day (`09:00`), as epoch ms. */
export function kstInstant(date: string, time: string): number {
  return kstInstantMs(date, timeOfDay(time));
}

/** Day of the week of a `YYYY-MM-DD`: 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
