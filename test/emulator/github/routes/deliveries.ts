import { bodyOf, type Call, notFound, Refusal, type Routes } from '../route.js'
import type { Delivery } from '../state.js'

type Redeliver = (delivery: Delivery) => void

const pageDefault = 30
const pageMost = 100

/** GitHub sends again what it sent before, with the same GUID; `redeliver` does not wait for the App. */
export function deliveryRoutes(redeliver: Redeliver): Routes {
  return {
    'GET /app/hook/deliveries': { needs: 'app', answer: listDeliveries },
    'GET /app/hook/deliveries/{delivery_id}': {
      needs: 'app',
      answer: (call) => {
        const delivery = findDelivery(call)
        const request = {
          headers: { 'x-github-event': delivery.event },
          payload: JSON.parse(delivery.payload) as unknown,
        }
        return {
          status: 200,
          body: { ...resource(delivery), url: '', request, response: { headers: {}, payload: '' } },
        }
      },
    },
    'POST /app/hook/deliveries/{delivery_id}/attempts': {
      needs: 'app',
      answer: (call) => {
        bodyOf(call)
        redeliver(findDelivery(call))
        return { status: 202, body: {} }
      },
    },
  }
}

function findDelivery({ world, params }: Call): Delivery {
  const found = world.deliveries.find(({ id }) => id === Number(params.delivery_id))
  if (!found) throw notFound()
  return found
}

/** Newest first; the cursor is the id that the page before ended with. */
function listDeliveries({ world, query }: Call) {
  const size = Math.min(Number(query.per_page ?? pageDefault), pageMost)
  const failed = (status: number) => status < 200 || status >= 300
  const wanted = world.deliveries.filter(
    ({ status }) => !query.status || failed(status) === (query.status === 'failure'),
  )
  const newest = wanted.toReversed()
  const start = query.cursor === undefined ? 0 : newest.findIndex(({ id }) => id < Number(query.cursor))
  if (query.cursor !== undefined && !/^\d+$/.test(query.cursor)) throw new Refusal(400, 'Invalid cursor')
  const items = start < 0 ? [] : newest.slice(start, start + size)
  const more = start >= 0 && start + size < newest.length
  const next = new URLSearchParams({ ...query, cursor: String(items.at(-1)?.id) })
  return { status: 200, body: items.map(resource), headers: more ? { link: `<{url}${next}>; rel="next"` } : {} }
}

function resource(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.at,
    redelivery: delivery.redelivery,
    duration: 0.1,
    status: delivery.status >= 200 && delivery.status < 300 ? 'OK' : 'Invalid HTTP Response',
    status_code: delivery.status,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installation,
    repository_id: delivery.repository,
    throttled_at: null,
  }
}
