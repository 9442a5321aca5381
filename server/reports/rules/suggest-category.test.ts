import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { suggestCategories } from './suggest-category.ts'

const categories = [
  { code: 'DI-01', keywords: ['câu mắc điện', 'mất điện'] },
  { code: 'CX-01', keywords: ['cây', 'cây đổ'] },
]

test.each([
  ['Cây đổ', '', ['CX-01']],
  ['cay do', 'mat dien', ['CX-01', 'DI-01']],
  ['Đèn hỏng', '', []],
])('“%s” with the text “%s” suggests %j', (title, body, codes) =>
  expect(suggestCategories(title, body, categories)).toEqual(codes),
)

const praise = { code: 'KH-02', keywords: ['cảm ơn', 'khen'] }

test.each([
  // A complaint that ends politely.
  ['Vỉa hè trơn trượt', 'Nhiều người đã ngã. Xin trân trọng cảm ơn.'],
  ['Vỉa hè trơn trượt', 'Mong sớm xử lý, xin cảm ơn!'],
  ['Vỉa hè trơn trượt', 'Rất mong được giải quyết. Tôi xin chân thành cám ơn các anh chị ạ'],
  ['via he tron', 'mong som xu ly. cam on nhieu'],
  ['Vỉa hè trơn trượt', 'Cảm ơn quý cơ quan đã quan tâm, lắng nghe.'],
  ['Vỉa hè trơn trượt', 'Cảm ơn vì đã đọc.\nTrân trọng.'],
  ['Vỉa hè trơn trượt, xin cảm ơn', ''],
  ['Vỉa hè lại hỏng', 'Cảm ơn phường đã lát lại. Nhưng chưa được một tuần gạch đã bong.'],
  ['Cảm ơn ứng dụng nhưng vẫn phải phản ánh', 'Vỉa hè vẫn hỏng.'],
  ['Vỉa hè trơn trượt', 'Nếu được xử lý tôi sẽ rất cảm ơn.'],
  ['Đề nghị cấm ồn sau 22 giờ', ''],
  ['Vỉa hè trơn trượt', 'Xin ca\u0309m o\u031bn.'],
])('the thanks of “%s” “%s” suggest no praise', (title, body) =>
  expect(suggestCategories(title, body, [praise])).toEqual([]),
)

test.each([
  ['Cảm ơn lực lượng dân quân và công an', 'Chúc các anh nhiều sức khỏe.'],
  ['Xin cảm ơn đội sửa đèn', ''],
  ['Gửi phường', 'Gia đình tôi xin cảm ơn các anh công an, dân quân đã đưa mẹ con tôi ra khỏi vùng ngập.'],
  ['cam on phuong da sua duong', ''],
  ['Khen lái xe buýt 32', 'Lái xe rất nhẹ nhàng. Xin cảm ơn.'],
])('“%s” “%s” is praise', (title, body) => expect(suggestCategories(title, body, [praise])).toEqual(['KH-02']))

test('a complaint keeps what its sentence of thanks says besides them', () =>
  expect(suggestCategories('Gửi đơn vị', 'Đề nghị xử lý cây đổ, xin cảm ơn.', [...categories, praise])).toEqual([
    'CX-01',
  ]))

const samples = readFileSync('db/data/hanoi/sample-reports.vi.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; title: string; description: string; subcategory: string })

test('of the sample reports only those that praise are suggested as praise', () => {
  const suggested = samples.filter(
    ({ title, description }) => suggestCategories(title, description, [praise]).length > 0,
  )
  expect(suggested.map(({ subcategory }) => subcategory)).toEqual(['KH-02'])
})
