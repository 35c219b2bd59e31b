import type { Rule, Severity } from './rule.js'

/**
 * The rules as a policy wants them: without those that are `off`, and with the severity that it gives the others. That
 * severity holds for each of the rule's observations, also where the rule would have raised or lowered one by itself.
 */
export function configureRules(
  rules: readonly Rule[],
  severities: Readonly<Partial<Record<string, Severity | 'off'>>>,
): readonly Rule[] {
  return rules.flatMap((rule) => {
    const severity = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined
    if (severity === undefined) return [rule]
    return severity === 'off' ? [] : [withSeverity(rule, severity)]
  })
}

const withSeverity = (rule: Rule, severity: Severity): Rule => ({
  ...rule,
  severity,
  inspect: (subject, facts) => rule.inspect(subject, facts).map((observation) => ({ ...observation, severity })),
})
