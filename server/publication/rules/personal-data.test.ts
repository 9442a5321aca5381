import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { halves, labelledTexts, measure } from '../testing/labelled.ts'
import { findPersonalData, maskText } from './personal-data.ts'

const masked = (text: string) => maskText(text, findPersonalData(text))

describe('personal data in a report', () => {
  test.for(halves)('is found in the %s half of the labelled texts', (half) => {
    const texts = labelledTexts(half)
    const { labelled, hidden, found, right } = measure(texts).all
    expect(texts).toHaveLength(200)
    expect(hidden / labelled).toBeGreaterThanOrEqual(0.98)
    expect(right / found).toBeGreaterThanOrEqual(0.85)
  })

  test.for([
    ['Gọi 0951 234 567 nhé', 'Gọi [số điện thoại] nhé'],
    ['Gọi +84 951.234.567', 'Gọi [số điện thoại]'],
    ['Gọi 095\u200b1234\u200b567', 'Gọi [số điện thoại]'],
    ['Gọi ０９５１２３４５６７', 'Gọi [số điện thoại]'],
    ['số o951234567', 'số [số điện thoại]'],
    ['không chín năm một hai ba bốn năm sáu bảy', '[số điện thoại]'],
    ['ông Hoàng Văn Nam', 'ông [tên người]'],
    ['bà Đinh Thị Vi, chị Thanh', 'bà [tên người], chị [tên người]'],
    ['gửi đến Ông Nam, cho Bà Lan', 'gửi đến Ông [tên người], cho Bà [tên người]'],
    ['- Ông Nam\n- Bà Lan', '- Ông [tên người]\n- Bà [tên người]'],
    ['hỏi Tâm 0951 234 567', 'hỏi [tên người] [số điện thoại]'],
    ['Tôi là người thuê phòng 402', 'Tôi là người thuê [địa chỉ nhà riêng]'],
    ['số +82 10 1234 5678', 'số [số điện thoại]'],
    ['thằng Long nhà đầu ngõ', 'thằng [tên người] nhà đầu ngõ'],
    ['ong hoang van nam', 'ong [tên người]'],
    ['tôi ở số 5 ngõ 12 khâm thiên, mất nước', 'tôi ở [địa chỉ nhà riêng], mất nước'],
    ['em trọ ở 12/5 Chùa Láng', 'em trọ ở [địa chỉ nhà riêng]'],
    ['Biển 29A-123.45 và 29-H1 123.45', 'Biển [biển số xe] và [biển số xe]'],
    ['Mẹ tôi bị ung thư phổi', 'Mẹ tôi bị [sức khỏe]'],
    ['Anh ấy nhiễm HIV', 'Anh ấy [sức khỏe]'],
    ['Hàng xóm tâm thần', 'Hàng xóm [sức khỏe]'],
    ['bo toi bi tieu duong', 'bo toi bi [sức khỏe]'],
    ['stk 0123456789 ngân hàng MB', 'stk [số tài khoản] ngân hàng MB'],
  ])('is hidden in %j', ([text, expected]) => {
    expect(masked(text as string)).toBe(expected)
    expect(masked((text as string).normalize('NFD'))).toBe(
      (expected as string).normalize('NFD').replace(/\[[^\]]+\]/g, (mark) => mark.normalize('NFC')),
    )
  })

  test.for([
    'phố Bà Triệu, chùa Bà Đá, phường Hai Bà Trưng, đường Ông Ích Khiêm',
    'Cụ Rùa và Bác Hồ',
    'duong Ba Trieu, phuong Ba Dinh, co nhue, bac ninh',
    'Gọi 1022, 113 hoặc 19001234',
    'HN-240907-0113 ngày 08/09/2024 lúc 07:45, tuyến buýt 32',
    'đóng 1.500.000 đồng vào tài khoản định danh',
    'Trước số nhà 25 ngõ 12 phố Hàng Bông có rác',
    'Chúng tôi sống ở khu này 20 năm, tôi ở 20 năm',
    'anh em, chị em, bà con, ông chủ, cô giáo, chú ý, em bé, các cháu',
    'nút giao Phan Bội Châu – Lý Thường Kiệt, Trần Duy Hưng, Nguyễn Văn Cừ',
    'Ham chui dai lo Thang Long ngap, ban hang gia tren mang, goi lai thi chan, chung cu hong',
    'Bệnh viện Tâm thần, dịch bệnh, sức khỏe cộng đồng, phòng chống HIV, tiêm phòng viêm gan B',
    'Giao thông tê liệt, điểm mù, tôi hẹn lao công, mẹ tôi phong phú, anh em cậu mù mờ',
    'trẻ con bé tí',
    'anh hùng lao động, hoa anh đào',
  ])('is not seen in %j', (text) => {
    expect(masked(text)).toBe(text)
    expect(masked(text.normalize('NFD'))).toBe(text.normalize('NFD'))
  })

  test.for(halves)('is not seen again where it was hidden in the %s half', (half) => {
    const hidden = labelledTexts(half).map(({ text }) => masked(text))
    expect(hidden.filter((text) => masked(text) !== text)).toEqual([])
  })

  test('is found in ranges that lie in the text, in order and apart', () => {
    const pieces = [
      '0951 234 567',
      'ông ',
      'Nguyễn Văn A',
      ' số 5 ',
      'tôi ở ',
      ', ',
      '29A-123.45',
      'stk 12345678',
      '🚒',
      'ã́',
      '\n',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme' })), { maxLength: 12 }),
        (parts) => {
          const text = parts.join('')
          let at = 0
          for (const { start, end } of findPersonalData(text)) {
            expect(start).toBeGreaterThanOrEqual(at)
            expect(end).toBeGreaterThan(start)
            at = end
          }
          expect(at).toBeLessThanOrEqual(text.length)
        },
      ),
    )
  })
})
