/** Ordinary files for an attack to stand in, written for these replays: what the attack leaves as it was must be quiet. */

/** CommonJS. */
export const durations = `'use strict'

/**
 * Reads and writes durations as people do: "2h 30m", "1.5 days".
 */

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const week = 7 * day

const units = {
  ms: 1,
  s: second,
  sec: second,
  m: minute,
  min: minute,
  h: hour,
  hour: hour,
  d: day,
  day: day,
  w: week,
  week: week,
}

const pattern = /(-?\\d+(?:\\.\\d+)?)\\s*([a-z]+)/gi

/**
 * Milliseconds of a text, or undefined where it is no duration.
 */
function parse(text) {
  if (typeof text !== 'string' || text.length > 100) return undefined
  let total = 0
  let seen = false
  for (const match of text.matchAll(pattern)) {
    const unit = units[singular(match[2])]
    if (unit === undefined) return undefined
    total += Number(match[1]) * unit
    seen = true
  }
  return seen ? total : undefined
}

function singular(word) {
  const lower = word.toLowerCase()
  return lower.length > 2 && lower.endsWith('s') && lower !== 'ms' ? lower.slice(0, -1) : lower
}

/**
 * The largest unit that fits: 5400000 is "2h".
 */
function format(milliseconds) {
  const size = Math.abs(milliseconds)
  if (size >= day) return Math.round(milliseconds / day) + 'd'
  if (size >= hour) return Math.round(milliseconds / hour) + 'h'
  if (size >= minute) return Math.round(milliseconds / minute) + 'm'
  if (size >= second) return Math.round(milliseconds / second) + 's'
  return milliseconds + 'ms'
}

/**
 * Every unit that is there: 5400000 is "1h 30m".
 */
function formatLong(milliseconds) {
  const parts = []
  let rest = Math.abs(milliseconds)
  for (const [name, size] of [['w', week], ['d', day], ['h', hour], ['m', minute], ['s', second]]) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(count + name)
  }
  return (milliseconds < 0 ? '-' : '') + (parts.join(' ') || '0s')
}

module.exports = parse
module.exports.parse = parse
module.exports.format = format
module.exports.formatLong = formatLong
`

/** An ES module. */
export const colours = `const names = {
  black: [0, 0, 0],
  white: [255, 255, 255],
  red: [255, 0, 0],
  lime: [0, 255, 0],
  blue: [0, 0, 255],
  navy: [0, 0, 128],
  teal: [0, 128, 128],
  olive: [128, 128, 0],
  maroon: [128, 0, 0],
  silver: [192, 192, 192],
}

const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i
const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i

export function parseColour(text) {
  const named = Object.hasOwn(names, text) ? names[text] : undefined
  if (named) return { red: named[0], green: named[1], blue: named[2] }
  const match = long.exec(text) ?? short.exec(text)
  if (match === null) return null
  const [red, green, blue] = match.slice(1).map((digits) => Number.parseInt(digits.length === 1 ? digits + digits : digits, 16))
  return { red, green, blue }
}

export function toHex({ red, green, blue }) {
  const digits = [red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0'))
  return '#' + digits.join('')
}

export function mix(one, other, share = 0.5) {
  const between = (a, b) => a * (1 - share) + b * share
  return {
    red: between(one.red, other.red),
    green: between(one.green, other.green),
    blue: between(one.blue, other.blue),
  }
}

export function luminance({ red, green, blue }) {
  const [r, g, b] = [red, green, blue].map((channel) => {
    const share = channel / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

export const isReadable = (text, background) => contrast(text, background) >= 4.5

export default { parseColour, toHex, mix, luminance, contrast, isReadable }
`

/** A compiler's CommonJS of TypeScript, as most `dist` folders hold. */
export const compiledQueue = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Queue = void 0;
exports.createQueue = createQueue;
/** Runs tasks one after the other, at most \`limit\` at a time. */
class Queue {
    constructor(limit = 1) {
        this.limit = limit;
        this.waiting = [];
        this.running = 0;
    }
    add(task) {
        return new Promise((resolve, reject) => {
            this.waiting.push({ task, resolve, reject });
            this.next();
        });
    }
    get size() {
        return this.waiting.length + this.running;
    }
    next() {
        if (this.running >= this.limit)
            return;
        const entry = this.waiting.shift();
        if (entry === undefined)
            return;
        this.running += 1;
        Promise.resolve()
            .then(() => entry.task())
            .then(entry.resolve, entry.reject)
            .finally(() => {
            this.running -= 1;
            this.next();
        });
    }
    async drain() {
        while (this.size > 0)
            await new Promise((resolve) => setTimeout(resolve, 10));
    }
    clear() {
        const dropped = this.waiting.splice(0);
        for (const { reject } of dropped)
            reject(new Error("cleared"));
        return dropped.length;
    }
}
exports.Queue = Queue;
function createQueue(options = {}) {
    return new Queue(options.concurrency ?? 4);
}
`
