import { createHash } from 'node:crypto'

/**
 * JavaScript in the clothes that obfuscators give it: names in hex, each string fetched by number from a table that is turned round
 * before use, all on one line. In `code`, `«text»` stands for a string and `$name` for a name. What it does, the caller wrote.
 *
 * `padding`: strings of no meaning put into the table besides, to give it the size of the real one.
 */
export function obfuscated(code: string, padding = 40): string {
  const strings = new Map<string, number>()
  const body = code.replace(/«([^»]*)»/g, (_, text: string) => {
    const index = strings.get(text) ?? strings.size
    strings.set(text, index)
    return `$read(0x${(firstNumber + index).toString(16)})`
  })
  const table = [...strings.keys(), ...meaningless(padding)]
  const turned = [...table.slice(-turns), ...table.slice(0, -turns)]
  const program = [
    `function $table(){const $list=[${turned.map(quoted).join(',')}];$table=function(){return $list;};return $table();}`,
    `function $read($index,$unused){$index=$index-0x${firstNumber.toString(16)};const $list=$table();return $list[$index];}`,
    `(function($make,$count){const $list=$make();while(!![]){if($count--<=0x0)break;$list['push']($list['shift']());}}($table,0x${turns.toString(16)}));`,
    body,
  ].join('')
  return program.replace(/\s*\n\s*/g, '').replace(/\$(\w+)/g, (_, name: string) => hexName(name))
}

const firstNumber = 0x1a4
const turns = 7

const digest = (text: string): string => createHash('sha1').update(text).digest('hex')

const hexName = (name: string): string => `_0x${digest(name).slice(0, 6)}`

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`

/** Words as tables of strings are full of, the same on every run. */
function meaningless(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    Buffer.from(digest(`padding ${index}`), 'hex')
      .toString('base64')
      .slice(0, 12)
      .replace(/[+/]/g, 'x'),
  )
}
