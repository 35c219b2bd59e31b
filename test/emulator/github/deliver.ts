import { createHmac } from 'node:crypto'
import type { WebhookEvent } from './events.js'
import { type Delivery, timestamp, type World } from './state.js'
import type { PayloadFaults } from './webhook-schemas.js'

export interface DeliverOptions {
  readonly target: string
  readonly secret: string
  readonly redelivery?: boolean
}

/** GitHub gives up on an App that has not answered by then, and calls the delivery failed. */
const timeoutMs = 10_000

/** Validates, signs and posts a webhook as GitHub does, records the delivery, and returns it. 0 is no answer. */
export async function deliver(
  world: World,
  faultsOf: PayloadFaults,
  event: WebhookEvent,
  options: DeliverOptions,
): Promise<Delivery> {
  const wrong = faultsOf(event.name, event.payload)
  if (wrong.length > 0) throw new Error(`GitHub would not send this ${event.name}: ${wrong.join('; ')}`)
  return post(world, event.name, event.guid, JSON.stringify(event.payload), options)
}

export async function redeliver(world: World, delivery: Delivery, options: DeliverOptions): Promise<Delivery> {
  return post(world, delivery.event, delivery.guid, delivery.payload, { ...options, redelivery: true })
}

async function post(
  world: World,
  name: string,
  guid: string,
  payload: string,
  options: DeliverOptions,
): Promise<Delivery> {
  const signature = createHmac('sha256', options.secret).update(payload).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/emulator',
    'x-github-delivery': guid,
    'x-github-event': name,
    'x-github-hook-installation-target-id': String(world.app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': `sha256=${signature}`,
  }
  const signal = AbortSignal.timeout(timeoutMs)
  const status = await fetch(options.target, { method: 'POST', headers, body: payload, signal }).then(
    (response) => response.arrayBuffer().then(() => response.status),
    () => 0,
  )
  const { action, installation, repository } = JSON.parse(payload) as {
    action?: string
    installation?: { id: number }
    repository?: { id: number }
  }
  const delivery = {
    id: world.nextId(),
    guid,
    event: name,
    action: action ?? null,
    at: timestamp(world.now()),
    redelivery: options.redelivery ?? false,
    status,
    installation: installation?.id ?? null,
    repository: repository?.id ?? null,
    payload,
  }
  world.deliveries.push(delivery)
  return delivery
}
