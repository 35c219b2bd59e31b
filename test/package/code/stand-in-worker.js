// Stands in for the real child: a file's text says what becomes of the process, as bytes that take V8 down would.
const answer = (id, millis, unanalysable) => ({
  id,
  millis,
  code: {
    dialect: 'script',
    ...(unanalysable && { unanalysable }),
    requests: [],
    sightings: [],
    literals: [],
    flows: [],
    obfuscation: { score: 0, signs: [] },
    hidden: [],
    shape: { cuts: [] },
  },
})

process.on('message', ({ files, bytes }) => {
  const answers = []
  for (const { id, start, end } of files) {
    const text = end - start > 100 ? '' : Buffer.from(bytes.subarray(start, end)).toString()
    if (text === 'exit') process.exit(7)
    if (text === 'abort') process.abort()
    if (text === 'hang') for (;;);
    const isLarge = end - start > 1_000_000
    const unanalysable = {
      reason: 'crash',
      detail: isLarge ? `${process.pid}` : JSON.stringify(Object.keys(process.env)),
    }
    const isTold = isLarge || text === 'environment'
    answers.push(answer(id, text === 'long' ? 1_000_000 : 1, isTold ? unanalysable : undefined))
  }
  process.send({ files: answers })
})
process.send({ files: [] })
