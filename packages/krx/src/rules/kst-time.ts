/**
 * Korean time: UTC+9 all year, no daylight saving. Times of day are milliseconds since midnight in Korea, dates are
 * `YYYY-MM-DD`. Nothing here asks the host for its time or its zone.
 */

export { kstDate, kstTimeOfDayMs } from '@qts/core';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const kstOffsetMs = 9 * hourMs;

const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `date` is a real day written `YYYY-MM-DD`. */
export function isCalendarDate(date: string): boolean {
  if (!datePattern.test(date)) return false;
  const midnightMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnightMs) && new Date(midnightMs).toISOString().startsWith(date);
}

/** The instant (epoch ms) of a time of day on a Korean date. The date is not checked. */
export function kstInstantMs(date: string, timeOfDayMs: number): number {
  return Date.parse(`${date}T00:00:00Z`) - kstOffsetMs + timeOfDayMs;
}

/** The day `days` later (earlier when negative). The date is not checked. */
export function addCalendarDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** 0 for Sunday … 6 for Saturday. The date is not checked. */
export function dayOfWeek(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** Reads `HH:MM` or `HH:MM:SS` of a rule table into milliseconds since midnight. */
export function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * hourMs + minutes * minuteMs + seconds * secondMs;
}

/** Writes milliseconds since midnight as `HH:MM:SS`, with milliseconds where there are any. */
export function formatTimeOfDay(timeOfDayMs: number): string {
  const text = new Date(timeOfDayMs).toISOString();
  return timeOfDayMs % secondMs === 0 ? text.slice(11, 19) : text.slice(11, 23);
}
