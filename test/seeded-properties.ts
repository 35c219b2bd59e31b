import fc from 'fast-check'

// Property tests draw the same cases on every run, so that CI fails for a change and not by chance: `npm run fuzz` is for
// what chance finds. Whoever uses fast-check imports it from here.
fc.configureGlobal({ seed: 20261120 })

export default fc
