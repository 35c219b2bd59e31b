import type { ToolAllowance } from '../facts/facts.js'
import { matchesPackage } from './package-pattern.js'
import type { Policy } from './policy.js'

/** The policy's `tools` as a question about one package name. */
export function toolAllowances({ tools }: Pick<Policy, 'tools'>): (name: string) => ToolAllowance {
  const isListed = (patterns: readonly string[], name: string): boolean =>
    patterns.some((pattern) => matchesPackage(pattern, name))
  return (name) => ({ build: isListed(tools.build, name), release: isListed(tools.release, name) })
}
