import { decodeTelex } from '#server/platform/rules/telex.ts'
import { fold } from '#server/platform/rules/text.ts'
import { placedWords, settleMarks, wordsOf } from './search-text.ts'

type Text = { title: string; body: string; address: string }
export type Span = { from: number; to: number }

/** What a report says about its matter, without the words that any report could contain. */
export type MatterWords = {
  /** The words and the pairs of adjacent ones: a Vietnamese word is mostly two syllables. */
  all: ReadonlySet<string>
  title: ReadonlySet<string>
  /** The words of its place, in its address or capitalised within its sentences. */
  names: ReadonlySet<string>
}

/**
 * Words that say nothing about the matter: particles, polite phrases, times, places in general, and "mất", "hỏng" and
 * the like, which say that something is wrong but not what.
 */
const usual = words(`
  và là có không cho của các những một hai ba này kia đó ở tại từ đến vào ra lên xuống trên dưới trong ngoài gần
  với thì mà nên nhưng vì do bởi để được bị đã đang sẽ vẫn còn rồi mới chưa hết cũng rất quá lắm ai gì đâu nào sao
  tôi em mình nhà chúng ta dân người bà con ông anh chị cháu ạ nhé cả mọi nhiều ít mấy lại nữa ngay luôn thường
  kính đề nghị xin mong cảm ơn sớm xem xét xử lý giải quyết khắc phục kiểm tra cơ quan chức năng phản ánh báo gọi
  hôm qua nay sáng trưa chiều tối đêm giờ phút ngày tuần tháng năm trước sau lúc khi bây lâu
  số phố ngõ ngách hẻm phường xã quận huyện thôn xóm tổ khu đoạn trước cạnh đối diện khoảng đầu cuối giữa
  mất hỏng hư sự cố tình trạng vấn
`)
/** Without marks these are other words as well: đèn, đổ, đường. */
const ambiguous = new Set(['den', 'do', 'duong', 'cay', 'dien', 'co', 'nha', 'ngo'])
const usualFolded = new Set([...usual].map(fold).filter((word) => !ambiguous.has(word)))

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/).map(settleMarks))
}

const isUsual = (accented: string, folded: string): boolean =>
  /^\d+$/.test(folded) || usual.has(accented) || (accented === folded && usualFolded.has(folded))

/** The words of a text that say what it is about, folded. */
const tellingWords = (text: string): string[] =>
  wordsOf(decodeTelex(text))
    .filter(({ accented, folded }) => !isUsual(accented, folded))
    .map(({ folded }) => folded)

const pairsOf = (list: readonly string[]): string[] => list.slice(1).map((word, at) => `${list[at]} ${word}`)

/** A capital within a sentence is a name; at its beginning, and where all is in capitals, it says nothing. */
const withinSentence = /(?<=[\p{Ll}\p{M}\d,] )\p{Lu}[\p{Ll}\p{M}]+/gu

export function matterWordsOf({ title, body, address }: Text): MatterWords {
  const text = decodeTelex(`${title}. ${body}`.normalize('NFC'))
  const telling = tellingWords(text)
  const names = [...(text.match(withinSentence) ?? []), address].flatMap((name) => wordsOf(decodeTelex(name)))
  return {
    all: new Set([...telling, ...pairsOf(telling)]),
    title: new Set(tellingWords(title)),
    names: new Set(names.map(({ folded }) => folded)),
  }
}

/**
 * How far two reports say the same about their matter, between 0 and 1; null where one says too little. Being at one
 * place is not the same matter, so the names of the place do not count. Titles name the matter: where the words of one
 * title are nowhere in the other report ("mất điện", "mất nước"), the rest is not compared.
 */
export function likenessOfWords(one: MatterWords, other: MatterWords): number | null {
  const isName = (entry: string) => entry.split(' ').every((word) => one.names.has(word) || other.names.has(word))
  const [own, others] = [one.all, other.all].map((all) => new Set([...all].filter((entry) => !isName(entry))))
  if (!own || !others || own.size === 0 || others.size === 0) return null
  const isNamed = (title: ReadonlySet<string>, by: ReadonlySet<string>) => {
    const named = [...title].filter((word) => !isName(word))
    return named.length === 0 || named.some((word) => by.has(word))
  }
  if (!isNamed(one.title, others) || !isNamed(other.title, own)) return 0
  let common = 0
  for (const entry of own) if (others.has(entry)) common += 1
  return common / Math.sqrt(own.size * others.size)
}

/** Where in a text the words stand that the other report has as well; adjacent ones together where it has them so. */
export function sharedSpans(text: string, other: Pick<Text, 'title' | 'body'>): Span[] {
  const theirs = [other.title, other.body].map((each) => wordsOf(decodeTelex(each)).map(({ folded }) => folded))
  const words = new Set(theirs.flat())
  const pairs = new Set(theirs.flatMap(pairsOf))
  const runs: (Span & { folded: string; tells: boolean })[][] = []
  for (const { folded, accented, from, to } of placedWords(text)) {
    if (!words.has(folded)) continue
    const last = runs.at(-1)?.at(-1)
    const goesOn = last && text.slice(last.to, from) === ' ' && pairs.has(`${last.folded} ${folded}`)
    const placed = { from, to, folded, tells: !isUsual(accented, folded) }
    if (goesOn) runs.at(-1)?.push(placed)
    else runs.push([placed])
  }
  return runs.flatMap((run) => {
    const [first, last] = [run.find(({ tells }) => tells), run.findLast(({ tells }) => tells)]
    return first && last ? [{ from: first.from, to: last.to }] : []
  })
}
