/**
 * Code as obfuscators write it: names in hex, all words in one list that is turned until a sum is right, each looked up by number. It
 * runs, so that `body` decides what it does: each word in it that stands between `«` and `»` goes into the list.
 */
export function obfuscated(body: string): string {
  const words = [...new Set([...body.matchAll(/«([^»]*)»/g)].map(([, word = '']) => word))]
  const numbers = [37, 2218, 91].map((number, at) => `${number * (at + 1)}${'kQzRw'.slice(at, at + 3)}`)
  const list = [...numbers, ...words]
  const lookUp = (word: string): string => `${reader}(0x${(list.indexOf(word) + offset).toString(16)})`
  const sum = numbers.map((_, at) => `parseInt(_0x3ad1f8(0x${(at + offset).toString(16)}))/0x${at + 1}`).join('+')
  return [
    `(function(_0x1c9ed4,_0x52b7a0){const _0x3ad1f8=${reader},_0x47e6c2=_0x1c9ed4();while(!![]){try{const _0x5f03bd=${sum};`,
    `if(_0x5f03bd===_0x52b7a0)break;else _0x47e6c2['push'](_0x47e6c2['shift']());}catch(_0x2d8e15){_0x47e6c2['push'](_0x47e6c2['shift']());}}`,
    `}(${keeper},0x${(37 + 2218 + 91).toString(16)}));`,
    `function ${reader}(_0x4b19c7,_0x33aa52){const _0x20f6e1=${keeper}();return ${reader}=function(_0x18d3f4,_0x5c72b9){`,
    `_0x18d3f4=_0x18d3f4-0x${offset.toString(16)};let _0x6e41ad=_0x20f6e1[_0x18d3f4];return _0x6e41ad;},${reader}(_0x4b19c7,_0x33aa52);}`,
    `function ${keeper}(){const _0x1f5d90=${JSON.stringify(list).replaceAll('"', "'")};${keeper}=function(){return _0x1f5d90;};return ${keeper}();}`,
    body.replace(/«([^»]*)»/g, (_, word: string) => lookUp(word)),
  ].join('')
}

const keeper = '_0x2a7c'
const reader = '_0x51f3'
const offset = 0x1a3
