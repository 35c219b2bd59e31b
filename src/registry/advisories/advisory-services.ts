import type { AdvisorySource } from './advisory.js'

/** The databases that a policy can choose. */
export type AdvisoryService = 'osv' | 'github' | 'registry'

/** What the operator's program can ask, by the policy's word for it. */
export interface AdvisoryServices {
  /** Where no policy names one. */
  readonly usual: AdvisoryService
  open(service: AdvisoryService): AdvisorySource
}
