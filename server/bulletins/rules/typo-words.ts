/**
 * Words in which one letter changes what people do: they are never corrected without another review, whether they were
 * there or are put there. Common words without such a meaning are not listed, so that their misspellings can be
 * corrected.
 */
const vietnamese = {
  negations: 'không chẳng chả chưa đừng chớ miễn thôi trừ ngoại vô phi bất khỏi hết hoãn hủy huỷ bãi dứt',
  numbers: `một hai ba bốn tư năm lăm nhăm sáu bảy bẩy tám chín mười mươi mốt linh lẻ trăm nghìn ngàn vạn triệu tỷ tỉ nửa rưỡi
    đôi chục hăm gấp vài mấy các những mọi mỗi từng cả tất toàn bộ hơn kém khoảng tối đa thiểu ít nhiều thêm bớt cao thấp nhất chỉ`,
  times: `giờ phút giây ngày mùng mồng rằm tết lễ đêm sáng trưa chiều tối khuya hôm nay mai kia tuần tháng quý thứ chủ nhật trước sau từ đến tới khi
    lúc ngay liền vừa mới đã đang sẽ sắp vẫn còn xong rồi hạn đầu cuối giữa tức`,
  places: `bắc nam đông tây trái phải trên dưới trong ngoài cạnh bên quanh gần xa thượng hạ lưu tả hữu cầu đường phố ngõ ngách
    hẻm phường xã quận huyện thôn xóm tổ làng thành tỉnh sông hồ đê kênh cống hầm bến chợ trường trạm nhà tầng núi đồi`,
  instructions: `cấm nên cần hãy được cho phép yêu cầu đề nghị buộc đi đứng ở lại về ra vào lên xuống qua sang tránh rời di dời
    sơ tán chạy trú ẩn nấp mở đóng khóa khoá tắt bật cắt ngắt nối gọi báo uống ăn đun sôi nấu dùng sử dụng mang giữ để chờ đợi
    hạn chế lội bơi chạm sờ đỗ đậu kiêng dừng ngừng ngưng lái vòng kiểm tra khử chằng neo tập trung bỏ tháo`,
  states: `an toàn nguy hiểm mất có thông ngập lụt lũ vỡ sập sạt lở khô cạn sạch bẩn nhiễm cứu đổ chìm cháy nổ rò hở`,
} as const

const english = {
  negations: `no not never none nobody nothing neither nor without cannot hardly barely except unless only but cancel
    suspend postpone lift resume refrain`,
  numbers: `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half quarter dozen first
    second third last next all any some every each both either few many most least more less about over once twice double pair couple`,
  times: `second minute hour day night morning noon afternoon evening midnight today tomorrow tonight yesterday week month year
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december am pm before after until till from to by since during now immediately soon while when still already yet`,
  places: `north south east west northern southern eastern western left right above below up down upstream downstream inside
    outside under near far between behind off on out in at into onto road street bridge lane alley ward commune district city
    river lake dyke dike canal tunnel market school station house floor upper lower high low`,
  instructions: `must should shall might can could will would do does have need go stay leave evacuate move avoid enter exit
    cross close open shut lock unlock turn switch cut call report drink eat boil cook use take bring keep wait stop drive walk
    swim wade touch park follow check seek shelter allow permit prohibit forbid forbidden ban banned require request ask return
    remain is are be`,
  states:
    'safe unsafe danger dangerous clear flood dry dead live broken collapse pollute clean dirty rise fall falling',
} as const

/** What a protected word is about. */
export type Meaning = keyof typeof vietnamese & keyof typeof english

const listed = (words: string): string[] => words.split(/\s+/)
const meaningsIn = (words: Readonly<Record<Meaning, string>>): ReadonlyMap<string, Meaning> =>
  new Map(
    Object.entries(words).flatMap(([meaning, text]) => listed(text).map((word) => [word, meaning as Meaning] as const)),
  )

const meanings = { vi: meaningsIn(vietnamese), en: meaningsIn(english) } as const
export const protectedWords = { vi: [...meanings.vi.keys()], en: [...meanings.en.keys()] } as const

/** What a word means, in this form or as a form of its verb or noun, if it may only be changed with a review. */
export function meaningOf(word: string, language: 'vi' | 'en'): Meaning | null {
  const lower = word.toLowerCase()
  if (language === 'vi') return meanings.vi.get(lower) ?? null
  if (/n['’]t$/.test(lower)) return 'negations'
  return stemsOf(lower).flatMap((stem) => meanings.en.get(stem) ?? [])[0] ?? null
}

/** Whether a word, in this form or as a form of its verb or noun, may only be changed with a review. */
export const isProtectedWord = (word: string, language: 'vi' | 'en'): boolean => meaningOf(word, language) !== null

const endings: readonly [RegExp, string][] = [
  [/s$/, ''],
  [/es$/, ''],
  [/d$/, ''],
  [/ed$/, ''],
  [/ing$/, ''],
  [/ly$/, ''],
  [/ing$/, 'e'],
  [/(.)\1ed$/, '$1'],
  [/(.)\1ing$/, '$1'],
]

/** "closed", "closes", "closing", "stopping" and "reopened" are forms of words in the list. */
function stemsOf(word: string): string[] {
  const stems = endings.filter(([ending]) => ending.test(word)).map(([ending, end]) => word.replace(ending, end))
  return [word, ...stems].flatMap((stem) => [stem, stem.replace(/^(un|in|im|dis|non|re)/, '')])
}
