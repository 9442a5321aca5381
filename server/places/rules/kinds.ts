import type { Token } from './words.ts'

/** Words with which names of landmarks begin, and which name none alone. */
const kinds = `cho|benh vien|thpt|thcs|tieu hoc|mam non|truong|dai hoc|cao dang|hoc vien|cong vien|ho|cau|ham|
   den|chua|dinh|mieu|ga|ben xe|chung cu|toa nha|khu do thi|khu tap the|khu cong nghiep|trung tam|sieu thi|vuon hoa|
   quang truong|nha tho|nha hat|nha van hoa|bao tang|san van dong|san bay|rap|cung van hoa|cung the thao|
   khach san|uy ban|buu dien|tram y te|thon|xom|lang|to dan pho|cum`.replaceAll(/\n\s+/g, '')

const landmark = new RegExp(`^(?:${kinds}|vincom|times city|royal city) \\S`)
const onlyKinds = new RegExp(`^(?:(?:${kinds}|duong|pho)(?: |$))+$`)

const endsWithKind = new RegExp(`(?:^| )(?:${kinds})$`)
/** With its marks on, such a word says something else: "đến Hàng Bài", "cho Hàng Bài". */
const tonedKinds = new Set('chợ hồ cầu hầm đền chùa đình miếu ga rạp thôn xóm làng cụm trường'.split(' '))

/** Whether the words before a name say what kind of landmark is called by it: "chợ" before "Đồng Xuân". */
export function isNamedByKind(before: readonly Token[]): boolean {
  const last = before.at(-1)
  if (last?.kind !== 'word' || !endsWithKind.test(before.map(({ word }) => word).join(' '))) return false
  return last.typed === last.word || before.length > 1 || tonedKinds.has(last.typed)
}

/** The words of a landmark's own name: "bach mai" of "benh vien bach mai". */
export const ownWordsOf = (key: string): string[] => key.replace(new RegExp(`^(?:${kinds}) `), '').split(' ')

/** Whether a name begins with a kind of landmark: "benh vien bach mai". */
export const isLandmark = (key: string): boolean => landmark.test(key)

/** Whether words say only what kind of place it is: "benh vien", "cho". Very many names begin with them. */
export const isBareKind = (words: string): boolean => onlyKinds.test(words)
