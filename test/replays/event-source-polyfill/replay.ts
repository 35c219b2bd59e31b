import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const banner = `
;(function () {
  try {
    var zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (['Europe/Moscow', 'Europe/Samara', 'Asia/Omsk'].indexOf(zone) === -1) return
    setTimeout(function () {
      alert('An appeal stood here.')
      window.open('https://petition.example/appeal', '_blank')
    }, 15000)
  } catch (error) {}
})()
`

export const replay: Replay = replayUpgrade({
  description:
    'A polyfill for browsers gained a message and a page that opened by itself, where the clock was set to one country.',
  date: '2022-03',
  name: 'event-source-polyfill',
  from: ['1.0.25', { manifest: { main: 'src/eventsource.js' }, files: { 'src/eventsource.js': compiledQueue } }],
  to: ['1.0.26', { manifest: { main: 'src/eventsource.js' }, files: { 'src/eventsource.js': compiledQueue + banner } }],
  findings: [
    [
      'network-host-added',
      'medium',
      { file: 'src/eventsource.js', line: "window.open('https://petition.example/appeal', '_blank')" },
    ],
  ],
})
