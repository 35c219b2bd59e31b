/** True for a `YYYY-MM-DD` that the calendar has: JavaScript's own parser takes 2026-02-30 for the second of March. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** True up to the last moment of `day` in UTC. */
export function isNotAfter(now: Date, day: string): boolean {
  return now.toISOString().slice(0, 10) <= day
}
