import { jsonText } from './escape.js'
import type { Report } from './report.js'

/** The report as `report.schema.json` describes it. Foreign text is whole, with invisible characters as JSON escapes. */
export const toJson = (report: Report): string => `${jsonText(report)}\n`
