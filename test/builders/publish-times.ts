import type { PublishTimes } from '../../src/facts/publish-times.js'

/** Version → ISO time, or a day, which then is at noon. */
export const timesOf = (times: Readonly<Record<string, string>>): PublishTimes =>
  new Map(
    Object.entries(times).map(([version, time]) => [
      version,
      new Date(time.length === 10 ? `${time}T12:00:00Z` : time),
    ]),
  )
