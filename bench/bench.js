import { benchCode } from './code.js'
import { benchIdentity } from './identity.js'
import { benchLockfiles } from './lockfiles.js'
import { machine } from './measure.js'
import { benchReview } from './review.js'

// `npm run bench`, or `npm run bench -- lockfiles` for one of them. Ratios against baselines of the same run: see README.md.
const benches = { lockfiles: benchLockfiles, review: benchReview, identity: benchIdentity, code: benchCode }
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`no bench is named ${unknown.join(', ')}: there are ${Object.keys(benches).join(', ')}`)
  process.exit(3)
}
console.log(machine())
for (const [name, run] of Object.entries(benches)) {
  if (asked.length === 0 || asked.includes(name)) await run()
}
