/** Korean time: UTC+9, no daylight saving. Text in the forms that brokers write. */

const kstOffsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;

function kstIso(atMs: number): string {
  return new Date(atMs + kstOffsetMs).toISOString();
}

/** `2026-11-20`. */
export function kstDate(atMs: number): string {
  return kstIso(atMs).slice(0, 10);
}

/** `20261120`. */
export function kstDate8(atMs: number): string {
  return kstDate(atMs).replaceAll('-', '');
}

/** `094414`. */
export function kstTime6(atMs: number): string {
  return kstIso(atMs).slice(11, 19).replaceAll(':', '');
}

/** `2026-11-20 09:44:14`. */
export function kstDateTime(atMs: number): string {
  return kstIso(atMs).slice(0, 19).replace('T', ' ');
}

/** The instant of a Korean date (`2026-11-20`) and a time of day (`09:00`, `09:00:31`), as epoch ms. */
export function kstInstant(date: string, timeOfDay: string): number {
  return Date.parse(`${date}T${timeOfDay.length === 5 ? `${timeOfDay}:00` : timeOfDay}+09:00`);
}

/** The date `days` later (earlier when negative), both `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Day of the week of a `YYYY-MM-DD`: 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
