import type { Severity } from '../rules/rule.js'

export interface Policy {
  readonly failOn: Severity | 'never'
}
