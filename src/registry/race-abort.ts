/** The promise, or a rejection with the signal's reason as soon as it aborts. What the promise does then goes unseen. */
export async function raceAbort<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise
  signal.throwIfAborted()
  // A signal of its own: dozens of listeners on one signal make Node warn of a leak.
  const own = AbortSignal.any([signal])
  let stop = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(own.reason)
    own.addEventListener('abort', stop)
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    own.removeEventListener('abort', stop)
  }
}
