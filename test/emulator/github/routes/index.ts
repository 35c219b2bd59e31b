import type { Routes } from '../route.js'
import type { Delivery } from '../state.js'
import { advisoryRoutes } from './advisories.js'
import { appRoutes } from './app.js'
import { checkRoutes } from './checks.js'
import { commentRoutes } from './comments.js'
import { contentsRoutes } from './contents.js'
import { deliveryRoutes } from './deliveries.js'
import { gitRoutes } from './git.js'
import { pullRoutes } from './pulls.js'
import { reviewRoutes } from './reviews.js'

export function collectRoutes(redeliver: (delivery: Delivery) => void): Routes {
  return {
    ...advisoryRoutes,
    ...appRoutes,
    ...checkRoutes,
    ...commentRoutes,
    ...contentsRoutes,
    ...deliveryRoutes(redeliver),
    ...gitRoutes,
    ...pullRoutes,
    ...reviewRoutes,
  }
}
