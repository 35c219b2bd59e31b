import type { GitHub } from './octokit.js'
import { plannedEvents } from './plan-event.js'

/** GitHub forgets deliveries after this long. */
const redeliveryWindowMs = 3 * 24 * 60 * 60 * 1000

/** A delivery that failed this often is not for us to take: its pull request is found by reconciliation. */
const maxDeliveries = 4

const maxPages = 10

/** GitHub never delivers again by itself, so what we did not take while we were down is asked for. Says how many. */
export async function redeliverFailed(asApp: GitHub, now: number): Promise<number> {
  const attempts = new Map<string, { id: number; failures: number; delivered: boolean }>()
  const wanted = new Set<string>(plannedEvents)
  let pages = 0
  for await (const { data } of asApp.paginate.iterator(asApp.rest.apps.listWebhookDeliveries, { per_page: 100 })) {
    const recent = data.filter(({ delivered_at }) => Date.parse(delivered_at) > now - redeliveryWindowMs)
    for (const { id, guid, event, status_code } of recent) {
      if (!wanted.has(event)) continue
      const known = attempts.get(guid) ?? { id, failures: 0, delivered: false }
      const ok = status_code >= 200 && status_code < 300
      attempts.set(guid, { id: known.id, failures: known.failures + (ok ? 0 : 1), delivered: known.delivered || ok })
    }
    pages += 1
    if (recent.length < data.length || pages === maxPages) break
  }
  const lost = [...attempts.values()].filter(({ delivered, failures }) => !delivered && failures < maxDeliveries)
  for (const { id } of lost) await asApp.rest.apps.redeliverWebhookDelivery({ delivery_id: id })
  return lost.length
}
