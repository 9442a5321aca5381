import type { Random } from './random.ts'

/** How people really type: without diacritics, shorthand, capitals, raw Telex, typos. All expect accented NFC text. */
export const spellings = [
  'plain',
  'unaccented',
  'shorthand',
  'capitals',
  'decomposed',
  'telex',
  'misspelt',
  'new_marks',
] as const
export type Spelling = (typeof spellings)[number]

export function respell(text: string, spelling: Spelling, random: Random): string {
  switch (spelling) {
    case 'plain':
      return text
    case 'unaccented':
      return unaccented(text)
    case 'shorthand':
      return shorthand(text, random)
    case 'capitals':
      return text.toUpperCase()
    case 'decomposed':
      return text.normalize('NFD')
    case 'telex':
      return telex(text)
    case 'misspelt':
      return misspelt(text, random)
    case 'new_marks':
      return newMarks(text)
  }
}

const unaccented = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')

const wordPattern = (word: string) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'gu')

const shortForms: [RegExp, string[]][] = (
  [
    ['không', ['k', 'ko', 'kg', 'k']],
    ['được', ['dc', 'đc']],
    ['mọi người', ['mn']],
    ['trước', ['trc']],
    ['thế nào', ['tnào', 'ntn']],
    ['bao giờ', ['bh', 'bao h']],
    ['rồi', ['r', 'rùi']],
    ['đường', ['đg', 'đường']],
    ['nước', ['nc', 'nước']],
    ['trường', ['trg']],
    ['gì', ['j']],
    ['biết', ['bt']],
    ['người', ['ng']],
    ['nhiều', ['nhìu', 'n']],
    ['luôn', ['lun']],
    ['với', ['vs']],
    ['quá', ['wá', 'quá']],
    ['đi', ['đi', 'đy']],
    ['tôi', ['e', 'mk']],
    ['vậy', ['v']],
    ['ngày', ['ngày', 'ngàyy']],
    ['những', ['n~']],
  ] as const
).map(([word, forms]) => [wordPattern(word), [...forms]])

function shorthand(text: string, random: Random): string {
  let typed = text.toLowerCase()
  for (const [pattern, forms] of shortForms) typed = typed.replace(pattern, () => random.pick(forms))
  return typed.replace(/\.(?=\s|$)/g, () => random.pick(['', '', ',', '..']))
}

const slips: [RegExp, string][] = [
  ['sụt', 'xụt'],
  ['sạt', 'xạt'],
  ['sửa', 'xửa'],
  ['tràn', 'chàn'],
  ['rãnh', 'dãnh'],
  ['đổ', 'đỗ'],
  ['xuống', 'suống'],
  ['xả', 'xã'],
  ['chỗ', 'chổ'],
  ['nổi', 'nỗi'],
  ['xử lý', 'sử lý'],
  ['lấn chiếm', 'lấn triếm'],
  ['nguy hiểm', 'nguy hiễm'],
  ['vỉa hè', 'vĩa hè'],
  ['kiểm tra', 'kiễm tra'],
  ['trẻ', 'chẻ'],
  ['trời', 'chời'],
  ['rác', 'dác'],
  ['sạch', 'xạch'],
  ['mãi', 'mải'],
  ['vẫn', 'vẩn'],
  ['nữa', 'nửa'],
  ['chưa', 'trưa'],
  ['bẩn', 'bẫn'],
  ['giữa', 'dữa'],
  ['ngã', 'ngả'],
  ['lâu', 'nâu'],
  ['dọn', 'rọn'],
].map(([right = '', wrong = '']) => [wordPattern(right), wrong])

export function misspelt(text: string, random: Random): string {
  let typed = text
  let left = random.int(2, 4)
  for (const [pattern, wrong] of random.shuffle(slips)) {
    if (left === 0) break
    const changed = typed.replace(pattern, wrong)
    if (changed !== typed) left -= 1
    typed = changed
  }
  return typed
}

const markMoves: Record<string, string> = {
  òa: 'oà',
  óa: 'oá',
  ỏa: 'oả',
  õa: 'oã',
  ọa: 'oạ',
  òe: 'oè',
  óe: 'oé',
  ỏe: 'oẻ',
  õe: 'oẽ',
  ọe: 'oẹ',
  ùy: 'uỳ',
  úy: 'uý',
  ủy: 'uỷ',
  ũy: 'uỹ',
  ụy: 'uỵ',
}

/** The newer placement of tone marks: hoà, thuỷ, khoẻ. It folds like the older one but is another text, even in NFC. */
export const newMarks = (text: string): string =>
  text.replace(/(?:[òóỏõọ][ae]|[ùúủũụ]y)(?!\p{L})/gu, (pair) => markMoves[pair] ?? pair)

const toneLetters: Record<string, string> = {
  '\u0300': 'f',
  '\u0301': 's',
  '\u0309': 'r',
  '\u0303': 'x',
  '\u0323': 'j',
}

/** The text typed with the input method switched off: "đường" becomes "dduwowngf". */
export function telex(text: string): string {
  return text.normalize('NFC').replace(/\p{L}+/gu, (word) => {
    let letters = ''
    let tone = ''
    for (const letter of word.normalize('NFD').replaceAll('đ', 'dd').replaceAll('Đ', 'DD')) {
      if (letter in toneLetters) tone = toneLetters[letter] ?? ''
      else if (letter === '\u0302') letters += letters.at(-1)?.toLowerCase() ?? ''
      else if (letter === '\u0306' || letter === '\u031b') letters += 'w'
      else letters += letter
    }
    return letters + tone
  })
}
