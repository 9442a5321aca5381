import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spoken } from './spoken-text.ts'
import { templateWords } from './template-words.ts'

test.each([
  ['Từ 20 giờ 00 ngày 07/9/2024', 'Từ hai mươi giờ ngày mùng bảy tháng chín năm hai nghìn không trăm hai mươi tư'],
  ['lúc 19h30 ngày 7/9', 'lúc mười chín giờ ba mươi phút ngày mùng bảy tháng chín'],
  ['từ 14:00 – 22:05', 'từ mười bốn giờ đến hai mươi hai giờ năm phút'],
  ['19h–21h', 'mười chín giờ đến hai mươi mốt giờ'],
  ['20 giờ đến 22 giờ 30 phút', 'hai mươi giờ đến hai mươi hai giờ ba mươi phút'],
  ['trong 24 giờ tới', 'trong hai mươi tư giờ tới'],
  ['ngày 15 tháng 4 năm 2025', 'ngày mười lăm tháng tư năm hai nghìn không trăm hai mươi lăm'],
  ['từ ngày 7–8/9/2024', 'từ ngày mùng bảy đến ngày mùng tám tháng chín năm hai nghìn không trăm hai mươi tư'],
  ['tháng 9/2024', 'tháng chín năm hai nghìn không trăm hai mươi tư'],
  ['gió cấp 8–9, giật cấp 11', 'gió cấp tám đến cấp chín, giật cấp mười một'],
  ['gió mạnh cấp 12, giật cấp 14-15', 'gió mạnh cấp mười hai, giật cấp mười bốn đến cấp mười lăm'],
  ['mưa 150–300 mm, có nơi trên 400mm', 'mưa một trăm năm mươi đến ba trăm mi-li-mét, có nơi trên bốn trăm mi-li-mét'],
  ['100 mm/24h', 'một trăm mi-li-mét trong hai mươi tư giờ'],
  ['ngập sâu 0,5 m đến 1,2 m', 'ngập sâu không phẩy năm mét đến một phẩy hai mét'],
  ['gió 120 km/h', 'gió một trăm hai mươi ki-lô-mét trên giờ'],
  ['đứng cách ít nhất 10 mét', 'đứng cách ít nhất mười mét'],
  ['40% hộ, 35–37°C', 'bốn mươi phần trăm hộ, ba mươi lăm đến ba mươi bảy độ C'],
  ['mực nước trên báo động III 0,3m', 'mực nước trên báo động ba không phẩy ba mét'],
  ['Bão số 3', 'Bão số ba'],
  ['phục vụ 24/7.', 'phục vụ suốt ngày đêm, tất cả các ngày trong tuần.'],
  ['đường dây nóng 24/7', 'đường dây nóng suốt ngày đêm, tất cả các ngày trong tuần'],
  ['trực 24/24 giờ từ 12:00', 'trực suốt ngày đêm từ mười hai giờ'],
  ['từ 20/7 đến 24/7', 'từ ngày hai mươi tháng bảy đến ngày hai mươi tư tháng bảy'],
  [
    '110 điểm, 1.250 hộ, 24.005 người',
    'một trăm mười điểm, một nghìn hai trăm năm mươi hộ, hai mươi tư nghìn không trăm linh năm người',
  ],
  ['gọi 112 hoặc 114.', 'gọi một một hai hoặc một một bốn.'],
  ['Báo sự cố điện: gọi 1900 1288.', 'Báo sự cố điện: gọi một chín không không, một hai tám tám.'],
  ['gọi 1022 trước 20 giờ', 'gọi một không hai hai trước hai mươi giờ'],
  ['gọi 115, 20 giờ có mặt', 'gọi một một năm, hai mươi giờ có mặt'],
  ['điện thoại: 024 3825 1234', 'điện thoại: không hai bốn, ba tám hai năm, một hai ba bốn'],
  ['đường dây nóng 1022 để được giúp', 'đường dây nóng một không hai hai để được giúp'],
  ['số 12A phố Hàng Bài', 'số mười hai A phố Hàng Bài'],
  ['ngõ 12/5 Hoàng Hoa Thám', 'ngõ mười hai trên năm Hoàng Hoa Thám'],
  ['UBND TP. Hà Nội, UBND phường', 'Ủy ban nhân dân thành phố Hà Nội, Ủy ban nhân dân phường'],
  ['QL1A, QL 5', 'quốc lộ một A, quốc lộ năm'],
  ['Trường THCS Giảng Võ', 'Trường trung học cơ sở Giảng Võ'],
  ['điểm tránh trú (tầng 2)', 'điểm tránh trú, tầng hai'],
  ['cầu Long Biên – Chương Dương', 'cầu Long Biên, Chương Dương'],
  ['xem hanoi.gov.vn', 'xem hanoi chấm gov chấm vn'],
  ['2/3 số hộ, ĐT419', 'hai phần ba số hộ, đường tỉnh bốn trăm mười chín'],
  ['H5N1', 'H năm N một'],
  ['20 m², khí CO₂', 'hai mươi mét vuông, khí CO hai'],
  ['“Yagi”', 'Yagi'],
])('%s → %s', (written, read) => {
  expect(spoken(written)).toBe(read)
})

const words = fc.constantFrom(
  'ngày',
  'giờ',
  'gọi',
  'cấp',
  'từ',
  'đến',
  'số',
  'tháng',
  'mm',
  'km/h',
  '–',
  '/',
  ':',
  '.',
  ',',
  'h',
  '%',
  '(',
  ')',
  'phường',
  'Hà',
  'm',
)
const figures = fc.oneof(fc.nat(9_999_999).map(String), fc.stringMatching(/^[\d.,/:h -]{1,12}$/))

test('no figure is left in any text', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(words, figures), { maxLength: 14 }), (parts) => {
      expect(spoken(parts.join(' '))).not.toMatch(/\d/)
    }),
    { numRuns: 3000 },
  )
})

test('a text without figures, signs and abbreviations is read as it is', () => {
  const plain = 'Không đi qua cầu. Ở trong nhà kiên cố, tránh xa cửa kính; làm theo hướng dẫn của chính quyền!'
  expect(spoken(plain)).toBe(plain)
})

test('the templates can be read out whole', () => {
  for (const { vi } of Object.values(templateWords)) {
    for (const line of [vi.title, vi.summary, ...vi.body]) expect(spoken(line)).not.toMatch(/\d|[–%/]/)
  }
})
