/**
 * Telex and VNI, as they look when the input method was switched off: "Caau mawcs ddieenj" and "Ca6u ma81c d9ie65n" are
 * "Câu mắc điện". A text is decoded only where enough of its words are typed so; English words and codes stay.
 */

/** The rimes of Vietnamese, without tones: a vowel group, and after it what may follow, `-` for nothing. */
const rimeTable = `
a - i o u y c ch m n ng nh p t|ă c m n ng p t|â c m n ng p t u y|e - o c m n ng p t|ê - u ch m n nh p t
i - a u ch m n nh p t|y - t|o - a e i c m n ng p t|oa - i y o c ch m n ng nh p t|oă c m n ng t|oe - o n t
ô - i c m n ng p t|ơ - i m n p t|u - a i y c m n ng p t|ư - a i u c m n ng t|iê u c m n ng p t|yê u m n ng t
uâ n ng t y|uê - ch n nh|uy - a u ch n nh p t|uyê n t|uô i c m n ng p t|uơ -|ươ i u c m n ng p t`

const rimes: ReadonlySet<string> = new Set(
  rimeTable
    .trim()
    .split(/[|\n]/)
    .flatMap((row) => {
      const [vowels = '', ...endings] = row.split(' ')
      return endings.map((ending) => (ending === '-' ? vowels : vowels + ending))
    }),
)

const onsets = 'ngh,ch,gh,gi,kh,ng,nh,ph,qu,th,tr,b,c,d,đ,g,h,k,l,m,n,r,s,t,v,x,'.split(',')
const beforeFront: ReadonlySet<string> = new Set(['k', 'gh', 'ngh'])
const beforeBack: ReadonlySet<string> = new Set(['c', 'ng'])

/**
 * English and foreign words that would be Vietnamese when decoded, and Vietnamese words with a double letter. Words
 * that citizens rather mean in Vietnamese ("car", "max", "been") are left out: without others like them they stay too.
 */
const stays: ReadonlySet<string> = new Set(
  `bar bars bee beef beer bees best boost boot boots box bus caps cars cast chaos cheer chef chief cost cows deer door doors
  down dust fix floor four gas goose guest has heart her here hers his host hour how if keep keeps last list lost low
  mars meets mix moon moons most must noon now of or our past roof roofs room rooms roots row rows see seem seems seen sees
  show shows six soon soot sort sworn start tax taxi teens test tests tool toot tour tow towns tree trees two us was week who
  whom wow xoong boong goong`
    .trim()
    .split(/\s+/),
)

const hats: Readonly<Record<string, string>> = { aa: 'â', ee: 'ê', oo: 'ô' }
/** What a `w` makes of the vowels before it; the first that gives a syllable counts. */
const horns = [
  ['ưo', 'ươ'],
  ['ư', 'ư'],
  ['uo', 'ươ'],
  ['uo', 'uơ'],
  ['ua', 'ưa'],
  ['oa', 'oă'],
  ['u', 'ư'],
  ['o', 'ơ'],
  ['a', 'ă'],
] as const
const toneMarks: Readonly<Record<string, string>> = {
  f: '\u0300',
  s: '\u0301',
  r: '\u0309',
  x: '\u0303',
  j: '\u0323',
}
const vniKeys: Readonly<Record<string, string>> = { 1: 's', 2: 'f', 3: 'r', 4: 'x', 5: 'j', 7: 'w', 8: 'w' }

/** `isSure`: hardly anything but Telex looks like this. */
type Reading = { word: string; isSure: boolean }

/** Keys that no English word ends in, or contains. */
const sureKeys = /[fj]$|[mnhg][rx]$|nh[sf]|[fj][a-z]+$|aa|uw/
const marked = /[âêôăơư]/
const typedWord = /^(?=[a-z]*[aeiouyw])[a-z]{2,10}$/
const typedVni = /^[a-z]{1,6}[0-9][a-z0-9]{0,9}$/

/** A word in lower case, decoded; null where it is none that somebody typed in Telex or VNI. */
function readWord(typed: string): Reading | null {
  if (stays.has(typed)) return null
  if (typedWord.test(typed)) return readTelex(typed, true)
  const keys = typedVni.test(typed) ? telexOf(typed) : null
  return keys === null ? null : readTelex(keys, false)
}

/** The keys of Telex for those of VNI; null where a digit has nothing to mark. */
function telexOf(typed: string): string | null {
  let keys = ''
  for (const key of typed) {
    if (!/\d/.test(key)) keys += key
    else if (key === '9' && keys === 'd') keys = 'dd'
    else if (key === '6' && /[aeo]/.test(keys)) keys = keys.replace(/([aeo])(?!.*[aeo])/, '$1$1')
    else if (vniKeys[key] && /[aeiouy]/.test(keys)) keys += vniKeys[key]
    else return null
  }
  return keys
}

/** `hasLone`: a `w` alone is typed for "ư". */
function readTelex(keys: string, hasLone: boolean): Reading | null {
  const isCrossed = keys.startsWith('dd')
  const plain = isCrossed ? `đ${keys.slice(2)}` : keys
  const first = plain.search(hasLone ? /[aeiouyw]/ : /[aeiouy]/)
  if (first < 0) return null
  const [head, tail] = [plain.slice(0, first), plain.slice(first)]
  // The tone is typed after the vowel, after the last vowel, or at the end; a "w" at its vowel or at the end.
  const parts = /^([aeiouyw]+)([fsrxj]?)([iouy]|[cghmnpt]*)([fsrxj]?w?|w[fsrxj])$/.exec(tail)
  if (!parts) return null
  const [, vowels = '', early = '', ending = '', late = ''] = parts
  const tone = (early + late).replace('w', '')
  if (tone.length > 1) return null
  const lastly = late.includes('w') ? 'w' : ''
  const [glide, coda] = /[iouy]/.test(ending) ? [ending, ''] : ['', ending]
  const hatted = vowels.replace(/^w/, 'ư').replace(/aa|ee|oo/, (pair) => hats[pair] ?? pair) + glide + lastly
  const rest = hatted.replaceAll('w', '')
  const formed = (rest === hatted && !rest.startsWith('ư') ? [rest] : hornedForms(rest)).map((form) => form + coda)
  for (const form of formed) {
    const syllable = syllableOf(head + form, tone)
    if (!syllable) continue
    const isMarked = marked.test(form)
    if (!isCrossed && !isMarked && tone === '') return null
    const isSure = isCrossed || (isMarked && tone !== '') || (hasLone && sureKeys.test(keys))
    return { word: syllable, isSure }
  }
  return null
}

const hornedForms = (vowels: string): string[] =>
  horns.filter(([from]) => vowels.includes(from)).map(([from, to]) => vowels.replace(from, to))

/** The syllable with its tone; null where Vietnamese has none such. */
function syllableOf(letters: string, tone: string): string | null {
  for (const onset of onsets) {
    if (!letters.startsWith(onset)) continue
    const rime = letters.slice(onset.length)
    if (!rimes.has(rime) && !(onset === 'gi' && rime === '')) continue
    const isFront = /^[eêiy]/.test(rime)
    if (isFront ? beforeBack.has(onset) : beforeFront.has(onset)) continue
    if (/(?:c|ch|p|t)$/.test(rime) && !/[sj]/.test(tone)) continue
    return tone === '' ? letters : rime === '' ? withTone('gi', 1, tone) : withTone(letters, at(onset, rime), tone)
  }
  return null
}

/** Where the tone stands: on the marked vowel, else on the last before a consonant, else on the first of two. */
function at(onset: string, rime: string): number {
  const vowels = /^[aeiouyâêôăơư]+/.exec(rime)?.[0] ?? ''
  const mark = [...vowels].findLastIndex((vowel) => marked.test(vowel))
  const within = mark >= 0 ? mark : vowels.length === rime.length ? Math.max(0, vowels.length - 2) : vowels.length - 1
  return onset.length + within
}

const withTone = (letters: string, index: number, tone: string): string =>
  (letters.slice(0, index + 1) + toneMarks[tone] + letters.slice(index + 1)).normalize('NFC')

/** A cache: the same few thousand syllables are typed again and again. */
const read = new Map<string, Reading | null>()
const mostRead = 20_000

function readingOf(typed: string): Reading | null {
  const known = read.get(typed)
  if (known !== undefined) return known
  const reading = readWord(typed)
  if (read.size < mostRead) read.set(typed, reading)
  return reading
}

const wordRun = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu
/** Without any of these nothing can be sure, and most texts have none. */
const anySign = /dd|aa|ee|oo|w|[aeiouy][a-z]{0,2}[fj]|[mnhg][rx]|nhs|[a-z]\d/i
const none: ReadonlyMap<string, string> = new Map()
/** So much of a text must look typed so; of Vietnamese in Telex it is more than half. */
const share = 1 / 3

/** The words of a text that are typed in Telex or VNI, as they stand there, each with what it says. */
export function undecodedWords(text: string): ReadonlyMap<string, string> {
  if (!anySign.test(text)) return none
  const words = text.match(wordRun) ?? []
  const found = new Map<string, string>()
  let [counted, all, isSure] = [0, 0, false]
  for (const word of words) {
    if (/^\d+$/.test(word)) continue
    all += 1
    const reading = /^[A-Za-z][A-Za-z0-9]+$/.test(word) ? readingOf(word.toLowerCase()) : null
    if (!reading) continue
    counted += 1
    isSure ||= reading.isSure
    found.set(word, inCaseOf(word, reading.word))
  }
  return isSure && counted >= all * share ? found : none
}

const inCaseOf = (typed: string, word: string): string => {
  if (typed === typed.toLowerCase()) return word
  const isShouted = typed === typed.toUpperCase()
  return isShouted ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)
}

/** The text with its Telex or VNI decoded; any other text as it is. */
export function decodeTelex(text: string): string {
  const found = undecodedWords(text)
  return found.size === 0 ? text : text.replace(wordRun, (word) => found.get(word) ?? word)
}
